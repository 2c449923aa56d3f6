"""A row of the register as what it says of one meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.periods import month_of
from nennep.core.sheets.cells import Row
from nennep.core.text import tidy
from nennep.core.written import MONTH_ALONE
from nennep.imports.choices import Kind
from nennep.imports.queries.members.rows import is_sum, only_text
from nennep.imports.queries.reading import Cells
from nennep.imports.queries.shapes import choice_of
from nennep.imports.rules import Problem
from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules.returns import STRENGTH

LONGEST_TOPIC = 300
FACTS = ("day", "start", "end", "minutes", "present", "excused", "unexcused")
KINDS = MeetingKind.labels


@dataclass(slots=True)
class MeetingRow:
    """What the cells say; a count that is not said is None."""

    number: int
    cell: str
    committee: str
    kind: str
    period: date | None
    day: date | None
    start: time | None
    end: time | None
    minutes: int | None
    counts: dict[str, int | None]
    topic: str = ""
    are_steps_done: bool = False
    papers: date | None = None
    finished: date | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def says_strength(self) -> bool:
        return any(self.counts[name] is not None for name in ("strength", *STRENGTH))

    @property
    def started_at(self) -> datetime | None:
        return moment(self.day, self.start)

    @property
    def ended_at(self) -> datetime | None:
        """By the clock, or so many minutes after it began."""
        started = self.started_at
        if started is not None and self.end is None and self.minutes is not None:
            return started + timedelta(minutes=self.minutes)
        return moment(self.day, self.end)


def read_rows(cells: Cells, rows: Iterator[Row]) -> Iterator[MeetingRow]:
    """Rows that sum up, and those below the table, say nothing of a meeting."""
    for row in rows:
        cells.begin(row)
        if cells.is_empty("day", "start") and is_sum(only_text(cells)):
            continue
        if cells.is_empty(*FACTS) and not cells.is_formula(*FACTS):
            continue
        yield _read(cells, row.number)


def _read(cells: Cells, number: int) -> MeetingRow:
    row = MeetingRow(
        number,
        cell=cells.text("cell"),
        committee=cells.text("committee"),
        kind=cells.choice("kind", _chosen, KINDS) or MeetingKind.REGULAR,
        period=_period(cells),
        day=cells.day("day"),
        start=cells.time("start"),
        end=cells.time("end"),
        minutes=cells.count("minutes"),
        counts={
            name: cells.count(name)
            for name in ("strength", *STRENGTH, "present", "excused", "unexcused", "speakers")
        },
        topic=cells.text("topic", LONGEST_TOPIC),
        are_steps_done=bool(cells.yes("steps")),
        papers=cells.day("papers"),
        finished=cells.day("finished"),
    )
    _check(cells, row)
    row.problems = cells.problems
    return row


def _check(cells: Cells, row: MeetingRow) -> None:
    if cells.is_empty("day"):
        cells.no("day", _("Write the day of the meeting."))
    if cells.is_empty("start"):
        cells.no("start", _("Write the time at which it started."))
    if cells.is_empty("end", "minutes"):
        key = "end" if cells.has("end") or not cells.has("minutes") else "minutes"
        cells.no(key, _("Write the time at which it ended, or how many minutes it took."))


def _period(cells: Cells) -> date | None:
    """6/2024, tháng 6/2024, or any day of the month."""
    text = cells.text("period")
    if found := MONTH_ALONE.fullmatch(tidy(text)):
        month = int(found[1])
        if 1 <= month <= 12:
            return date(int(found[2]), month, 1)
    day = cells.day("period")
    return month_of(day) if day else None


def _chosen(text: str) -> str | None:
    return choice_of(Kind.HISTORY, "kinds", text)


def moment(day: date | None, at: time | None) -> datetime | None:
    """A moment of Hà Nội; None while either half is missing."""
    return datetime.combine(day, at, tzinfo=clock.HANOI) if day and at is not None else None
