import pytest

from nennep.core import sealed_boxes


def test_a_box_is_opened_by_its_own_key_only():
    private, public = sealed_boxes.new_keys()
    box = sealed_boxes.close_box(public, b"%PDF")

    assert b"%PDF" not in box
    assert sealed_boxes.open_box(private, box) == b"%PDF"
    with pytest.raises(sealed_boxes.WrongKey):
        sealed_boxes.open_box(sealed_boxes.new_keys()[0], box)


@pytest.mark.parametrize("damage", [lambda b: b[:-1] + b"?", lambda b: b[:40], lambda _b: b""])
def test_a_damaged_box_is_not_opened(damage):
    private, public = sealed_boxes.new_keys()

    with pytest.raises(sealed_boxes.WrongKey):
        sealed_boxes.open_box(private, damage(sealed_boxes.close_box(public, b"%PDF")))


def test_what_is_no_key_opens_nothing():
    _private, public = sealed_boxes.new_keys()

    with pytest.raises(sealed_boxes.WrongKey):
        sealed_boxes.open_box("abc", sealed_boxes.close_box(public, b"%PDF"))


def test_the_same_content_looks_different_each_time():
    _private, public = sealed_boxes.new_keys()

    assert sealed_boxes.close_box(public, b"x") != sealed_boxes.close_box(public, b"x")
