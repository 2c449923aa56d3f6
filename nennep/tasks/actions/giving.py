"""Giving a task, moving its day, naming who follows it, taking it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.models import Resolution
from nennep.members.models import Member
from nennep.members.queries import roll_on
from nennep.organisation.models import Unit
from nennep.regulations.queries import add_working_days
from nennep.tasks.actions.finding import find_anew
from nennep.tasks.actions.ground import not_in_future, open_book, open_one, tell, tell_units
from nennep.tasks.choices import TaskSource
from nennep.tasks.models import Assignment, Task
from nennep.tasks.queries.in_force import rules_on

DECISIONS = frozenset({TaskSource.RESOLUTION, TaskSource.CONCLUSION})
LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """What is given. The day is `due_on`, or so many working days after it was given."""

    what: str
    source: str
    due_on: date | None = None
    working_days: int | None = None
    basis: str = ""
    resolution: Resolution | None = None
    programme_id: UUID | None = None
    carries_out: Task | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    given_on: date | None = None


@dataclass(frozen=True, slots=True)
class Receivers:
    """Members of the cell (or somebody in words), or units; `follower` sees to it."""

    members: Sequence[Member] = ()
    units: Sequence[Unit] = ()
    who_text: str = ""
    follower: Member | None = None


@transaction.atomic
def give_task(unit: Unit, *, task: NewTask, to: Receivers, by: User) -> Task:
    """One task, and an assignment for each receiver, who answers for it alone."""
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    given_on = not_in_future(task.given_on, field="given_on")
    due_on = _due(task, given_on)
    _refuse_receivers(unit, to, given_on)
    _refuse_words(unit, task, to)
    _refuse_unclear(unit, task, to, given_on)
    _refuse_strange_link(unit, task)
    given = Task.objects.create(
        unit=unit,
        is_to_units=bool(to.units),
        source=task.source,
        basis=tidy(task.basis),
        resolution=task.resolution,
        programme_id=task.programme_id,
        carries_out=task.carries_out,
        what=tidy(task.what),
        answers={code: tidy(text) for code, text in task.answers.items() if tidy(text)},
        is_of_cell=unit.is_cell and not to.units and task.source in DECISIONS,
        given_on=given_on,
        due_on=due_on,
        given_by=by,
    )
    count = _assign(given, to)
    find_anew(given)
    trail.record("task given", given, by=by, kind=given.source, count=count)
    if unit.is_cell:
        open_book(unit, given_on)
    tell_units(unit, to.units or [unit], [due_on])
    return given


def _assign(task: Task, to: Receivers) -> int:
    """One row for each: units, members, or the one who is named in words."""
    common = {"task": task, "due_on": task.due_on, "follower": to.follower}
    if to.units:
        rows = [Assignment(unit=each, **common) for each in to.units]
    else:
        rows = [Assignment(unit=task.unit, member=each, **common) for each in to.members]
        if who := tidy(to.who_text):
            rows.append(Assignment(unit=task.unit, who_text=who, **common))
    return len(Assignment.objects.bulk_create(rows))


@transaction.atomic
def give_time(assignment: Assignment, *, due_on: date, by: User, reason: str = "") -> Assignment:
    """A later day, for a reason. The day the task was given with stays on the task."""
    fresh = open_one(assignment)
    before, reason = fresh.due_on, tidy(reason)
    refuse_secret(reason)
    if before is not None and due_on <= before:
        raise Refusal(
            _("The new day must come after the one that holds now."),
            code="not_later",
            field="due_on",
        )
    fresh.due_on = due_on
    fresh.save(update_fields=["due_on"])
    trail.record("time given", fresh, by=by, before=before, after=due_on, reason=reason)
    tell(fresh, before)
    return fresh


@transaction.atomic
def name_follower(assignment: Assignment, *, follower: Member | None, by: User) -> Assignment:
    """Who of the cell's committee follows it."""
    fresh = open_one(assignment)
    if follower is not None:
        _refuse_outsiders(fresh.unit, [follower], clock.today(), field="follower")
    fresh.follower = follower
    fresh.save(update_fields=["follower"])
    trail.record("follower named", fresh, by=by)
    return fresh


