"""Tasks as the command line's contract has them: names in a cell, figures and units above it."""

from typing import Any

from nennep.core import clock
from nennep.organisation.models import Unit
from nennep.tasks.models import Assignment, AssignmentQuerySet, UnitAssignment
from nennep.tasks.queries.coverage import cell_coverage
from nennep.tasks.queries.work import with_names


def tasks_json(unit: Unit, *, is_overdue: bool) -> dict[str, Any]:
    """Everything given to the unit; above the cell what was given to units under it, no member."""
    rows = with_names(_rows(unit)).order_by("unit__path", "due_on", "id")
    if is_overdue:
        rows = rows.overdue(clock.today())
    return {
        "unit": unit.code,
        "as_of": clock.today().isoformat(),
        "members": _members(unit),
        "tasks": [task_json(each) for each in rows],
    }


def _rows(unit: Unit) -> AssignmentQuerySet:
    if unit.is_cell:
        return Assignment.objects.filter(unit=unit)
    return UnitAssignment.objects.within(unit).filter(task__is_to_units=True)


def _members(unit: Unit) -> dict[str, int] | None:
    """Of a cell that keeps its tasks here: working members, and those with a task."""
    if not unit.is_cell or unit.is_figures_only:
        return None
    covered = cell_coverage(unit)
    if covered.since is None:
        return None
    return {
        "working": len(covered.members),
        "with_task": covered.pair[0],
        "with_any_task": covered.any_pair[0],
    }


def task_json(each: Assignment) -> dict[str, Any]:
    task = each.task
    return {
        "code": each.unit.code,
        "id": str(task.public_id),
        "assignment": str(each.public_id),
        "title": each.words,
        "source": task.source,
        "basis": task.basis,
        "given_by": task.unit.code,
        "given_on": task.given_on.isoformat(),
        "due_on": each.due_on.isoformat() if each.due_on else None,
        "state": each.state.value,
        "overdue": each.is_overdue,
        "result": each.result,
        "done_on": each.done_on.isoformat() if each.done_on else None,
        "judgement": each.judgement or None,
        "assignee": _assignee(each),
    }


def _assignee(each: Assignment) -> dict[str, str]:
    """Somebody named in words is nobody of the roll: the words stand as they are."""
    if each.task.is_to_units:
        return {"unit": each.unit.code}
    if each.member is None:
        return {"words": each.who_text} if each.who_text else {"unit": each.unit.code}
    return {"member": each.member.full_name}
