from nennep.core.uploads import LARGEST, BoundedUpload


def sent(handler, size, chunk=1024 * 1024):
    handler.new_file("file", "a.pdf", "application/pdf", None)
    for start in range(0, size, chunk):
        handler.receive_data_chunk(b"x" * min(chunk, size - start), start)
    return handler.file_complete(size)


def test_a_file_within_the_limit_comes_whole_and_from_memory():
    file = sent(BoundedUpload(), 5 * 1024 * 1024 + 7)

    assert len(file.read()) == file.size == 5 * 1024 * 1024 + 7
    assert not hasattr(file, "temporary_file_path")


def test_of_a_larger_one_no_more_is_held_than_shows_that_it_is():
    file = sent(BoundedUpload(), 60 * 1024 * 1024)

    assert file.size == 60 * 1024 * 1024
    assert len(file.read()) == LARGEST + 1


def test_many_files_of_one_request_share_the_room():
    handler = BoundedUpload()
    held = sum(len(sent(handler, 15 * 1024 * 1024).read()) for _ in range(4))

    assert held == LARGEST + 1
