"""The two alarms on a member's absences from regular meetings, within one calendar year.

They run over the held regular meetings for which the member was required, in the order of their
months; a month in which the member was not required neither adds to a streak nor ends it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from nennep.meetings.choices import Presence

THIRD = 3  # “≥ 3 months in the year” is the wording of the indicator itself (programme.md §3)
MORE_THAN_THREE = 4  # “more than 3 times running”, likewise


def months_of_third_unexcused(presences: Iterable[tuple[date, str]]) -> Iterator[date]:
    """The months in which the year's count of unexcused absences stood at three or more."""
    year, count = 0, 0
    for month, presence in presences:
        if month.year != year:
            year, count = month.year, 0
        if presence == Presence.UNEXCUSED:
            count += 1
            if count >= THIRD:
                yield month


def months_of_long_excuse(presences: Iterable[tuple[date, str]]) -> Iterator[date]:
    """The months in which a member was excused for the fourth time running or more."""
    year, streak = 0, 0
    for month, presence in presences:
        if month.year != year:
            year, streak = month.year, 0
        streak = streak + 1 if presence == Presence.EXCUSED else 0
        if streak >= MORE_THAN_THREE:
            yield month
