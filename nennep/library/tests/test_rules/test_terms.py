from datetime import date

import pytest

from nennep.library.rules.difference import Change, changes
from nennep.library.rules.terms import DayOff, last_day

HOLIDAYS = {date(2026, 9, 1): "Quốc khánh", date(2026, 9, 2): "Quốc khánh"}


def off(day):
    return HOLIDAYS.get(day, "cuối tuần" if day.weekday() > 4 else "")


@pytest.mark.parametrize(
    ("start", "number", "unit", "before", "last"),
    [
        (date(2026, 8, 28), 1, "day", False, date(2026, 8, 29)),
        (date(2026, 8, 28), 1, "day", True, date(2026, 8, 27)),
        (date(2026, 8, 28), 1, "working_day", False, date(2026, 8, 31)),
        (date(2026, 8, 28), 2, "working_day", False, date(2026, 9, 3)),
        (date(2026, 9, 3), 1, "working_day", True, date(2026, 8, 31)),
        (date(2026, 1, 31), 1, "month", False, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, "month", False, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, "month", True, date(2026, 2, 28)),
        (date(2026, 8, 28), 12, "month", False, date(2027, 8, 28)),
        (date(2024, 2, 29), 1, "year", False, date(2025, 2, 28)),
    ],
)
def test_a_term_ends_on_its_last_day(start, number, unit, before, last):
    assert last_day(start, number, unit, off, before=before).last == last


def test_working_days_name_every_day_off_on_the_way_and_why():
    counted = last_day(date(2026, 8, 28), 2, "working_day", off)

    assert counted.skipped == (
        DayOff(date(2026, 8, 29), "cuối tuần"),
        DayOff(date(2026, 8, 30), "cuối tuần"),
        DayOff(date(2026, 9, 1), "Quốc khánh"),
        DayOff(date(2026, 9, 2), "Quốc khánh"),
    )
    assert counted.falls_on == ""


def test_calendar_days_pass_nothing_over_but_say_when_the_last_is_a_day_off():
    counted = last_day(date(2026, 8, 28), 5, "day", off)

    assert (counted.last, counted.skipped, counted.falls_on) == (
        date(2026, 9, 2),
        (),
        "Quốc khánh",
    )


def test_two_revisions_are_compared_line_by_line():
    before, after = ["một", "hai", "ba"], ["một", "hai rưỡi", "ba", "bốn"]

    assert changes(before, after) == [
        Change("một", "một"),
        Change("hai", "hai rưỡi"),
        Change("ba", "ba"),
        Change("", "bốn"),
    ]
    assert all(change.is_same for change in changes(before, before))
