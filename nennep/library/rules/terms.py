"""The last day of a term, and the days that were passed over on the way there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from nennep.core.periods import same_day

DAY = timedelta(days=1)
MONTHS = {"month": 1, "year": 12}
LONGEST = {"day": 3_660, "working_day": 1_000, "month": 120, "year": 50}


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that does not count, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The last day; `skipped` the days off on the way (none when every day counts).

    `falls_on` says why the last day itself is a day off; the rules do not say that it moves.
    """

    last: date
    skipped: tuple[DayOff, ...] = ()
    falls_on: str = ""


def last_day(
    start: date, number: int, unit: str, why_off: Callable[[date], str], *, before: bool = False
) -> Counted:
    """The day of the start does not count; `before` counts back.

    Months and years end on the day of the same number, or on the month's last day where it has no
    such day: our own reading, the rules say nothing.
    """
    step = -1 if before else 1
    if unit == "working_day":
        return _working(start, number, why_off, step)
    if unit == "day":
        last = start + timedelta(days=number * step)
    else:
        last = same_day(start, number * MONTHS[unit] * step)
    return Counted(last, falls_on=why_off(last))


def _working(start: date, number: int, why_off: Callable[[date], str], step: int) -> Counted:
    day, left, skipped = start, number, []
    while left:
        day += DAY * step
        if why := why_off(day):
            skipped.append(DayOff(day, why))
        else:
            left -= 1
    return Counted(day, tuple(skipped))
