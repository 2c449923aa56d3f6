import errno

import pytest

from nennep.core.output import write_file
from nennep.core.refusal import Refusal


def test_a_file_is_written_as_given(tmp_path):
    write_file(tmp_path / "a.pdf", b"%PDF")

    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF"


def test_why_a_place_cannot_be_written_to_is_said_in_words(tmp_path, monkeypatch):
    def said(path):
        with pytest.raises(Refusal) as no:
            write_file(path, b"")
        assert no.value.code == "cannot_write"
        return no.value.message

    assert "không có thư mục đó" in said(tmp_path / "khong" / "a.pdf")
    assert "đó là một thư mục" in said(tmp_path)

    def full(self, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert "đĩa đã đầy" in said(tmp_path / "a.pdf")
