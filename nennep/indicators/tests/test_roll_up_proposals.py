"""What superiors answer to those below, in the counters (PROP)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.queries import system_person
from nennep.core.periods import Period
from nennep.core.refusal import Refusal
from nennep.dialogue import actions
from nennep.dialogue.actions import Answer, NewProposal
from nennep.dialogue.models import Proposal
from nennep.indicators.actions import open_months, rebuild
from nennep.indicators.choices import Structure
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.numbers_below import numbers_below
from nennep.indicators.queries.verifying import verify
from nennep.indicators.tests.factories import month
from nennep.indicators.tests.factories_tree import FIRST, TODAY, grow
from nennep.organisation.actions import close_unit, move_unit
from nennep.organisation.tests.factories import make_district

pytestmark = pytest.mark.django_db

YEAR = Period(FIRST, month("2024-12"))
MAY = date(2024, 5, 6)
DUE = date(2024, 5, 27)  # fifteen working days later


@pytest.fixture
def tree(on_day):
    on_day(MAY)
    return grow()


def by():
    return system_person()


def ask(unit):
    return actions.ask(unit, proposal=NewProposal("Một", "Hai"), by=by())


def answer(found):
    return actions.answer(found, answer=Answer("Ba"), by=by())


def figure(unit, period=YEAR, structure=Structure.THEN):
    found = figure_sheet(unit, period, structure)["PROP"]
    return found.numerator, found.denominator


def test_an_answer_in_time_counts_for_the_level_that_gave_it_and_for_those_above(tree, on_day):
    in_time, late, _silent = ask(tree.n1), ask(tree.n2), ask(tree.n1)
    ask(tree.f1)
    answer(in_time)
    on_day(date(2024, 5, 28))
    answer(late)

    assert figure(tree.near) == (1, 2)  # the third of May is still open in May

    on_day(TODAY)
    assert figure(tree.near) == (1, 3)
    assert figure(tree.far) == (0, 1)
    assert figure(tree.district) == (1, 4)
    assert figure(tree.n1) == (0, 0)  # a cell owes nobody an answer
    assert figure(tree.district, Period(month("2024-06"), month("2024-06"))) == (0, 0)
    below = numbers_below(Extent(tree.district, YEAR))
    assert below[tree.near.pk]["prop_due"] == 3
    assert verify().differences == ()


def test_what_was_passed_on_or_withdrawn_by_its_day_is_owed_no_more(tree, on_day):
    passed, withdrawn, kept = ask(tree.n1), ask(tree.n1), ask(tree.n2)
    actions.withdraw(withdrawn, reason="Nhầm", by=by())
    actions.pass_on(passed, by=by())
    on_day(date(2024, 5, 28))
    actions.pass_on(kept, by=by())  # a day too late: it was owed here and owed it stays
    answer(kept)
    on_day(TODAY)

    assert figure(tree.near) == (0, 1)
    # The district owes two answers itself, one of them given in time; the third is of the committee.
    on_day(date(2024, 7, 1))
    assert figure(tree.district) == (1, 3)
    assert verify().differences == ()


def test_a_committee_that_moves_leaves_what_it_owed_where_it_stood(tree, on_day):
    other = make_district("Đảng bộ huyện B", code="OTHER")
    ask(tree.n1)
    on_day(TODAY)
    open_months(by=by())
    move_unit(tree.near, other, on=TODAY, by=by())

    assert (figure(tree.district), figure(other)) == ((0, 1), (0, 0))
    now = Structure.NOW
    assert (figure(tree.district, structure=now), figure(other, structure=now)) == ((0, 0), (0, 1))
    assert verify().differences == ()


def test_what_waited_at_a_committee_that_ends_is_owed_by_its_successor(tree, on_day):
    answer(ask(tree.n1))
    waiting = ask(tree.n2)
    on_day(date(2024, 5, 20))
    open_months(by=by())
    for cell in (tree.n1, tree.n2):
        move_unit(cell, tree.far, on=date(2024, 5, 20), by=by())
    close_unit(tree.near, last_day=date(2024, 5, 19), successor=tree.far, by=by())
    answer(waiting)
    on_day(date(2024, 7, 1))

    assert (figure(tree.near), figure(tree.far)) == ((1, 1), (1, 1))
    assert figure(tree.district) == (2, 2)
    assert figure(tree.far, structure=Structure.NOW) == (2, 2)
    assert verify().differences == ()


def test_counted_anew_it_is_the_same(tree, on_day):
    answer(ask(tree.n1))
    ask(tree.f1)
    on_day(TODAY)
    before = figure(tree.district), figure(tree.near), figure(tree.far)

    rebuild(by=by())

    assert (figure(tree.district), figure(tree.near), figure(tree.far)) == before
    assert before == ((1, 2), (1, 1), (0, 1))
    assert verify().differences == ()


WHAT = st.sampled_from(("ask", "answer", "pass", "withdraw", "wait"))
STEPS = st.tuples(WHAT, st.integers(0, 2))


@pytest.mark.slow
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=1, max_size=12))
def test_whatever_is_asked_and_answered_in_whatever_order_the_counters_equal_a_recomputation(
    tree, on_day, django_db_blocker, steps
):
    from django.db import transaction

    with transaction.atomic():
        savepoint = transaction.savepoint()
        day = MAY
        for what, which in steps:
            day += timedelta(days=8 if what == "wait" else 1)
            on_day(day)
            _do(what, (tree.n1, tree.n2, tree.f1)[which])
        assert verify().differences == ()
        transaction.savepoint_rollback(savepoint)


def _do(what, cell):
    asked = Proposal.objects.filter(unit=cell).order_by("pk").last()
    acts = {
        "ask": lambda: ask(cell),
        "answer": lambda: asked and answer(asked),
        "pass": lambda: asked and actions.pass_on(asked, by=by()),
        "withdraw": lambda: asked and actions.withdraw(asked, reason="Nhầm", by=by()),
    }
    try:
        acts.get(what, lambda: None)()
    except Refusal:
        return
