"""What a meeting answers for: the lines of the last resolution and those that fell due since, and how
many of those due are done.

The same lines as `meetings.queries.answering.last_lines` puts into its paper, for thousands at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from nennep.core.periods import add_months
from nennep.meetings.choices import SATISFY_REGULAR, MeetingKind
from nennep.meetings.models import AgendaItem, ResolutionItem
from nennep.meetings.queries.agenda import CARRIED_FOR_MONTHS
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.rules.carrying import is_routine

# How far back the last paper is looked for: first near, then as far as open lines are carried.
NEAR, FAR = 2, CARRIED_FOR_MONTHS


@dataclass(frozen=True, slots=True)
class Answered:
    """Lines that were due by the day of the meeting, and those of them that are done by then."""

    done: int | None = None
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a closed meeting's paper."""

    id: int
    meeting_id: int
    kind: str
    period: date
    started_at: datetime
    what: str
    due_on: date | None
    done_on: date | None

    @property
    def place(self) -> tuple[datetime, int]:
        """Where its meeting stands in the order of meetings."""
        return self.started_at, self.meeting_id


def answered_for(rows: Sequence[dict[str, Any]]) -> dict[int, Answered]:
    """By meeting. The cell committee's own papers are left out; a line without a day is due."""
    lines = _last_lines(rows, NEAR)
    lacking = [row for row in rows if not lines.get(row["id"])]
    if lacking:
        lines |= _last_lines(lacking, FAR)
    for meeting_id, line in _carried(rows):
        # What was carried may have fallen due since the last meeting: it is there already then.
        if all(line.id != known.id for known in lines.get(meeting_id, ())):
            lines.setdefault(meeting_id, []).append(line)
    days = {row["id"]: row["held_on"] for row in rows}
    return {meeting_id: _counted(found, days[meeting_id]) for meeting_id, found in lines.items()}


def _counted(lines: Iterable[Line], day: date) -> Answered:
    due = [line for line in lines if line.due_on is None or line.due_on <= day]
    done = [line for line in due if line.done_on is not None and line.done_on <= day]
    return Answered(len(done), len(due))


def _last_lines(rows: Sequence[dict[str, Any]], months_back: int) -> dict[int, list[Line]]:
    """By meeting: the lines of the latest earlier paper, and older ones that fell due since."""
    near = add_months(min(row["period"] for row in rows), -months_back)
    by_cell = _lines_of(rows, near)
    found = {}
    for row in rows:
        earlier = [
            line for line in by_cell.get(row["unit_id"], ()) if line.started_at < row["started_at"]
        ]
        recent = [line for line in earlier if line.period >= near]
        if recent:
            found[row["id"]] = _answered_lines(earlier, recent, row["held_on"])
    return found


def _answered_lines(earlier: Iterable[Line], recent: Sequence[Line], day: date) -> list[Line]:
    last = max(line.place for line in recent)
    answering = [line.place for line in recent if line.kind in SATISFY_REGULAR]
    since = hanoi_day(max(answering, default=last)[0])
    return [line for line in earlier if line.place == last or _fell_due(line, since, day)]


def _fell_due(line: Line, since: date, day: date) -> bool:
    is_between = line.due_on is not None and since < line.due_on <= day
    return is_between and not is_routine(line.what, line.period)


def _lines_of(rows: Sequence[dict[str, Any]], near: date) -> dict[int, list[Line]]:
    """By cell: the lines of papers since then, and older ones that may have fallen due since."""
    by_cell: dict[int, list[Line]] = defaultdict(list)
    far = add_months(min(row["period"] for row in rows), -FAR)
    items = ResolutionItem.objects.filter(
        Q(resolution__meeting__period__gte=near) | Q(due_on__gte=add_months(near, -1)),
        resolution__meeting__unit_id__in=sorted({row["unit_id"] for row in rows}),
        resolution__meeting__period__gte=far,
        resolution__meeting__period__lte=max(row["period"] for row in rows),
        resolution__meeting__closed_at__isnull=False,
        resolution__meeting__cancelled_at__isnull=True,
    ).exclude(resolution__meeting__kind=MeetingKind.CELL_COMMITTEE)
    columns = ("resolution__meeting__unit_id", "id", *_columns("resolution__meeting"), *ITS_OWN)
    for unit_id, *line in items.order_by().values_list(*columns).iterator():
        by_cell[unit_id].append(Line(*line))
    return by_cell


ITS_OWN = ("what", "due_on", "done_on")


def _columns(way: str) -> tuple[str, ...]:
    return (f"{way}_id", f"{way}__kind", f"{way}__period", f"{way}__started_at")


def _carried(rows: Sequence[dict[str, Any]]) -> Iterable[tuple[int, Line]]:
    """Older lines that stand on the agenda of these meetings because they were open."""
    items = AgendaItem.objects.filter(
        meeting_id__in=[row["id"] for row in rows], carried_from__isnull=False
    )
    columns = (
        "meeting_id",
        "carried_from_id",
        *_columns("carried_from__resolution__meeting"),
        *(f"carried_from__{name}" for name in ITS_OWN),
    )
    for meeting_id, *line in items.order_by().values_list(*columns):
        yield meeting_id, Line(*line)
