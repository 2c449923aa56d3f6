"""Tasks of past meetings in bulk: the same rows that closing each of them would have made.

A test compares the two. No signal is sent: whoever loads recomputes afterwards.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.bulk import insert_rows, reset_sequences
from nennep.core.fields import below
from nennep.core.ids import new_public_id
from nennep.library.queries.issuing import term_of
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.issuing import obstacle_to
from nennep.meetings.rules.carrying import routine_lines
from nennep.tasks.actions.lines import NOT_DECIDED, source_of
from nennep.tasks.models import Assignment, Task, TaskBook, Uptake
from nennep.tasks.queries.wording import basis_of
from nennep.tasks.rules.states import proposed_judgement

TASK = (
    "id", "public_id", "unit", "is_to_units", "source", "basis", "resolution", "line", "year",
    "what", "answers", "is_of_cell", "given_on", "due_on", "given_by",
)  # fmt: skip
ASSIGNMENT = (
    "public_id", "task", "unit", "member", "who_text", "part", "follower", "due_on", "reported_at",
    "result", "done_on", "judgement", "judged_on", "judged_in", "remark",
)  # fmt: skip
LINE = (
    "id", "public_id", "what", "who_id", "who_text", "due_on", "result", "done_on",
    "resolution_id", "resolution__kind", "resolution__symbol", "resolution__number",
    "resolution__meeting_id", "resolution__meeting__unit_id", "resolution__meeting__kind",
    "resolution__meeting__period", "resolution__meeting__started_at",
)  # fmt: skip
REPORTED_AT = time(20, 0)


class PastLine(NamedTuple):
    """A line of a closed meeting's paper, with what its task needs of the meeting."""

    id: int
    public_id: UUID
    what: str
    who_id: int | None
    who_text: str
    due_on: date | None
    result: str
    done_on: date | None
    paper_id: int
    kind: str
    symbol: str
    number: int | None
    meeting_id: int
    unit_id: int
    meeting_kind: str
    period: date
    started_at: datetime

    @property
    def is_of_committee(self) -> bool:
        return self.meeting_kind == MeetingKind.CELL_COMMITTEE

    @property
    def given_on(self) -> date:
        return hanoi_day(self.started_at)


Sittings = dict[tuple[int, bool], tuple[list[date], list[int]]]


@dataclass
class _Rows:
    """What is written, with the ids the tasks will have."""

    by_id: int
    last_id: int
    tasks: list[tuple[Any, ...]] = field(default_factory=list)
    assignments: list[tuple[Any, ...]] = field(default_factory=list)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def write(self) -> None:
        insert_rows(Task, TASK, self.tasks)
        insert_rows(Assignment, ASSIGNMENT, self.assignments)
        reset_sequences(Task, Assignment)


@transaction.atomic
def load_from_meetings(scope_path: str, *, by: User) -> int:
    """A task for each line of the closed meetings under this path that has none yet."""
    sittings = _sittings(scope_path)
    rows = _Rows(by.pk, _last_id())
    undecided = _undecided(scope_path)
    for line in _lines(scope_path):
        if line.paper_id not in undecided and not _is_idle(line):
            _add(rows, line, sittings)
    rows.write()
    _open_books(sittings)
    trail.record("tasks loaded", None, by=by, count=len(rows.tasks))
    return len(rows.tasks)


def _last_id() -> int:
    return Task.objects.aggregate(last=Max("id"))["last"] or 0


def _closed(scope_path: str, way: str = "") -> Any:
    return below(f"{way}unit__path", scope_path)


def _sittings(scope_path: str) -> Sittings:
    """By cell, and by its committee: the days of their closed meetings in order, and which."""
    found: Sittings = defaultdict(lambda: ([], []))
    rows = Meeting.objects.closed().filter(_closed(scope_path)).order_by("started_at", "id")
    for pk, unit_id, kind, started_at in rows.values_list(
        "pk", "unit_id", "kind", "started_at"
    ).iterator():
        if started_at is not None:
            days, ids = found[unit_id, kind == MeetingKind.CELL_COMMITTEE]
            days.append(hanoi_day(started_at))
            ids.append(pk)
    return found


def _undecided(scope_path: str) -> set[int]:
    """Papers without a number that the meeting did not carry. They are few."""
    way = "meeting__"
    papers = Resolution.objects.filter(
        _closed(scope_path, way), number__isnull=True, meeting__closed_at__isnull=False
    ).select_related("meeting__unit", "meeting__roll_call")
    return {
        paper.pk
        for paper in papers
        if obstacle_to(
            paper, paper.meeting, term_of(paper.meeting.unit, paper.meeting.held_on or date.min)
        )
        in NOT_DECIDED
    }


def _lines(scope_path: str) -> Iterator[PastLine]:
    rows = ResolutionItem.objects.filter(
        _closed(scope_path, "resolution__meeting__"),
        resolution__meeting__closed_at__isnull=False,
        resolution__meeting__cancelled_at__isnull=True,
        task__isnull=True,
    )
    for row in rows.order_by("resolution_id", "position", "id").values_list(*LINE).iterator():
        yield PastLine(*row)