@transaction.atomic
def withdraw(assignment: Assignment, *, reason: str, by: User) -> Assignment:
    """It need not be done any more, for a reason. What was judged stays."""
    fresh, reason = open_one(assignment), tidy(reason)
    refuse_secret(reason)
    if not reason:
        raise Refusal(_("Write why the task is taken back."), code="reason_missing", field="reason")
    fresh.withdrawn_on, fresh.remark = clock.today(), reason
    fresh.save(update_fields=["withdrawn_on", "remark"])
    find_anew(fresh.task)
    trail.record("task withdrawn", fresh, by=by, reason=reason)
    tell(fresh)
    return fresh


def _due(task: NewTask, given_on: date) -> date:
    due_on = task.due_on
    if due_on is None and task.working_days:
        due_on = add_working_days(given_on, task.working_days)
    if due_on is None:
        raise Refusal(_("Write until when it is to be done."), code="due_missing", field="due_on")
    if due_on < given_on:
        raise Refusal(
            _("The task cannot be due before it is given."), code="due_before_given", field="due_on"
        )
    return due_on


def _refuse_words(unit: Unit, task: NewTask, to: Receivers) -> None:
    what = tidy(task.what)
    refuse_secret(what, task.basis, to.who_text, *task.answers.values())
    if not what:
        raise Refusal(_("Write what is to be done."), code="what_missing", field="what")
    if len(what) > LONGEST:
        raise Refusal(
            _("The task is too long. Shorten it to %(count)s characters.") % {"count": LONGEST},
            code="what_too_long",
            field="what",
        )


def _refuse_receivers(unit: Unit, to: Receivers, day: date) -> None:
    names = [*to.members, *([to.follower] if to.follower else [])]
    if not (to.units or to.members or tidy(to.who_text)):
        raise Refusal(_("Choose who is to do it."), code="nobody", field="who")
    if to.units:
        if names or to.who_text:
            raise Refusal(
                _("A task goes to units or to members, not to both. Give two tasks."),
                code="units_and_members",
            )
        _refuse_units(unit, to.units)
        return
    if not unit.is_cell:
        raise Refusal(
            _("Members are given tasks by their own cell. Give this one to units."),
            code="not_a_cell",
        )
    if unit.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps figures only: no person's name is kept here.")
            % {"unit": unit.name},
            code="figures_only",
            field="who",
        )
    _refuse_outsiders(unit, names, day, field="who")


def _refuse_units(giver: Unit, units: Sequence[Unit]) -> None:
    for unit in units:
        if not unit.path.startswith(giver.path) or unit.pk == giver.pk or unit.ended_on:
            raise Refusal(
                _("“%(unit)s” does not stand under “%(giver)s”.")
                % {"unit": unit.name, "giver": giver.name},
                code="not_below",
                field="who",
            )


def _refuse_outsiders(cell: Unit, people: Sequence[Member], day: date, *, field: str) -> None:
    """On the cell's roll that day, those here temporarily among them."""
    if not people:
        return
    there = {entry.member_id for entry in roll_on(cell, day)}
    for person in people:
        if person.pk not in there:
            raise Refusal(
                _("%(name)s is not on the roll of this cell.") % {"name": person.full_name},
                code="not_of_this_cell",
                field=field,
            )


def _refuse_unclear(unit: Unit, task: NewTask, to: Receivers, day: date) -> None:
    missing = rules_on(unit, day).values.scheme.unanswered(
        task.answers,
        is_programme=task.source == TaskSource.PROGRAMME,
        is_to_units=bool(to.units),
    )
    if missing:
        raise Refusal(
            _("Programme tasks given to units say this too: %(questions)s.")
            % {"questions": ", ".join(question.question for question in missing)},
            code="unclear",
            field=f"answer_{missing[0].code}",
        )


def _refuse_strange_link(unit: Unit, task: NewTask) -> None:
    """What carries out a superior's task was given that task."""
    above = task.carries_out
    if above is not None and not above.assignments.filter(unit=unit).exists():
        raise Refusal(
            _("“%(what)s” was not given to “%(unit)s”.") % {"what": above.what, "unit": unit.name},
            code="not_given_here",
            field="carries_out",
        )
