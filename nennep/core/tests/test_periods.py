from datetime import date

import pytest

from nennep.core.periods import (
    Period,
    add_months,
    month_end,
    months_between,
    parse_day,
    parse_month,
    quarter_months,
    same_day,
)
from nennep.core.refusal import Refusal


def test_months_are_counted_over_the_turn_of_a_year():
    assert add_months(date(2023, 11, 1), 3) == date(2024, 2, 1)
    assert add_months(date(2024, 2, 1), -3) == date(2023, 11, 1)
    assert month_end(date(2024, 2, 5)) == date(2024, 2, 29)
    assert len(months_between(date(2021, 12, 1), date(2024, 6, 1))) == 31
    assert months_between(date(2024, 2, 1), date(2024, 1, 1)) == []


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2024, 1, 15), 1, date(2024, 2, 15)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_the_same_day_of_another_month_is_its_last_where_the_month_is_too_short(day, months, found):
    assert same_day(day, months) == found


@pytest.mark.parametrize("month", [10, 11, 12])
def test_a_month_knows_its_quarter(month):
    assert quarter_months(date(2023, month, 1)) == tuple(date(2023, m, 1) for m in (10, 11, 12))


@pytest.mark.parametrize("text", ["2024-6", "2024-13", "2024-00", "6-2024", "2024", "tháng 6", ""])
def test_what_is_no_month_is_refused_with_an_example(text):
    with pytest.raises(Refusal) as no:
        parse_month(text)
    assert (no.value.code, "2024-06" in no.value.message) == ("not_a_month", True)


@pytest.mark.parametrize("text", ["13-6-2024", "2024-02-30", "hôm nay", ""])
def test_what_is_no_day_is_refused_with_an_example(text):
    with pytest.raises(Refusal) as no:
        parse_day(text)
    assert (no.value.code, "2024-06-13" in no.value.message) == ("not_a_day", True)


def test_a_period_has_both_its_ends_and_never_runs_backwards():
    period = Period(parse_month("2021-12"), parse_month(" 2024-06 "))

    assert (len(period.months), period.last_day) == (31, date(2024, 6, 30))
    with pytest.raises(Refusal):
        Period(date(2024, 2, 1), date(2024, 1, 1))
    assert parse_day("2024-06-13") == date(2024, 6, 13)
