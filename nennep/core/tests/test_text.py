from datetime import date
from fractions import Fraction

import pytest

from nennep.core.text import (
    blocks,
    fold,
    name_key,
    nfc,
    tidy,
    title_key,
    vn_date,
    vn_long_date,
    vn_number,
    vn_percent,
    whole_number,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đặng Thị Ánh", "dang thi anh"),
        ("  ĐẢNG   BỘ  ", "dang bo"),
        ("Ðông", "dong"),  # an eth, as some keyboards give it
        ("Nguye\u0302\u0303n", "nguyen"),
        ("", ""),
    ],
)
def test_folding_leaves_what_people_type_without_accents(written, folded):
    assert fold(written) == folded


def test_texts_are_kept_in_one_form_without_doubled_spaces():
    assert nfc("Ho\u0300a") == "Hòa"
    assert tidy("  Trần \u00a0 Văn\tBình ") == "Trần Văn Bình"


def test_people_are_sorted_by_given_name_then_family_name_in_the_order_of_the_alphabet():
    people = {
        "Trần Văn An", "Nguyễn Văn An", "Lê Thị Anh", "Lê Thị Ánh", "Vũ Ăn", "Bùi Văn Ân",
        "Lê Danh", "Ngô Đạt", "Đỗ Ơn",
    }  # fmt: skip
    assert sorted(people, key=name_key) == [
        "Nguyễn Văn An", "Trần Văn An", "Lê Thị Anh", "Lê Thị Ánh", "Vũ Ăn", "Bùi Văn Ân",
        "Lê Danh", "Ngô Đạt", "Đỗ Ơn",
    ]  # fmt: skip


def test_names_of_units_are_sorted_word_by_word_with_numbers_as_numbers():
    units = ["Chi bộ tổ dân phố 2", "Chi bộ tổ dân phố 10", "Chi bộ thôn Đoài", "Chi bộ thôn Dược"]

    assert sorted(units, key=title_key) == [
        "Chi bộ thôn Dược", "Chi bộ thôn Đoài", "Chi bộ tổ dân phố 2", "Chi bộ tổ dân phố 10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "digits", "written"),
    [
        (15420, 0, "15.420"),
        (999, 0, "999"),
        (Fraction(181, 2), 1, "90,5"),
        (Fraction(185, 100), 1, "1,9"),
        (90.45, 1, "90,5"),
        (-1234, 0, "−1.234"),
        (0, 1, "0,0"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(number, digits, written):
    assert vn_number(number, digits) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(12340, 13355), "92,4%"),
        (Fraction(1), "100%"),
        (Fraction(0), "0%"),
        (Fraction(1, 2), "50%"),
        (Fraction(9999, 10000), "99,9%"),  # not all is never shown as all
        (Fraction(1, 10000), "0,1%"),  # nor something as nothing
        (None, "–"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share, written):
    assert vn_percent(share) == written


def test_days_are_written_as_people_and_as_documents_write_them():
    assert vn_date(date(2021, 12, 6)) == "6-12-2021"
    assert vn_date(None) == ""
    assert vn_long_date(date(2024, 2, 3)) == "ngày 03 tháng 02 năm 2024"
    assert vn_long_date(date(2024, 6, 13)) == "ngày 13 tháng 6 năm 2024"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n\n ", []),
        ("một\n- hai", [["một", "- hai"]]),
        ("\n một \n\n \nhai\nba\n", [["một"], ["hai", "ba"]]),
    ],
)
def test_empty_lines_part_what_is_typed_in_one_field(text, parts):
    assert blocks(text) == parts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2024", 2024),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),  # more than a database holds
        ("\u00b2", None),  # a digit, and no number
        ("\u0662", None),
        ("-1", None),
        (" 1", None),
        ("", None),
    ],
)
def test_a_whole_number_is_read_from_digits_alone(text, number):
    assert whole_number(text) == number