def _is_idle(line: PastLine) -> bool:
    """A routine line that names nobody."""
    return line.who_id is None and any(
        each.what == line.what for each in routine_lines(line.period)
    )


def _add(rows: _Rows, line: PastLine, sittings: Sittings) -> None:
    task_id, given_on = rows.next_id(), line.given_on
    rows.tasks.append((
        task_id, line.public_id, line.unit_id, False,
        str(source_of(line.kind, is_numbered=line.number is not None)),
        basis_of(line.symbol, line.meeting_kind, given_on), line.paper_id, line.id, None,
        line.what, "{}", not line.is_of_committee, given_on, line.due_on, rows.by_id,
    ))  # fmt: skip
    has_come = bool(line.result) or line.done_on is not None
    verdict = _verdict(line, sittings) if has_come else NOT_JUDGED
    rows.assignments.append((
        new_public_id(), task_id, line.unit_id, line.who_id,
        "" if line.who_id else line.who_text, "", None, line.due_on,
        _reported_at(line, given_on) if has_come else None, line.result, line.done_on,
        *verdict, "",
    ))  # fmt: skip


Verdict = tuple[str, date | None, int | None]
NOT_JUDGED: Verdict = ("", None, None)


def _verdict(line: PastLine, sittings: Sittings) -> Verdict:
    """The first later meeting of the same body at which the days say something."""
    days, ids = sittings[line.unit_id, line.is_of_committee]
    first = bisect_left(days, max(line.done_on or line.given_on, line.given_on))
    for day, meeting_id in zip(days[first:], ids[first:], strict=True):
        judgement = proposed_judgement(line.due_on, line.done_on, day)
        if day > line.given_on and judgement is not None:
            return judgement.value, day, meeting_id
    return NOT_JUDGED


def _reported_at(line: PastLine, given_on: date) -> datetime:
    return datetime.combine(line.done_on or line.due_on or given_on, REPORTED_AT, clock.HANOI)


def _open_books(sittings: Sittings) -> None:
    since: dict[int, date] = {}
    for (unit_id, _is_committee), (days, _ids) in sittings.items():
        since[unit_id] = min(days[0], since.get(unit_id, days[0]))
    known = set(TaskBook.objects.values_list("cell_id", flat=True))
    insert_rows(
        TaskBook, ("cell", "since"), [row for row in sorted(since.items()) if row[0] not in known]
    )


@transaction.atomic
def load_uptakes(taken: Sequence[tuple[Assignment, ResolutionItem]], *, by: User) -> int:
    """Lines of closed papers that carried out what superiors gave, each with the task it became."""
    Uptake.objects.bulk_create(
        Uptake(assignment=each, meeting=line.resolution.meeting, line=line) for each, line in taken
    )
    for each, line in taken:
        Task.objects.filter(line=line).update(carries_out_id=each.task_id)
    trail.record("tasks loaded", None, by=by, count=len(taken))
    return len(taken)


@dataclass(frozen=True, slots=True)
class PastYearLine:
    """A member's task of a year, as it stood: what, who follows, and what became of it."""

    member_id: int
    what: str
    follower_id: int | None = None
    result: str = ""
    done_on: date | None = None
    judgement: str = ""
    judged_on: date | None = None


@dataclass(frozen=True, slots=True)
class PastYear:
    """A cell's sheet of a year, decided by a paper of its own."""

    unit_id: int
    year: int
    what: str
    paper_id: int
    symbol: str
    given_on: date
    lines: Sequence[PastYearLine]


@transaction.atomic
def load_years(sheets: Iterable[PastYear], *, by: User) -> int:
    """Sheets of years in bulk; returns how many members' tasks there were."""
    rows = _Rows(by.pk, _last_id())
    for sheet in sheets:
        task_id, last = rows.next_id(), date(sheet.year, 12, 31)
        rows.tasks.append((
            task_id, new_public_id(), sheet.unit_id, False, "resolution",
            basis_of(sheet.symbol, MeetingKind.REGULAR, sheet.given_on), sheet.paper_id, None,
            sheet.year, sheet.what, "{}", True, sheet.given_on, last, rows.by_id,
        ))  # fmt: skip
        for line in sheet.lines:
            moment = line.done_on or line.judged_on
            reported_at = datetime.combine(moment, REPORTED_AT, clock.HANOI) if moment else None
            rows.assignments.append((
                new_public_id(), task_id, sheet.unit_id, line.member_id, "", line.what,
                line.follower_id, last, reported_at, line.result, line.done_on, line.judgement,
                line.judged_on, None, "",
            ))  # fmt: skip
    rows.write()
    trail.record("tasks loaded", None, by=by, count=len(rows.assignments))
    return len(rows.assignments)
