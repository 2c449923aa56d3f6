from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nennep.core.text import vn_number
from nennep.statements.rules.dates import days
from nennep.statements.rules.numbers import numbers
from nennep.statements.rules.plain import plain
from nennep.statements.tests.factories import in_words


def read(text):
    return [(number.value, number.is_percent, number.bound) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "is_percent", "bound"),
    [
        ("có 15.420 đảng viên", 15420, False, "="),
        ("đạt 90,5%", Fraction(181, 2), True, "="),
        ("đạt 90,5 phần trăm", Fraction(181, 2), True, "="),
        ("gần 500.000 đảng viên", 500_000, False, "≈"),
        ("khoảng 1,2 triệu người", 1_200_000, False, "≈"),
        ("từ 90% trở lên", 90, True, "≥"),
        ("trên 40%", 40, True, "≥"),
        ("hơn 3.170 tổ chức", 3170, False, "≥"),
        ("không dưới 85%", 85, True, "≥"),
        ("không quá 20%", 20, True, "≤"),
        ("dưới 5%", 5, True, "≤"),
        ("mười hai tập thể", 12, False, "="),
        ("480/480 chi bộ", 100, True, "="),
        ("511/527 chi bộ", Fraction(9696, 100), True, "="),
        ("15 420 đảng viên", 15420, False, "="),
        ("7/7 chi bộ", 100, True, "="),
        ("chín mươi phần trăm", 90, True, "="),
        ("ba tập thể", 3, False, "="),
        ("đảng viên thuộc 58 tổ chức", 58, False, "="),
    ],
)
def test_a_number_is_read_as_people_write_it(text, value, is_percent, bound):
    assert read(text) == [(value, is_percent, bound)]


@pytest.mark.parametrize("text", ["90-95%", "90% - 95%", "90% đến 95%", "từ 90% đến 95%"])
def test_from_one_share_to_another_is_two_bounds(text):
    assert read(f"bình quân {text} đảng viên") == [(90, True, "≥"), (95, True, "≤")]


def test_from_what_it_was_to_what_it_is_is_no_range():
    assert read("tăng từ 85% đến 92%") == [(85, True, "="), (92, True, "=")]


@pytest.mark.parametrize(
    "text",
    ["14/6", "17:10", "11-ĐA/TU", "6-12-2021", "năm năm qua", "từ trạm y tế", "ba người"],
)
def test_a_day_a_time_or_a_symbol_is_no_number(text):
    assert read(text) == []


@given(st.integers(0, 10_000_000))
def test_every_number_is_read_back_from_its_digits(number):
    assert read(f"có {vn_number(number)} đảng viên") == [(number, False, "=")]
    assert read(f"có {number} đảng viên") == [(number, False, "=")]


@given(st.integers(1, 10_000))
def test_every_number_is_read_back_from_its_thousands_and_millions(number):
    assert read(f"có {vn_number(number)} nghìn đảng viên") == [(1_000 * number, False, "=")]
    assert read(f"có {number // 10},{number % 10} triệu đồng") == [(100_000 * number, False, "=")]


@given(st.integers(1_000, 10_000_000))
def test_every_number_is_read_back_with_spaces_between_its_thousands(number):
    written = vn_number(number).replace(".", " ")
    assert read(f"có {written} đảng viên") == [(number, False, "=")]


@given(st.integers(10, 10_000_000))
def test_every_number_is_read_back_from_its_words(number):
    assert read(f"có {in_words(number)} đảng viên") == [(number, False, "=")]


@given(st.integers(0, 10_000), st.sampled_from(["%", " %", " phần trăm"]))
def test_every_share_is_read_back(hundredths, sign):
    share = Fraction(hundredths, 100)

    assert read(f"đạt {vn_number(share, 2)}{sign}") == [(share, True, "=")]


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)))
def test_every_day_is_read_back_however_it_is_written(day):
    for text in (
        f"ngày {day.day}-{day.month}-{day.year}",
        f"sáng {day.day:02d}/{day.month:02d}/{day.year}",
        f"ngày {day.day:02d} tháng {day.month} năm {day.year}",
    ):
        (found,) = days(plain(text))
        assert found.on(day.year) == day
        assert found.year == day.year


@given(st.text(alphabet="aăâđêôơưủỷựóĐÁ 15.%,-/\n", max_size=80))
def test_folding_moves_nothing(text):
    assert len(plain(text)) == len(text)
