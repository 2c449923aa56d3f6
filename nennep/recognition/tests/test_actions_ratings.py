from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings.tests.factories import make_cell
from nennep.organisation.models import Unit
from nennep.organisation.rules import path_of
from nennep.recognition import actions
from nennep.recognition.actions import Decision, SelfRating
from nennep.recognition.choices import Level
from nennep.recognition.models import Rating
from nennep.recognition.queries.ratings import (
    NOT_RATED,
    cap_of,
    levels_of,
    round_of,
    trend_of,
    weak_cells,
)
from nennep.recognition.rules.ratings import Proposal, TaskFacts
from nennep.tasks.models import Assignment
from nennep.tasks.tests.factories import give_units, working_cell

pytestmark = pytest.mark.django_db
DECISION = Decision("12-QĐ/ĐU", date(2023, 12, 28))


@pytest.fixture
def cells():
    working_cell()
    return [
        Unit.objects.get(code="CB1"),
        *(make_cell(f"CB{n}", f"Chi bộ {n}").unit for n in (2, 3)),
    ]


@pytest.fixture
def commune(cells):
    return cells[0].parent


def by():
    return system_person()


def refused(code, act):
    with pytest.raises(Refusal) as said:
        act()
    assert said.value.code == code


def levels(cells, *given):
    return {cell.pk: level for cell, level in zip(cells, given, strict=False)}


def decide(cells, year, *given, **more):
    decision = more.pop("decision", DECISION)
    return actions.decide(
        cells, year, levels=levels(cells, *given), decision=decision, by=by(), **more
    )


def test_a_cell_rates_itself_and_changes_it_until_it_is_decided(cells):
    cell = cells[0]
    for level, votes in ((Level.GOOD, 7), (Level.EXCELLENT, 8)):
        rating = SelfRating(level, points=92, votes_for=votes, votes_cast=9)
        actions.rate_self(cell, 2023, rating=rating, by=by())

    row = Rating.objects.get()
    assert (row.self_level, row.votes_for, row.votes_cast) == ("excellent", 8, 9)
    assert TrailLine.objects.filter(verb="rated its year").count() == 2

    decide(cells, 2023, Level.EXCELLENT)
    refused(
        "decided_already",
        lambda: actions.rate_self(cell, 2023, rating=SelfRating(Level.GOOD), by=by()),
    )


@pytest.mark.parametrize(
    ("rating", "year", "code"),
    [
        (SelfRating(Level.GOOD, points=20, common=30), 2023, "part_above_all"),
        (SelfRating(Level.GOOD, points=101), 2023, "not_points"),
        (SelfRating(Level.GOOD, votes_for=3), 2023, "half_a_vote"),
        (SelfRating(Level.GOOD, votes_for=4, votes_cast=3), 2023, "too_many_votes"),
        (SelfRating(Level.GOOD), 2025, "year_to_come"),
    ],
)
def test_a_rating_that_does_not_add_up_is_refused(cells, rating, year, code):
    refused(code, lambda: actions.rate_self(cells[0], year, rating=rating, by=by()))
    assert not Rating.objects.exists()


def test_lower_before_upper_a_cell_rates_itself_before_it_is_verified(cells):
    good = levels(cells, Level.GOOD)
    refused("not_rated_itself", lambda: actions.verify(cells, 2023, levels=good, by=by()))
    actions.rate_self(cells[0], 2023, rating=SelfRating(Level.GOOD), by=by())

    assert actions.verify(cells, 2023, levels=good, by=by()) == 1
    assert actions.verify(cells, 2023, levels=good, by=by()) == 0

    row = Rating.objects.get()
    assert (row.self_level, row.verified_level, row.level) == ("good", "good", "")
    assert TrailLine.objects.filter(verb="verified ratings").count() == 1
    decide(cells, 2023, Level.GOOD)
    other = levels(cells, Level.COMPLETED)
    refused("decided_already", lambda: actions.verify(cells, 2023, levels=other, by=by()))


def test_a_committee_rates_itself_after_all_below_it_are_decided(cells, commune):
    own = SelfRating(Level.GOOD, points=80, common=25)
    decide(cells, 2023, Level.GOOD, Level.GOOD)
    refused("lower_first", lambda: actions.rate_self(commune, 2023, rating=own, by=by()))
    decide(cells, 2023, Level.GOOD, Level.GOOD, Level.COMPLETED)

    actions.rate_self(commune, 2023, rating=own, by=by())

    row = Rating.objects.get(unit=commune)
    assert (row.self_level, row.self_points, row.self_common) == ("good", 80, 25)


