"""Days and numbers as people write them; what could mean something else is asked back."""

from datetime import date, datetime, time

import pytest

from nennep.core.sheets.cells import Fault
from nennep.core.written import (
    Unclear,
    read_birth,
    read_count,
    read_day,
    read_text,
    read_time,
    read_yes,
    words_for,
)

DAY = date(2021, 12, 6)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("6-12-2021", DAY), ("06/12/2021", DAY), (" 6.12.2021 ", DAY), ("06 - 12 - 2021", DAY),
        ("ngày 06 tháng 12 năm 2021", DAY), ("Ngày 6-12-2021", DAY), (DAY, DAY),
        (datetime.fromisoformat("2021-12-06T07:00"), DAY), (None, None), ("  ", None),
        ("2021-12-06", Unclear.YEAR_FIRST), ("2021-12-06 00:00:00", Unclear.YEAR_FIRST),
        ("6/12/21", Unclear.SHORT_YEAR), ("1985", Unclear.NO_DAY_OF_MONTH),
        ("5/1985", Unclear.NO_DAY_OF_MONTH), (1985, Unclear.NO_DAY_OF_MONTH),
        (44536, Unclear.A_NUMBER), ("31-2-2021", Unclear.NOT_A_DAY), ("12/31/2021", Unclear.NOT_A_DAY),
        ("chưa rõ", Unclear.NOT_A_DAY), (Fault("#REF!"), Unclear.A_FAULT), ("6-12-0021", Unclear.NOT_A_DAY),
    ],
)  # fmt: skip
def test_days_put_the_day_first(written, read):
    assert read_day(written) == read


def test_a_year_in_front_is_read_once_a_person_said_so():
    assert read_day("2021-12-06", is_year_first=True) == DAY
    assert read_day("2021-13-06", is_year_first=True) is Unclear.NOT_A_DAY


SHORT = (("6/12/21", 2021), ("06.12.24", 2024), ("6-12-25", 1925), ("6/12/70", 1970))


@pytest.mark.parametrize(("written", "year"), SHORT)
def test_a_year_of_two_digits_is_the_latest_once_a_person_said_that_it_is_over(written, year):
    assert read_day(written) is Unclear.SHORT_YEAR
    assert read_day(written, last_year=2024) == date(year, 12, 6)
    assert read_birth(written, last_year=2024) == (date(year, 12, 6), year)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("6/12/1956", (date(1956, 12, 6), 1956)), ("1956", (None, 1956)), (1956, (None, 1956)),
        ("1956.0", (None, 1956)), ("12/1956", (None, 1956)), (None, (None, None)),
        (1.956, Unclear.THOUSANDS), ("13/1956", Unclear.NO_DAY_OF_MONTH), (20780, Unclear.A_NUMBER),
    ],
)  # fmt: skip
def test_of_a_birth_the_year_alone_may_be_known(written, read):
    assert read_birth(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (15420, 15420), ("15.420", 15420), ("15420", 15420), ("1.015.420", 1015420), (29.0, 29),
        (15.42, Unclear.THOUSANDS), ("15,42", Unclear.THOUSANDS), ("0,3", Unclear.THOUSANDS),
        (0.12345, Unclear.NOT_A_COUNT), ("hai", Unclear.NOT_A_COUNT), (True, Unclear.NOT_A_COUNT),
        (None, None), ("", None), (DAY, Unclear.NOT_A_COUNT),
    ],
)  # fmt: skip
def test_counts_may_have_points_between_thousands(written, read):
    assert read_count(written) == read


def test_a_point_that_became_a_decimal_is_read_once_a_person_said_so():
    assert read_count(15.42, are_thousands=True) == 15420
    assert read_count("15,42", are_thousands=True) == 15420


@pytest.mark.parametrize(
    ("written", "read"),
    [("x", True), ("Có", True), (1, True), (True, True), ("không", False), ("–", False), (0, False),
     ("", None), (None, None), ("có thể", Unclear.NOT_YES_OR_NO)],
)  # fmt: skip
def test_yes_and_no_have_many_words(written, read):
    assert read_yes(written) is read


@pytest.mark.parametrize(
    ("written", "read"),
    [("19:30", time(19, 30)), ("19h30", time(19, 30)), ("19 giờ", time(19)), ("7h", time(7)),
     ("19 giờ 30 phút", time(19, 30)), (time(8), time(8)), (datetime.fromisoformat("2024-01-01T08:00"), time(8)),
     (None, None), ("25:00", Unclear.NOT_A_TIME), ("tối", Unclear.NOT_A_TIME)],
)  # fmt: skip
def test_times_of_day_have_many_forms(written, read):
    assert read_time(written) == read


def test_text_is_tidied_and_a_fault_is_none():
    assert read_text("  Nguye\u0302\u0303n   Ðức ") == "Nguyễn Đức"
    assert read_text(12) == "12"
    assert read_text(None) == ""
    assert read_text(Fault("#N/A")) is Unclear.A_FAULT


@pytest.mark.parametrize("unclear", Unclear)
def test_every_doubt_says_what_to_write(unclear):
    said = words_for(unclear, "15,42")

    assert "15,42" in said
    assert said.count(".") >= 1


def test_a_float_is_shown_as_it_looks_in_the_cell():
    assert words_for(Unclear.THOUSANDS, 15.42).startswith("“15,42”")
