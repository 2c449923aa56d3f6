"""How lists write the name of a cell, and which rows head the members of one."""

import pytest

from nennep.imports.queries.members.cell_names import names_a_cell, readings


@pytest.mark.parametrize(
    "text",
    [
        "Chi bộ thôn Đông",
        "I. CHI BỘ THÔN ĐÔNG",
        "II  Chi bộ thôn Đông (34 đảng viên)",
        "1. CB thôn Đông: 41 đ/c",
        "2.3 - Chi bộ thôn Đông – 7 đảng viên.",
        "A) Chi bộ thôn Đông :",
    ],
)
def test_a_heading_names_its_cell_however_it_is_numbered_and_counted(text):
    assert names_a_cell(text)
    assert "chi bo thon dong" in readings(text)


def test_a_cell_may_be_called_by_what_follows_its_first_words():
    assert readings("Thôn Đông") == ("thon dong", "chi bo thon dong")
    assert readings("5") == ("5", "chi bo 5")


@pytest.mark.parametrize("text", ["Cao Văn Bí", "Tổng cộng: 34", "NGƯỜI LẬP BIỂU", "DONG-1", ""])
def test_other_texts_head_no_cell(text):
    assert not names_a_cell(text)


def test_a_number_that_belongs_to_the_name_is_read_with_it_first():
    assert readings("Chi bộ khu 2 (mới)")[0] == "chi bo khu 2 (moi)"
