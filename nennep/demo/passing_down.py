"""A task on its whole way: from a district to a commune, to its cells' resolutions, and back as results."""

from collections.abc import Iterator
from datetime import date, timedelta

from nennep.accounts.models import User
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON, dice, one_of, sentences
from nennep.meetings.choices import SATISFY_REGULAR
from nennep.meetings.models import ResolutionItem
from nennep.organisation.models import Unit
from nennep.tasks.actions import NewTask, Receivers, give_task, judge, report_result
from nennep.tasks.actions.load import load_uptakes
from nennep.tasks.choices import Judgement, TaskSource
from nennep.tasks.models import Assignment, Task

GIVEN_ON, PASSED_ON, DUE_ON = date(2024, 3, 18), date(2024, 3, 25), date(2024, 6, 30)
TAKEN_UP_IN = date(2024, 4, 1)
NOT_YET = 2  # the last cells of the commune have not dealt with it
JUDGED = 4  # of those who reported, the first have been judged


def pass_down(plan: Demonstration, *, by: User) -> None:
    commune = Unit.objects.get(code=plan.tree.own_cell.parent_code)
    passed = _give_twice(commune, by)
    _carry_out(plan, passed, by)
    _plan_oneself(Unit.objects.get(code=plan.tree.own_cell.code), by)


def _give_twice(commune: Unit, by: User) -> Task:
    words = sentences("passed_down")
    district = Unit.objects.get(children=commune)
    above = give_task(
        district,
        task=NewTask(
            what=words["district"],
            source=TaskSource.DIRECTION,
            basis=words["district_basis"],
            given_on=GIVEN_ON,
            due_on=DUE_ON,
        ),
        to=Receivers(units=[commune]),
        by=by,
    )
    passed = give_task(
        commune,
        task=NewTask(
            what=words["commune"],
            source=TaskSource.DIRECTION,
            basis=words["commune_basis"],
            carries_out=above,
            given_on=PASSED_ON,
            due_on=DUE_ON,
        ),
        to=Receivers(units=list(Unit.objects.filter(parent=commune).cells().living())),
        by=by,
    )
    report_result(above.assignments.get(), result=words["on_the_way"], by=by)
    return passed


def _carry_out(plan: Demonstration, passed: Task, by: User) -> None:
    """A line of each cell's April resolution is what it made of it; what is done is reported."""
    received = list(passed.assignments.select_related("unit").order_by("unit__path"))[:-NOT_YET]
    taken = [(each, line) for each in received for line in _line_of(each.unit_id)]
    load_uptakes(taken, by=by)
    reported = [pair for pair in taken if pair[1].done_on is not None]
    for number, (each, line) in enumerate(reported):
        chance = dice(plan.seed, "passed down", each.unit.code)
        said = one_of(sentences("passed_down")["done"], chance)
        report_result(each, result=said, done_on=line.done_on, by=by)
        if number < JUDGED:
            judge(each, judgement=Judgement.MET, by=by)


def _line_of(unit_id: int) -> Iterator[ResolutionItem]:
    lines = ResolutionItem.objects.filter(
        resolution__meeting__unit_id=unit_id,
        resolution__meeting__period=TAKEN_UP_IN,
        resolution__meeting__kind__in=sorted(SATISFY_REGULAR),
        resolution__meeting__closed_at__isnull=False,
        task__isnull=False,
    )
    yield from lines.select_related("resolution__meeting", "task").order_by("position", "id")[:1]


def _plan_oneself(cell: Unit, by: User) -> None:
    """Two members set themselves something and are late: one by days, the other by more than a week."""
    sheet = Assignment.objects.filter(
        unit=cell, task__year=STANDS_ON.year, follower__isnull=False
    ).select_related("member", "follower")
    words = sentences("own_plan")
    for each, (key, days_ago) in zip(sheet, (("raised", 13), ("overdue", 2)), strict=False):
        if each.member is not None:
            task = NewTask(
                what=words[key],
                source=TaskSource.PLAN,
                given_on=date(2024, 5, 4),
                due_on=STANDS_ON - timedelta(days=days_ago),
            )
            give_task(cell, task=task, to=Receivers([each.member], follower=each.follower), by=by)
