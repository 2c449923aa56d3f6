"""Counters follow the facts, the roll, the tree and the rules; what cannot at once waits on a list."""

from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.facts import rules_changed
from nennep.core.models import TrailLine
from nennep.core.periods import Period
from nennep.indicators import actions, jobs
from nennep.indicators.models import CellMonth, DirtyCell
from nennep.indicators.queries.calls import cells_to_call
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.verifying import verify
from nennep.indicators.tests.factories import hold, month
from nennep.indicators.tests.factories_tree import TODAY, grow, hold_all
from nennep.meetings.choices import Outcome
from nennep.members.actions import member_leaves, transfer_member
from nennep.organisation.actions import move_unit
from nennep.regulations.actions import enter_value
from nennep.regulations.choices import Mark
from nennep.regulations.models import Basis, RuleStamp, RuleValue

pytestmark = pytest.mark.django_db

HALF = Period(month("2024-01"), month("2024-06"))


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return grow()


def test_months_that_have_come_are_opened_once(tree, on_day):
    actions.rebuild(by=system_person())
    on_day(date(2024, 9, 2))

    assert actions.open_months(by=system_person()) > 0
    assert actions.open_months(by=system_person()) == 0
    assert CellMonth.objects.filter(cell=tree.n1, month=month("2024-09")).exists()
    assert verify().differences == ()


def test_past_the_grace_a_cell_is_overdue_before_it_is_silent(tree, on_day):
    on_day(date(2025, 12, 8))  # due on the third, the seventh is the last day of grace
    actions.rebuild(by=system_person())
    hold(tree.n1, month("2025-12"), "pppp")

    calls = cells_to_call(tree.near, (month("2025-12"),), limit=10, person=system_person())

    assert [(c.code, c.outcome, c.tone) for c in calls.cells] == [("N2", Outcome.PENDING, "warn")]


def test_a_place_with_a_day_of_its_own_is_overdue_by_that_day(tree, on_day):
    """The near committee gives time until the 20th; one of its cells only until the 5th."""
    give_days(tree.near, due_day=10, grace_days=20)
    give_days(tree.n2, due_day=3, grace_days=5)
    on_day(date(2025, 12, 8))
    actions.rebuild(by=system_person())

    calls = cells_to_call(
        tree.district, (month("2025-12"), month("2025-11")), limit=10, person=system_person()
    )

    found = [(c.code, f"{c.month:%m}", c.outcome) for c in calls.cells]
    assert found == [
        ("N2", "11", Outcome.SILENT),
        ("F1", "11", Outcome.SILENT),
        ("N2", "12", Outcome.PENDING),
        ("F1", "12", Outcome.PENDING),
        ("N1", "11", Outcome.PENDING),
    ]
    assert calls.count == 5


def give_days(unit, *, due_day, grace_days):
    for key, value in (("meetings.due_day", due_day), ("meetings.grace_days", grace_days)):
        enter_value(
            key,
            value=value,
            scope_path=unit.path,
            valid_from=date(2025, 1, 1),
            basis=Basis.objects.first(),
            clause="điều 5",
            mark=Mark.DERIVED,
            by=system_person(),
        )


def test_changed_rules_put_cells_on_the_dirty_list_and_the_job_recomputes_them(tree):
    hold_all(tree.n1)
    before = figure_sheet(tree.district, HALF)
    assert (before["TIME.minimum"].numerator, before.is_being_recomputed) == (5, False)
    RuleValue.objects.filter(key="meetings.minimum_minutes").update(value=100)
    _forget_rules()

    rules_changed.send(sender=None, scope_path=tree.near.path, since=date(2024, 1, 1))

    assert set(DirtyCell.objects.values_list("cell__code", "why")) == {
        ("N1", "rules"),
        ("N2", "rules"),
    }
    assert figure_sheet(tree.district, HALF).is_being_recomputed
    assert not figure_sheet(tree.far, HALF).is_being_recomputed

    assert jobs.recompute_dirty.call() == 2

    after = figure_sheet(tree.district, HALF)
    assert (after["TIME.minimum"].numerator, after.is_being_recomputed) == (0, False)
    assert TrailLine.objects.filter(verb="recomputed dirty cells").count() == 1


def _forget_rules():
    """A new stamp: the book of rules in memory is read anew."""
    RuleStamp.objects.all().delete()


def test_the_stocks_follow_the_roll(tree):
    actions.rebuild(by=system_person())
    mover, leaver = tree.n1.members.order_by("pk")[:2]

    transfer_member(mover, to=tree.f1, on=date(2024, 3, 1), by=system_person())
    member_leaves(leaver, last_day=date(2024, 3, 31), by=system_person())

    members = {u.code: figure_sheet(u, HALF)["ORG.members"].numerator for u in vars(tree).values()}
    assert members == {"DIST": 11, "NEAR": 6, "FAR": 5, "N1": 2, "N2": 4, "F1": 5}
    assert verify().differences == ()


def test_a_moved_committee_takes_its_stocks_with_it(tree):
    actions.rebuild(by=system_person())

    move_unit(tree.n2, parent=tree.far, on=date(2024, 4, 1), by=system_person())

    assert figure_sheet(tree.near, HALF)["ORG.cells"].numerator == 1
    assert figure_sheet(tree.far, HALF)["ORG.members"].numerator == 8
    assert verify().differences == ()
