"""Visits, recommendations, inspections and model meetings in the counters (SUP, INSP, MODEL)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.queries import system_person
from nennep.core.periods import Period, add_months
from nennep.core.refusal import Refusal
from nennep.indicators.actions import rebuild
from nennep.indicators.choices import Structure
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.numbers_below import numbers_below
from nennep.indicators.queries.shortfalls import shortfalls
from nennep.indicators.queries.verifying import verify
from nennep.indicators.tests.factories import hold, month
from nennep.indicators.tests.factories_tree import FIRST, TODAY, grow
from nennep.organisation.actions import move_unit
from nennep.organisation.choices import UnitKind
from nennep.organisation.tests.factories import make_unit
from nennep.quality import actions
from nennep.quality.actions import InspectionPlan, InspectionRecord
from nennep.quality.models import Visit

pytestmark = pytest.mark.django_db

HALF = Period(FIRST, month("2024-06"))


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return grow()


def visit(tree, cell, on):
    return actions.record_visit(cell, committee=tree.district, made_on=on, by=system_person())


def ask(tree, cell, due_on):
    found = visit(tree, cell, TODAY)
    return actions.recommend(found, what="Sửa", due_on=due_on, by=system_person())


def inspect(tree, unit, ended_on):
    plan = InspectionPlan(
        kind="inspection", subject="Nền nếp", planned_from=ended_on, planned_to=ended_on
    )
    by = system_person()
    found = actions.plan_inspection(tree.district, unit, plan=plan, by=by)
    record = InspectionRecord(began_on=ended_on, ended_on=ended_on)
    return actions.record_inspection(found, record=record, by=by)


def figure(unit, code, period=HALF, structure=Structure.THEN):
    found = figure_sheet(unit, period, structure)[code]
    return found.numerator, found.denominator


def test_each_cell_counts_once_as_visited_and_every_visit_as_one(tree):
    for on in (date(2024, 2, 5), date(2024, 2, 20), date(2024, 4, 5)):
        visit(tree, tree.n1, on)
    visit(tree, tree.f1, date(2024, 5, 6))

    for unit, cells, visits in [
        (tree.district, (2, 3), (4, None)),
        (tree.near, (1, 2), (3, None)),
        (tree.far, (1, 1), (1, None)),
        (tree.n1, (1, 1), (3, None)),
        (tree.n2, (0, 1), (0, None)),
    ]:
        assert figure(unit, "SUP") == cells
        assert figure(unit, "SUP.visits") == visits
    assert figure(tree.district, "SUP", Period(month("2024-05"), month("2024-06"))) == (1, 3)
    assert verify().differences == ()


def test_the_way_down_names_the_cells_nobody_visited(tree):
    visit(tree, tree.n1, date(2024, 2, 5))

    found = shortfalls(tree.district, "SUP", HALF, system_person())
    assert sorted(row.unit.code for row in found.cells) == ["F1", "N2"]
    assert found.count == 2
    assert [
        row.months for row in shortfalls(tree.district, "SUP.visits", HALF, system_person()).cells
    ] == [[month("2024-02")]]


def test_a_planned_or_cancelled_visit_counts_for_nothing(tree):
    by = system_person()
    plan = actions.PlannedVisit(tree.n1, month("2024-06"))
    actions.plan_visits(tree.near, [plan], by=by)
    assert figure(tree.district, "SUP.visits") == (0, None)

    actions.cancel_visit(Visit.objects.get(), reason="Bận", by=by)
    assert figure(tree.district, "SUP") == (0, 3)
    assert verify().differences == ()


def test_recommendations_count_in_the_month_of_their_day_and_open_ones_of_this_month_wait(
    tree, on_day
):
    by = system_person()
    answered, late, _open = (ask(tree, tree.n1, date(2024, 6, d)) for d in (20, 21, 22))
    withdrawn = ask(tree, tree.f1, date(2024, 6, 23))
    actions.withdraw(withdrawn, reason="Nhầm", by=by)
    actions.answer(answered, text="Đã làm", by=by)
    assert figure(tree.district, "INSP.answered") == (1, 1)  # two of June are still open
    assert [
        row.unit.code
        for row in shortfalls(tree.district, "INSP.answered", HALF, system_person()).cells
    ] == []

    on_day(date(2024, 6, 25))
    actions.answer(late, text="Đã làm", by=by)
    assert figure(tree.district, "INSP.answered") == (1, 2)

    on_day(date(2024, 7, 1))
    assert figure(tree.district, "INSP.answered") == figure(tree.n1, "INSP.answered") == (1, 3)
    below = numbers_below(Extent(tree.district, HALF))[tree.near.pk]
    assert (below["rec_in_time"], below["rec_due"], below["rec_pending"]) == (1, 3, 0)
    assert [
        row.unit.code
        for row in shortfalls(tree.district, "INSP.answered", HALF, system_person()).cells
    ] == ["N1"]
    assert verify().differences == ()


def test_inspections_count_in_the_month_of_their_last_day(tree):
    found = inspect(tree, tree.n1, date(2024, 3, 15))
    assert figure(tree.district, "INSP") == (1, None)

    record = InspectionRecord(began_on=date(2024, 3, 15), ended_on=date(2024, 4, 2))
    actions.record_inspection(found, record=record, by=system_person())

    assert figure(tree.district, "INSP", Period(month("2024-03"), month("2024-03"))) == (0, None)
    assert figure(tree.near, "INSP", Period(month("2024-04"), month("2024-04"))) == (1, None)
    assert verify().differences == ()


def test_an_inspection_of_a_committee_counts_for_itself_and_above_never_for_its_cells(tree):
    inspect(tree, tree.n1, date(2024, 3, 15))
    inspect(tree, tree.near, date(2024, 3, 15))
    inspect(tree, tree.near, date(2024, 5, 20))

    counted = {unit.code: figure(unit, "INSP")[0] for unit in (tree.district, tree.near, tree.n1)}
    assert counted == {"DIST": 3, "NEAR": 3, "N1": 1}
    assert figure(tree.far, "INSP") == (0, None)
    assert numbers_below(Extent(tree.district, HALF))[tree.near.pk]["inspections"] == 3
    assert figure(tree.near, "SUP") == (0, 2), "a committee is no cell that could be visited"
    rows = shortfalls(tree.district, "INSP", HALF, system_person())
    assert [(row.unit.code, len(row.months)) for row in rows.cells] == [("NEAR", 2), ("N1", 1)]
    assert not rows.are_cells
    assert verify().differences == ()


def test_what_is_recommended_to_a_committee_is_answered_by_it_or_not(tree):
    found = inspect(tree, tree.near, date(2024, 5, 20))
    by = system_person()
    first, _second = (
        actions.recommend(found, what="Sửa", due_on=date(2024, 6, day), by=by) for day in (20, 21)
    )
    actions.answer(first, text="Đã làm", by=by)

    assert figure(tree.district, "INSP.answered") == (1, 1)  # one of June is still open
    assert verify().differences == ()


def test_the_inspection_of_a_committee_stays_where_it_stood_and_follows_it_by_the_tree_of_now(tree):
    under = make_unit("Đảng bộ thôn", kind=UnitKind.SUB_GRASSROOTS_COMMITTEE, parent=tree.near)
    inspect(tree, under, date(2024, 3, 15))
    move_unit(under, tree.far, on=date(2024, 6, 1), by=system_person())

    assert figure(tree.near, "INSP") == figure(under, "INSP") == (1, None)
    assert figure(tree.far, "INSP") == (0, None)
    assert figure(tree.far, "INSP", structure=Structure.NOW) == (1, None)
    assert figure(tree.near, "INSP", structure=Structure.NOW) == (0, None)
    assert verify().differences == ()


def test_the_counters_made_anew_hold_the_inspections_of_committees_as_well(tree):
    inspect(tree, tree.near, date(2024, 3, 15))

    rebuild(by=system_person())

    assert figure(tree.district, "INSP") == (1, None)
    assert verify().differences == ()


def test_a_model_meeting_counts_once_its_minutes_are_closed(tree):
    hold(tree.n1, month("2024-03"), "pppp", is_model=True)
    hold(tree.n1, month("2024-04"), "pppp")

    assert figure(tree.district, "MODEL") == figure(tree.n1, "MODEL") == (1, None)
    assert [
        row.months for row in shortfalls(tree.district, "MODEL", HALF, system_person()).cells
    ] == [[month("2024-03")]]
    assert verify().differences == ()


def test_what_happened_before_the_ledger_is_kept_here_counts_for_nothing(tree):
    visit(tree, tree.n1, date(2023, 5, 5))

    assert figure(tree.n1, "SUP.visits", Period(month("2023-05"), month("2023-05"))) == (0, None)
    assert verify().differences == ()


def test_a_cell_that_moves_leaves_its_visits_where_they_were_made(tree):
    visit(tree, tree.n1, date(2024, 2, 5))
    move_unit(tree.n1, tree.far, on=date(2024, 4, 1), by=system_person())
    tree.n1.refresh_from_db()
    visit(tree, tree.n1, date(2024, 5, 6))

    assert figure(tree.near, "SUP.visits") == figure(tree.far, "SUP.visits") == (1, None)
    assert figure(tree.far, "SUP.visits", structure=Structure.NOW) == (2, None)
    assert figure(tree.far, "SUP", structure=Structure.NOW) == (1, 2)
    assert verify().differences == ()


WHAT = (
    "hold",
    "model",
    "visit",
    "ask",
    "answer",
    "withdraw",
    "inspect",
    "inspect above",
    "again",
    "move",
)
STEPS = st.tuples(st.sampled_from(WHAT), st.integers(0, 2), st.integers(0, 150), st.booleans())


@pytest.mark.slow
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=1, max_size=10))
def test_whatever_superiors_do_in_whatever_order_the_counters_equal_a_recomputation(
    tree, django_db_blocker, steps
):
    from django.db import transaction

    with transaction.atomic():
        savepoint = transaction.savepoint()
        for step in steps:
            _do(tree, *step)
        assert verify().differences == ()
        transaction.savepoint_rollback(savepoint)


def _do(tree, what, which, offset, how):
    cell = (tree.n1, tree.n2, tree.f1)[which]
    cell.refresh_from_db()
    on, by = FIRST + timedelta(days=offset), system_person()
    try:
        _act(tree, what, cell, on, how, by)
    except Refusal:
        return


def _act(tree, what, cell, on, how, by):
    asked = cell.recommendations.order_by("pk").last()
    inspected = cell.inspections.order_by("pk").last()
    first = on.replace(day=1)
    if what in {"hold", "model"} and not cell.meetings.filter(period=first).exists():
        hold(cell, first, "pppp", is_model=what == "model")
    acts = {
        "visit": lambda: visit(tree, cell, on),
        "ask": lambda: ask(tree, cell, on + (TODAY - FIRST)),
        "answer": lambda: asked and actions.answer(asked, text="Đã làm", by=by),
        "withdraw": lambda: asked and actions.withdraw(asked, reason="Nhầm", by=by),
        "inspect": lambda: inspect(tree, cell, on),
        "inspect above": lambda: inspect(tree, cell.parent, on),
        "again": lambda: inspected and _inspect_again(inspected, on if how else None, by),
        "move": lambda: move_unit(
            cell, tree.near if how else tree.far, on=add_months(first, 1), by=by
        ),
    }
    acts.get(what, lambda: None)()


def _inspect_again(inspected, ended_on, by):
    record = InspectionRecord(began_on=FIRST, ended_on=ended_on)
    actions.record_inspection(inspected, record=record, by=by)