def test_beside_a_committee_stands_what_points_and_tasks_allow(cells, commune, on_day):
    task = give_units(commune.parent, commune, what="Việc huyện giao").assignments.get()
    on_day(date(2026, 1, 20))
    decide(cells, 2025, *[Level.GOOD] * 3)
    own = SelfRating(Level.EXCELLENT, points=95, common=28)
    actions.rate_self(commune, 2025, rating=own, by=by())
    Assignment.objects.filter(pk=task.pk).update(due_on=date(2025, 6, 1), done_on=date(2025, 7, 1))

    (row,) = (r for r in round_of(commune.parent, 2025).rows if r.unit == commune)

    assert (row.tasks, row.undecided) == (TaskFacts(due=1, done=1, late=1, above=0), 0)
    assert row.proposal == Proposal(
        Level.NOT_COMPLETED,
        ("too few tasks above requirement", "tasks were late", "too many tasks were late"),
    )


def test_each_group_keeps_its_own_cap(cells, commune):
    """What one committee leaves over another may not use."""
    district = commune.parent
    single = make_cell("CBCS", "Chi bộ Bưu điện").unit
    Unit.objects.filter(pk=single.pk).update(
        parent=district, kind="grassroots_cell", path=path_of(single.pk, district.path)
    )
    single.refresh_from_db()
    decide(cells, 2023, Level.EXCELLENT, Level.GOOD, Level.GOOD)
    decide([single], 2023, Level.GOOD)

    found = cap_of(district, 2023)

    assert (found.numerator, found.denominator, found.limit) == (1, 3, 0)
    assert (found.groups, found.over, found.is_within) == (2, 1, False)


def test_a_decision_that_differs_says_why_and_all_three_stay_visible(cells):
    actions.rate_self(cells[0], 2023, rating=SelfRating(Level.EXCELLENT), by=by())
    refused("no_reason", lambda: decide(cells, 2023, Level.GOOD))
    assert not Rating.objects.exclude(level="").exists()

    decide(cells, 2023, Level.GOOD, reasons={cells[0].pk: "Một nhiệm vụ chậm"})

    row = Rating.objects.get()
    assert (row.self_level, row.level, row.reason) == ("excellent", "good", "Một nhiệm vụ chậm")


def test_a_decision_has_a_number_and_a_day_that_has_come(cells):
    for decision, code in (
        (Decision(" ", date(2023, 12, 28)), "no_decision"),
        (Decision("12-QĐ", date(2024, 6, 14)), "decided_in_future"),
    ):
        refused(code, lambda d=decision: decide(cells, 2023, Level.GOOD, decision=d))


def test_the_cap_is_shown_and_what_was_decided_is_kept(cells, commune):
    decide(cells, 2023, Level.EXCELLENT, Level.EXCELLENT, Level.GOOD)

    found = round_of(commune, 2023)

    cap = found.cap_of({})
    assert (cap.numerator, cap.denominator, cap.limit) == (2, 1, 0)
    assert cap.is_within is False


def test_past_years_come_from_their_decisions_and_never_over_what_is_kept(cells, commune):
    decide(cells, 2023, Level.GOOD)

    entered = actions.enter_past(
        cells, 2023, levels=levels(cells, *[Level.COMPLETED] * 3), decision=DECISION, by=by()
    )

    assert entered == 2
    now = levels_of(commune, [2023])[2023]
    assert (now.counts["good"], now.counts["completed"], now.counts[NOT_RATED]) == (1, 2, 0)


def test_the_trend_counts_each_year_at_the_place_it_was_rated_in(cells, commune):
    for year, given in ((2022, [Level.COMPLETED] * 2), (2023, [Level.GOOD] * 3)):
        day = Decision("1-QĐ", date(year, 12, 28))
        actions.enter_past(cells, year, levels=levels(cells, *given), decision=day, by=by())

    found = trend_of(commune, 2023)

    assert [(each.year, each.well, each.rated) for each in found] == [(2022, 0, 2), (2023, 3, 3)]
    assert trend_of(commune.parent, 2023) == found


def test_what_is_done_for_a_weak_cell_and_how_it_stands_a_year_later(cells, commune):
    first, second = cells[:2]
    decide([first, second], 2022, Level.NOT_COMPLETED, Level.GOOD,
           decision=Decision("1-QĐ", date(2022, 12, 28)))  # fmt: skip
    decide([first], 2023, Level.GOOD)
    weak, other = (Rating.objects.get(unit=cell, year=2022) for cell in (first, second))

    actions.note_strengthening(weak, what="Cử đảng ủy viên dự sinh hoạt", by=by())
    refused("not_weak", lambda: actions.note_strengthening(other, what="–", by=by()))

    ((row, later),) = weak_cells(commune, 2022)
    assert (row.strengthening, later) == ("Cử đảng ủy viên dự sinh hoạt", "good")
