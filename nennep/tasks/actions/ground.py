"""What every action on tasks stands on: the row as it is now, and who is told."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from nennep.core import clock, facts
from nennep.core.periods import month_of
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit
from nennep.tasks.choices import TaskState
from nennep.tasks.models import Assignment, TaskBook

# Cells whose counters are put right in the same breath; more of them wait for the job.
AT_ONCE = 20


def locked(assignment: Assignment) -> Assignment:
    """The row as it is now, held until the transaction ends."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "task__unit", "task__line__resolution__meeting", "unit", "member"
    )
    return rows.get(pk=assignment.pk)


def open_one(assignment: Assignment) -> Assignment:
    """Locked, and neither judged nor withdrawn."""
    fresh = locked(assignment)
    if fresh.state == TaskState.JUDGED:
        raise Refusal(
            _("This task was judged already. Take the judgement back first."), code="judged"
        )
    if fresh.state == TaskState.WITHDRAWN:
        raise Refusal(_("This task was withdrawn."), code="withdrawn")
    return fresh


def not_in_future(day: date | None, *, field: str) -> date:
    """The day given, or today."""
    today = clock.today()
    if day is not None and day > today:
        raise Refusal(_("That day has not come yet."), code="in_future", field=field)
    return day or today


def open_book(cell: Unit, since: date) -> None:
    """From `since` on the cell's tasks are kept here; an earlier day holds."""
    book, is_new = TaskBook.objects.get_or_create(cell=cell, defaults={"since": since})
    if not is_new and since < book.since:
        TaskBook.objects.filter(pk=cell.pk).update(since=since)


def tell_cell(cell: Unit, due: Iterable[date | None]) -> None:
    """The tasks of a cell changed: its counts of the months they are due in, and who has one."""
    for month in sorted({month_of(day) for day in due if day is not None}):
        facts.facts_changed.send(sender=Assignment, cell=cell, month=month, kind="tasks")
    facts.facts_changed.send(sender=Assignment, cell=cell, month=None, kind="tasks")


def tell_units(giver: Unit, units: Collection[Unit], due: Collection[date | None]) -> None:
    """What was given to units counts in those of them that are cells."""
    cells = [unit for unit in units if unit.is_cell]
    if len(cells) > AT_ONCE:
        facts.facts_changed.send(sender=Assignment, cell=giver, month=None, kind="below")
        return
    for cell in cells:
        tell_cell(cell, due)


def tell(assignment: Assignment, *more: date | None) -> None:
    """`more`: a day that was its day before."""
    if assignment.unit.is_cell:
        tell_cell(assignment.unit, [assignment.due_on, *more])
