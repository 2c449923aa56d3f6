"""Which meetings a cell is expected to hold, and what became of each (definitions.md).

A month is the date of its first day. “Over” is the first day on which an expected meeting that
nothing counts for is silent; until then it is pending. No clock is read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nennep.core.periods import add_months, month_end, quarter_months
from nennep.meetings.choices import LedgerKind, Outcome
from nennep.meetings.rules.thresholds import MeetingRules

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stood and in which block, from day to day; `valid_to` is the last day."""

    path: str
    block: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A cell's places in order, and the spans in which it had a cell committee."""

    cell_id: int
    places: tuple[Place, ...]
    committee: tuple[tuple[date, date | None], ...] = ()

    def place_on(self, day: date) -> Place | None:
        return next((place for place in reversed(self.places) if place.holds_on(day)), None)

    def had_committee_on(self, day: date) -> bool:
        return any(
            since <= day and (until is None or day <= until) for since, until in self.committee
        )


class Said(StrEnum):
    """What was said about a meeting that was not held."""

    NOTHING = "nothing"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Expected:
    """One row of the ledger before the clock is asked: `settled` is None while nothing counts."""

    kind: LedgerKind
    month: date
    settled: Outcome | None
    over_on: date
    overdue_from: date | None
    lateness_is_defined: bool = False
    held_on: date | None = None

    @property
    def in_time_until(self) -> date:
        """The last day of the grace; where no due day is set, of the month."""
        return self.overdue_from - ONE_DAY if self.overdue_from else month_end(self.month)

    def outcome(self, today: date) -> Outcome:
        if self.settled is not None:
            return self.settled
        return Outcome.PENDING if today < self.over_on else Outcome.SILENT

    def is_overdue(self, today: date) -> bool:
        """Past the grace but time is not over: shown as “quá hạn”, and on the call list."""
        return (
            self.settled is None
            and self.overdue_from is not None
            and self.overdue_from <= today < self.over_on
        )


def due_day(month: date, rules: MeetingRules) -> date | None:
    """The day of the month that the rules name; None where they name none."""
    return month.replace(day=rules.due_day) if rules.due_day else None


def counting_day(month: date, rules: MeetingRules) -> date:
    """The day on which the cell must exist: the due day, else the month's last day."""
    return due_day(month, rules) or month_end(month)


def over_on(month: date, rules: MeetingRules, next_rules: MeetingRules) -> date:
    """The next month's due day; where no due day is set, the day after the month's end."""
    following = add_months(month, 1)
    if rules.due_day is None:
        return following
    return due_day(following, next_rules) or due_day(following, rules) or following


def regular_outcome(
    month: date, held_on: date | None, said: Said, rules: MeetingRules, over: date
) -> Outcome | None:
    """None while nothing counts: not held, or held only after time was over, and no reason stands."""
    if held_on is not None:
        if rules.due_day is None or held_on <= last_day_in_time(month, rules):
            return Outcome.HELD
        if held_on < over:
            return Outcome.LATE
    return _explained(said)


def unhurried_outcome(held_on: date | None, said: Said) -> Outcome | None:
    """For thematic and cell-committee meetings: no grace and no lateness."""
    return Outcome.HELD if held_on is not None else _explained(said)


def _explained(said: Said) -> Outcome | None:
    return {Said.ACCEPTED: Outcome.EXCUSED, Said.WAITING: Outcome.WAITING}.get(said)


def last_day_in_time(month: date, rules: MeetingRules) -> date:
    """The due day or the end of the grace; the rules must name a due day."""
    return month.replace(day=max(rules.due_day or 1, rules.grace_days or 1))


@dataclass(frozen=True, slots=True)
class MonthRules:
    """The rules of one month and the day the next month's make its time over."""

    month: date
    rules: MeetingRules
    over_on: date

    @property
    def counting_day(self) -> date:
        return counting_day(self.month, self.rules)


def expects_regular(timeline: Timeline, month: MonthRules) -> bool:
    return bool(month.rules.regular_per_month) and timeline.place_on(month.counting_day) is not None


def expects_thematic(timeline: Timeline, quarter: Sequence[MonthRules]) -> bool:
    """One for each quarter in which the cell existed on all three due days [D]."""
    return bool(quarter[-1].rules.thematic_per_quarter) and all(
        timeline.place_on(month.counting_day) is not None for month in quarter
    )


def expects_committee(timeline: Timeline, month: MonthRules) -> bool:
    day = month.counting_day
    return (
        bool(month.rules.committee_per_month)
        and timeline.had_committee_on(day)
        and timeline.place_on(day) is not None
    )


def is_last_of_quarter(month: date) -> bool:
    return quarter_months(month)[-1] == month
