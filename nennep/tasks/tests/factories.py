"""A cell with its people (those of meetings), its working members, and tasks in every state."""

from datetime import date

from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import at, committee_user, make_cell, planned, ready
from nennep.members.models import WorkingSpell
from nennep.tasks import actions
from nennep.tasks.actions import NewTask, Receivers
from nennep.tasks.choices import TaskSource
from nennep.tasks.models import Assignment

DUE = date(2024, 6, 28)


def working_cell(working=4, **more):
    """The first members of the cell work."""
    cell = make_cell(**more)
    WorkingSpell.objects.bulk_create(
        WorkingSpell(member=member, valid_from=date(2015, 1, 1))
        for member in cell.members[:working]
    )
    return cell


def give(cell, *members, what="Trồng cây", due_on=DUE, source=TaskSource.PLAN, **more):
    """A task of the cell's members; the assignment of the first one."""
    to = Receivers(list(members) or [cell.members[0]], (), "", more.pop("follower", None))
    task = actions.give_task(
        cell.unit,
        task=NewTask(what=what, source=source, due_on=due_on, **more),
        to=to,
        by=cell.secretary,
    )
    return task.assignments.order_by("id").first()


def give_units(giver, *units, what="Quán triệt nghị quyết", due_on=DUE, by=None, **more):
    return actions.give_task(
        giver,
        task=NewTask(
            what=what, source=more.pop("source", TaskSource.DIRECTION), due_on=due_on, **more
        ),
        to=Receivers(units=list(units)),
        by=by or system_person(),
    )


def decide(cell, *lines, month=6, day=3, kind="regular", is_passed=True, absences=None):
    """A closed meeting whose paper has these lines: (what, who, due)."""
    start = at(day, month=month)
    period = date(2024, month, 1)
    meeting = ready(cell, kind, started_at=start, period=period, absences=absences)
    paper = meetings.write_resolution(meeting, summary="lãnh đạo nhiệm vụ", by=cell.secretary)
    for what, who, due_on in lines:
        meetings.add_line(paper, what=what, who=who, due_on=due_on, by=cell.secretary)
    base = meeting.roll_call.voting_base
    subject = "resolution" if paper.kind == "NQ" else "conclusion"
    meetings.record_vote(
        meeting, subject=subject, question="", in_favour=base if is_passed else 0, by=cell.secretary
    )
    meetings.close_minutes(meeting, by=cell.secretary)
    meeting.refresh_from_db()
    return meeting


def of_line(what):
    return Assignment.objects.select_related("task", "unit", "member").get(task__what=what)


__all__ = ["at", "committee_user", "planned"]


class refused:  # noqa: N801 -- reads as a sentence
    """`with refused("code")`: exactly this is refused inside."""

    def __init__(self, code):
        self.code = code

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        if not isinstance(error, Refusal):
            assert kind is not None, "nothing was refused"
            return False
        assert error.code == self.code
        return True
