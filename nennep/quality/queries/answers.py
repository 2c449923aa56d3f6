"""What a meeting answers for: the lines of the last resolution, and how many of those due are done."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nennep.core.periods import add_months
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import AgendaItem, ResolutionItem

# How far back the last paper is looked for: first near, then as far as open lines are carried.
NEAR, FAR = 2, 12


@dataclass(frozen=True, slots=True)
class Answered:
    """Lines that were due by the day of the meeting, and those of them that are done by then."""

    done: int | None = None
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    meeting_id: int
    started_at: datetime
    due_on: date | None
    done_on: date | None


def answered_for(rows: Sequence[dict[str, Any]]) -> dict[int, Answered]:
    """By meeting. The cell committee's own papers are left out; a line without a day is due."""
    lines = _last_lines(rows, NEAR)
    lacking = [row for row in rows if not lines.get(row["id"])]
    if lacking:
        lines |= _last_lines(lacking, FAR)
    for meeting_id, line in _carried(rows):
        # A carried line is older than the last paper, whose lines are there already.
        if all(line.meeting_id != known.meeting_id for known in lines.get(meeting_id, ())):
            lines.setdefault(meeting_id, []).append(line)
    days = {row["id"]: row["held_on"] for row in rows}
    return {meeting_id: _counted(found, days[meeting_id]) for meeting_id, found in lines.items()}


def _counted(lines: Iterable[Line], day: date) -> Answered:
    due = [line for line in lines if line.due_on is None or line.due_on <= day]
    done = [line for line in due if line.done_on is not None and line.done_on <= day]
    return Answered(len(done), len(due))


def _last_lines(rows: Sequence[dict[str, Any]], months_back: int) -> dict[int, list[Line]]:
    """The lines of the latest earlier closed meeting of each cell that left any."""
    by_cell: dict[int, list[Line]] = defaultdict(list)
    items = ResolutionItem.objects.filter(
        resolution__meeting__unit_id__in=sorted({row["unit_id"] for row in rows}),
        resolution__meeting__period__gte=add_months(
            min(row["period"] for row in rows), -months_back
        ),
        resolution__meeting__period__lte=max(row["period"] for row in rows),
        resolution__meeting__closed_at__isnull=False,
        resolution__meeting__cancelled_at__isnull=True,
    ).exclude(resolution__meeting__kind=MeetingKind.CELL_COMMITTEE)
    columns = (
        "resolution__meeting__unit_id", "resolution__meeting_id",
        "resolution__meeting__started_at", "due_on", "done_on",
    )  # fmt: skip
    for unit_id, *line in items.order_by().values_list(*columns).iterator():
        by_cell[unit_id].append(Line(*line))
    found = {}
    for row in rows:
        earlier = [
            line for line in by_cell.get(row["unit_id"], ()) if line.started_at < row["started_at"]
        ]
        if earlier:
            last = max((line.started_at, line.meeting_id) for line in earlier)
            found[row["id"]] = [
                line for line in earlier if (line.started_at, line.meeting_id) == last
            ]
    return found


def _carried(rows: Sequence[dict[str, Any]]) -> Iterable[tuple[int, Line]]:
    """Older lines that stand on the agenda of these meetings because they were open."""
    items = AgendaItem.objects.filter(
        meeting_id__in=[row["id"] for row in rows], carried_from__isnull=False
    )
    columns = (
        "meeting_id", "carried_from__resolution__meeting_id",
        "carried_from__resolution__meeting__started_at", "carried_from__due_on",
        "carried_from__done_on",
    )  # fmt: skip
    for meeting_id, *line in items.order_by().values_list(*columns):
        yield meeting_id, Line(*line)
