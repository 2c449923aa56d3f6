"""When a cell met, month by month, and what it said where it did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from random import Random

from nennep.core.periods import add_months, month_end, quarter_months
from nennep.demo.plan.habits import Habit
from nennep.demo.plan.words import STANDS_ON, one_of, sentences

DAY = timedelta(days=1)
YESTERDAY = STANDS_ON - DAY
FROM_HANOI_TO_UTC = -7 * 60
EPIDEMIC_ENDS = date(2022, 4, 1)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting as it sits in the calendar; `thematic_minutes` is the second part's length."""

    kind: str
    period: date
    day: date
    minute: int  # of the day, in Hà Nội
    minutes_long: int
    thematic_minutes: int = 0

    @property
    def started_at(self) -> datetime:
        return moment(self.day, self.minute)


@dataclass(frozen=True, slots=True)
class PlannedExplanation:
    cell: str
    kind: str
    period: date
    reason: str
    recorded_at: datetime
    is_accepted: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None


@lru_cache(maxsize=65_536)
def moment(day: date, minute: int) -> datetime:
    """A minute of a day in Hà Nội, written in universal time, which databases store the fastest."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return midnight + timedelta(minutes=minute + FROM_HANOI_TO_UTC)


@cache
def _holidays() -> frozenset[date]:
    spans = sentences("calendar")["holidays"]
    return frozenset(
        first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)
    )


def working_day(day: date, *, is_office: bool) -> date:
    """The first day from `day` on which the cell would meet: no holiday; in an office no weekend."""
    while day in _holidays() or (is_office and day.weekday() >= 5):
        day += DAY
    return day


class CellCalendar:
    """Draws the meetings of one cell in the order of months; every draw is the cell's own."""

    def __init__(self, habit: Habit, chance: Random, *, is_office: bool, has_due_day: bool) -> None:
        self.habit = habit
        self.chance = chance
        self.is_office = is_office
        self.has_due_day = has_due_day

    def sittings(self, months: list[date], *, has_committee: bool) -> Iterator[Sitting]:
        """Every meeting that was held by the day before the demonstration's."""
        thematic_in = date.min
        for month in months:
            if month == quarter_months(month)[0]:
                thematic_in = self._month_of_theme(month)
            regular = self._regular(month, is_thematic=month == thematic_in and self.habit.combines)
            found = [regular] if regular else []
            if has_committee and (regular or self.chance.random() < 0.4):
                found += self._committee(month, regular)
            if month == thematic_in and not self.habit.combines:
                found += self._thematic(month, regular)
            yield from (sitting for sitting in found if sitting.day <= YESTERDAY)

    def _month_of_theme(self, first: date) -> date:
        """The month of the quarter in which the cell has its theme; none if it leaves it out."""
        if self.chance.random() < self.habit.temper.no_thematic:
            return date.min
        return add_months(first, (1, 1, 2)[int(self.chance.random() * 3)])

    def _regular(self, month: date, *, is_thematic: bool) -> Sitting | None:
        temper, draw = self.habit.temper, self.chance.random
        if draw() < temper.missed * (
            2 if month < EPIDEMIC_ENDS else 1
        ) and month != STANDS_ON.replace(day=1):
            return None
        day = self._day(month)
        is_short = draw() < temper.short
        length = (55 if is_short else 90) + int(draw() * (33 if is_short else 35))
        minute = self.habit.hour * 60 + self.habit.minute + (0, 0, 0, 5, 10, 15)[int(draw() * 6)]
        if not is_thematic:
            return Sitting("regular", month, day, minute, length)
        first = 65 + int(draw() * 20)
        second = (30 if is_short else 60) + int(draw() * (15 if is_short else 25))
        return Sitting("combined", month, day, minute, first + second, second)

    def _day(self, month: date) -> date:
        draw = self.chance.random
        if self.has_due_day and draw() < self.habit.temper.overdue:
            day = month.replace(day=9 + int(draw() * 15))
        elif month in sentences("calendar")["early_february"] and draw() < 0.35:
            return working_day(
                month - timedelta(days=5 + int(draw() * 2)), is_office=self.is_office
            )
        else:
            swing = 0 if draw() < 0.6 else int(draw() * 5) - 2
            day = month + timedelta(days=min(max(self.habit.day + swing, 1), 27) - 1)
        return working_day(day, is_office=self.is_office)

    def _committee(self, month: date, regular: Sitting | None) -> list[Sitting]:
        if self.chance.random() < self.habit.temper.no_committee:
            return []
        regular_day = regular.day if regular else month + timedelta(days=10)
        day = regular_day - timedelta(days=1 + int(self.chance.random() * 3))
        minute = self.habit.hour * 60 + self.habit.minute
        return [Sitting("cell_committee", month, day, minute, 45 + int(self.chance.random() * 45))]

    def _thematic(self, month: date, regular: Sitting | None) -> list[Sitting]:
        day = month + timedelta(days=11 + int(self.chance.random() * 14))
        if regular is not None and abs((regular.day - day).days) < 2:
            day += timedelta(days=3)
        day = min(working_day(day, is_office=self.is_office), month_end(month))
        minute = self.habit.hour * 60 + self.habit.minute
        return [Sitting("thematic", month, day, minute, 70 + int(self.chance.random() * 60))]


def explanation_of(cell: str, kind: str, month: date, chance: Random) -> PlannedExplanation | None:
    """What the cell said of a meeting it did not hold, and the answer. Nothing, in three of ten."""
    if chance.random() < 0.3:
        return None
    words = sentences("explanation")
    reason = one_of(words["epidemic" if month < EPIDEMIC_ENDS else "reasons"], chance)
    said_on = min(add_months(month, 1) + timedelta(days=int(chance.random() * 9)), YESTERDAY - DAY)
    recorded_at = moment(said_on, 9 * 60 + int(chance.random() * 400))
    is_recent = month >= add_months(STANDS_ON.replace(day=1), -2)
    if is_recent and chance.random() < 0.6:
        return PlannedExplanation(cell, kind, month, reason, recorded_at)
    is_accepted = month < EPIDEMIC_ENDS or chance.random() < 0.8
    answer = one_of(words["accepted" if is_accepted else "rejected"], chance)
    answered_at = min(
        recorded_at + timedelta(days=1 + int(chance.random() * 6)), moment(YESTERDAY, 1020)
    )
    return PlannedExplanation(
        cell, kind, month, reason, recorded_at, is_accepted, answer, answered_at
    )
