"""How far a superior's task has come below: which cells have dealt with it, what they made of it, and
which have not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from nennep.core import clock
from nennep.core.fields import below
from nennep.meetings.queries.in_force import day_of
from nennep.organisation.models import Unit
from nennep.tasks.models import Assignment, AssignmentQuerySet, Task, UnitAssignment, Uptake

# A district passes to communes, they to their cells; nothing goes deeper than the tree.
LEVELS = 7


def not_discussed_by(cell_id: int) -> AssignmentQuerySet:
    """What superiors gave to the cell, is still open, and stands on no agenda of it yet."""
    live = Uptake.objects.filter(meeting__cancelled_at__isnull=True, item__isnull=False)
    rows = UnitAssignment.objects.undone().filter(unit_id=cell_id, task__is_to_units=True)
    return rows.exclude(pk__in=live.values("assignment")).select_related("task").order_by("id")


def chain_of(task: Task) -> list[int]:
    """The task and those by which units below passed it on to units under them; ids."""
    ids = [task.pk]
    last = ids
    for _level in range(LEVELS):
        passed = Task.objects.filter(carries_out_id__in=last, is_to_units=True)
        last = list(passed.values_list("pk", flat=True))
        if not last:
            break
        ids += last
    return ids


@dataclass(frozen=True, slots=True)
class OwnTasks:
    """What a cell made of it: the papers its own tasks come of, and how many were carried out."""

    bases: tuple[str, ...] = ()
    done: int = 0
    total: int = 0

    @property
    def pair(self) -> tuple[int, int]:
        return self.done, self.total


@dataclass(frozen=True, slots=True)
class CellDiscussion:
    """A cell that should deal with it. `held_on` None: not at a closed meeting yet."""

    unit: Unit
    held_on: date | None
    is_on_agenda: bool
    own: OwnTasks = field(default_factory=OwnTasks)

    @property
    def is_discussed(self) -> bool:
        return self.held_on is not None


@dataclass(frozen=True)
class Discussion:
    """Every cell the task is meant for, in the order of the tree; by whom it was passed on."""

    cells: Sequence[CellDiscussion]
    passed_on: Sequence[Task] = ()

    @property
    def dealt_with(self) -> list[CellDiscussion]:
        return [cell for cell in self.cells if cell.is_discussed]

    @property
    def waiting(self) -> list[CellDiscussion]:
        return [cell for cell in self.cells if not cell.is_discussed]

    @property
    def done(self) -> int:
        return len(self.cells) - len(self.waiting)

    @property
    def pair(self) -> tuple[int, int]:
        return self.done, len(self.cells)

    @property
    def own_pair(self) -> tuple[int, int]:
        """Of the cells' own tasks that carry it out, those that are done."""
        return sum(c.own.done for c in self.cells), sum(c.own.total for c in self.cells)


def discussion_of(task: Task) -> Discussion:
    """Cells that received it, and all cells under the committees that did. Few queries."""
    chain = chain_of(task)
    cells = _cells_under(Assignment.objects.filter(task_id__in=chain, withdrawn_on__isnull=True))
    held, planned = _meetings(chain)
    own = _own_tasks(chain)
    passed = Task.objects.filter(pk__in=chain).exclude(pk=task.pk).select_related("unit")
    return Discussion(
        [
            CellDiscussion(
                cell, held.get(cell.pk), cell.pk in planned, own.get(cell.pk, OwnTasks())
            )
            for cell in cells
        ],
        list(passed.order_by("unit__path", "id")),
    )


def _own_tasks(chain: Sequence[int]) -> dict[int, OwnTasks]:
    """By cell. No words of the cell's own: its papers by their symbols, and counts."""
    standing = Q(assignments__withdrawn_on__isnull=True)
    rows = Task.objects.filter(carries_out_id__in=chain, is_to_units=False).order_by(
        "given_on", "id"
    )
    counted = rows.values_list("unit_id", "basis").annotate(
        done=Count("assignments", filter=standing & Q(assignments__done_on__isnull=False)),
        total=Count("assignments", filter=standing),
    )
    found: dict[int, OwnTasks] = {}
    for unit_id, basis, done, total in counted:
        known = found.get(unit_id, OwnTasks())
        bases = known.bases if not basis or basis in known.bases else (*known.bases, basis)
        found[unit_id] = OwnTasks(bases, known.done + done, known.total + total)
    return found


def _cells_under(assignments: AssignmentQuerySet) -> list[Unit]:
    paths = sorted(set(assignments.values_list("unit__path", flat=True)))
    tops = [path for path in paths if not any(path != p and path.startswith(p) for p in paths)]
    return list(_living_cells(tops)) if tops else []


def _living_cells(tops: Iterable[str]) -> Iterable[Unit]:
    scope = Q()
    for path in tops:
        scope |= below("path", path)
    return Unit.objects.cells().living_on(clock.today()).filter(scope).order_by("path")


def _meetings(chain: Sequence[int]) -> tuple[dict[int, date], set[int]]:
    """By cell: the first closed meeting that dealt with it; and those with one to come."""
    held: dict[int, date] = {}
    planned: set[int] = set()
    rows = Uptake.objects.filter(
        assignment__task_id__in=chain, meeting__cancelled_at__isnull=True
    ).select_related("meeting")
    for uptake in rows.order_by("meeting__started_at", "id"):
        cell = uptake.meeting.unit_id
        if uptake.meeting.is_closed:
            held.setdefault(cell, day_of(uptake.meeting))
        else:
            planned.add(cell)
    return held, planned
