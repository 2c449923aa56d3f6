"""Which working members have a task: day by day for the counters, by name for their own cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import F, Q

from nennep.core import clock
from nennep.members.models import Standing
from nennep.members.queries import RollEntry, roll_on
from nennep.members.queries.among import among
from nennep.members.rules import Span, common, merged
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.tasks.models import Assignment, TaskBook
from nennep.tasks.rules import TaskRules
from nennep.tasks.rules.coverage import CoverageChange, Held, coverage_changes
from nennep.tasks.rules.states import last_day

COLUMNS = (
    "unit_id", "unit__path", "member_id", "task__given_on", "due_on", "judged_on", "withdrawn_on",
    "task__is_of_cell",
)  # fmt: skip

ByMember = dict[int, list[Span]]


def coverage_of(cells: Sequence[int]) -> dict[int, list[CoverageChange]]:
    """The changes of each cell that keeps its tasks here; three queries, however many cells."""
    books = dict(TaskBook.objects.filter(cell_id__in=among(cells)).values_list("cell_id", "since"))
    if not books:
        return {}
    kept = sorted(books)
    counted, held = _counted(kept), _held(kept)
    return {
        cell: coverage_changes(books[cell], counted.get(cell, {}), held.get(cell, {}))
        for cell in kept
    }


def _counted(cells: Sequence[int]) -> Mapping[int, ByMember]:
    """By cell and member, the days in the cell's strength on which the member works."""
    rows = (
        Standing.objects.filter(
            Q(valid_to__isnull=True) | Q(member__working_spells__valid_from__lte=F("valid_to")),
            Q(member__working_spells__valid_to__isnull=True)
            | Q(member__working_spells__valid_to__gte=F("valid_from")),
            unit_id__in=among(cells),
            member__working_spells__isnull=False,
        )
        .order_by("unit_id", "member_id")
        .values_list(
            "unit_id",
            "member_id",
            "valid_from",
            "valid_to",
            "member__working_spells__valid_from",
            "member__working_spells__valid_to",
        )
    )
    counted: dict[int, ByMember] = defaultdict(dict)
    for (cell, member), spells in groupby(rows.iterator(), key=itemgetter(0, 1)):
        shared = (common((row[2], row[3]), (row[4], row[5])) for row in spells)
        counted[cell][member] = list(merged(span for span in shared if span is not None))
    return counted


def _held(cells: Sequence[int]) -> Mapping[int, dict[int, list[Held]]]:
    book = RuleBook.load()
    rows = Assignment.objects.of_members().filter(unit_id__in=among(cells), member__isnull=False)
    held: dict[int, dict[int, list[Held]]] = defaultdict(lambda: defaultdict(list))
    for cell, path, member, given_on, due_on, judged_on, withdrawn_on, is_of_cell in (
        rows.order_by().values_list(*COLUMNS).iterator()
    ):
        until = last_day(
            given_on=given_on,
            due_on=due_on,
            judged_on=judged_on,
            withdrawn_on=withdrawn_on,
            open_months=book.in_force(TaskRules, path, due_on or given_on).values.open_months,
        )
        if until >= given_on:
            held[cell][member].append(Held((given_on, until), is_of_cell))
    return held


@dataclass(frozen=True, slots=True)
class MemberCoverage:
    """A working member of the cell, and the tasks held that day."""

    entry: RollEntry
    tasks: Sequence[Assignment]

    @property
    def has_task(self) -> bool:
        """One that carries out a decision of the cell."""
        return any(each.task.is_of_cell for each in self.tasks)

    @property
    def has_any(self) -> bool:
        return bool(self.tasks)


@dataclass(frozen=True)
class CellCoverage:
    """`since` None: the cell keeps no tasks here yet, so nothing is known."""

    since: date | None
    members: Sequence[MemberCoverage]

    @property
    def without(self) -> list[MemberCoverage]:
        return [member for member in self.members if not member.has_task]

    @property
    def covered(self) -> list[MemberCoverage]:
        return [member for member in self.members if member.has_task]

    @property
    def pair(self) -> tuple[int, int]:
        return len(self.covered), len(self.members)

    @property
    def any_pair(self) -> tuple[int, int]:
        return sum(member.has_any for member in self.members), len(self.members)


def cell_coverage(cell: Unit, day: date | None = None) -> CellCoverage:
    """The working members of the cell's own strength, by given name. Few queries."""
    day = day or clock.today()
    since = TaskBook.objects.filter(cell=cell).values_list("since", flat=True).first()
    held = _held_on(cell, day)
    return CellCoverage(
        since,
        [
            MemberCoverage(entry, held.get(entry.member_id, ()))
            for entry in roll_on(cell, day)
            if entry.in_strength and entry.is_working
        ],
    )


def _held_on(cell: Unit, day: date) -> Mapping[int, Sequence[Assignment]]:
    """By member, what is theirs that day, in the same sense as the counters."""
    book = RuleBook.load()
    rows = Assignment.objects.of_members().filter(
        Q(judged_on__isnull=True) | Q(judged_on__gte=day),
        unit=cell,
        member__isnull=False,
        task__given_on__lte=day,
    )
    held: dict[int, list[Assignment]] = defaultdict(list)
    for each in rows.select_related("task").order_by("due_on", "id"):
        since = each.due_on or each.task.given_on
        until = last_day(
            given_on=each.task.given_on,
            due_on=each.due_on,
            judged_on=each.judged_on,
            withdrawn_on=each.withdrawn_on,
            open_months=book.in_force(TaskRules, cell.path, since).values.open_months,
        )
        if until >= day and each.member_id is not None:
            held[each.member_id].append(each)
    return held
