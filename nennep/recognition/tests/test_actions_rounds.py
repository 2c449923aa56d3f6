from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings.tests.factories import make_cell
from nennep.organisation.models import Unit
from nennep.recognition import actions
from nennep.recognition.actions import Decision
from nennep.recognition.actions.rounds import drop_round, propose, withdraw_proposal
from nennep.recognition.choices import Honoured, Level
from nennep.recognition.models import CommendationRound, Nomination
from nennep.recognition.queries.commendations import (
    commended_at_review,
    grounds_on,
    nominations_of,
    rounds_seen,
)
from nennep.recognition.queries.short_list import short_list
from nennep.recognition.tests.factories import (
    FIRST,
    LAST,
    a_candidate,
    a_round,
    by,
    cells_of,
    commune_with_cells,
    proposed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return commune_with_cells()


@pytest.fixture
def round_(commune):
    return a_round(commune)


def refused(code, act):
    with pytest.raises(Refusal) as said:
        act()
    assert said.value.code == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"occasion": " "}, "no_occasion"),
        ({"grounds": " "}, "no_grounds"),
        ({"last_day": date(2021, 12, 5)}, "ends_before_it_begins"),
        ({"due_on": date(2024, 6, 12)}, "due_in_past"),
    ],
)
def test_a_round_says_its_occasion_its_grounds_and_days_that_make_sense(commune, more, code):
    refused(code, lambda: a_round(commune, **more))
    assert not CommendationRound.objects.exists()


def test_grounds_are_those_of_the_guidance_in_force_and_none_is_made_up(commune):
    assert grounds_on(commune, date(2024, 6, 13)).startswith("01-HD/TW, khen thưởng không theo")
    assert grounds_on(commune, date(2025, 7, 1)).startswith("06-HD/TW, mục 19")
    assert grounds_on(commune, date(2026, 6, 1)) == ""


def test_who_proposes_declares_and_that_is_kept_as_said_then(commune, round_):
    cell = cells_of(commune)[0]
    person = by()

    proposal = propose(
        round_, cell, candidate=a_candidate(cell, "Nguyễn Văn An", post="Bí thư"), declares=True,
        by=person,
    )  # fmt: skip

    assert (proposal.declared_by, proposal.name, proposal.post) == (
        person,
        "Nguyễn Văn An",
        "Bí thư",
    )
    assert proposal.declared_at is not None
    line = TrailLine.objects.get(verb="proposed a commendation")
    assert "Nguyễn" not in str(line.details)


def test_nothing_is_proposed_without_the_declaration(commune, round_):
    cell = cells_of(commune)[0]

    refused(
        "not_declared",
        lambda: propose(round_, cell, candidate=a_candidate(cell), declares=False, by=by()),
    )
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reasons": " "}, "no_reasons"),
        ({"kind": Honoured.PERSON}, "no_name"),
    ],
)
def test_a_proposal_has_reasons_and_a_person_a_name(commune, round_, more, code):
    refused(code, lambda: proposed(round_, cells_of(commune)[0], **more))


def test_one_proposes_ones_own_and_what_stands_directly_below(commune, round_):
    first, second, _third = cells_of(commune)

    proposed(round_, first)
    propose(round_, commune, candidate=a_candidate(second), declares=True, by=by())
    for proposer, unit, code in (
        (first, second, "not_its_own"),
        (commune.parent, commune, "not_below"),
        (commune, commune, "its_own_body"),
    ):
        refused(
            code,
            lambda p=proposer, u=unit: propose(
                round_, p, candidate=a_candidate(u), declares=True, by=by()
            ),
        )

    assert {each.unit for each in nominations_of(round_)} == {first, second}


def test_nobody_is_proposed_twice_however_the_name_is_typed(commune, round_):
    cell = cells_of(commune)[0]
    proposed(round_, cell, "Đặng Thị Ước")

    refused("proposed_already", lambda: proposed(round_, cell, "đặng thị ước"))
    proposed(round_, cell)

    assert Nomination.objects.count() == 2


def test_what_was_withdrawn_can_be_proposed_again(commune, round_):
    cell = cells_of(commune)[0]
    proposal = proposed(round_, cell)

    withdraw_proposal(proposal, by=by())
    withdraw_proposal(proposal, by=by())
    proposed(round_, cell)

    assert TrailLine.objects.filter(verb="withdrew a proposal of commendation").count() == 1
    assert len(nominations_of(round_)) == 1


def test_no_name_of_the_army_or_the_police_is_kept(commune, round_):
    cell = cells_of(commune)[0]
    Unit.objects.filter(pk=cell.pk).update(is_figures_only=True)
    cell.refresh_from_db()

    refused("figures_only", lambda: proposed(round_, cell, "Nguyễn Văn An"))
    proposed(round_, cell)

    assert [each.name for each in nominations_of(round_)] == [""]


def test_after_the_last_day_nothing_is_taken_any_more(commune, monkeypatch):
    late = a_round(commune, due_on=date(2024, 6, 20))
    cell = cells_of(commune)[0]
    proposed(late, cell)

    monkeypatch.setattr("nennep.core.clock.today", lambda: date(2024, 6, 21))

    refused("too_late", lambda: proposed(late, cells_of(commune)[1]))


def test_a_round_opened_by_mistake_goes_and_one_with_proposals_stays(commune, round_):
    other = a_round(commune, occasion="Nhầm")
    proposed(round_, cells_of(commune)[0])

    drop_round(other, by=by())
    refused("has_proposals", lambda: drop_round(round_, by=by()))

    assert list(CommendationRound.objects.all()) == [round_]


def test_a_cell_sees_the_rounds_above_it_that_are_open(commune, round_):
    assert rounds_seen(cells_of(commune)[0]) == [round_]
    assert rounds_seen(commune.parent) == []


def test_a_review_asks_for_rounds_and_nominations_of_its_period(commune, round_):
    proposal = proposed(round_, cells_of(commune)[0])

    found = commended_at_review(commune, first_day=FIRST, last_day=LAST)
    before = commended_at_review(commune, first_day=date(2020, 1, 1), last_day=date(2020, 12, 31))

    assert (found.rounds, found.proposals, found.decided.rows) == ([round_], [proposal], [])
    assert before.is_empty


def rate(unit, level, year=2023):
    decision = Decision(f"{unit.code}-QĐ", date(year, 12, 28))
    actions.enter_past([unit], year, levels={unit.pk: level}, decision=decision, by=by())


def meets(monkeypatch, *, commune, misses=()):
    """Every cell meets the criteria, save those named."""

    class Norm:
        bound, share = "≥", 1

    class Judged:
        def __init__(self, is_met):
            self.is_met, self.norm = is_met, Norm

    figures = {cell.pk: [Judged(cell.code not in misses)] for cell in cells_of(commune)}
    monkeypatch.setattr(
        "nennep.recognition.queries.short_list.figures_below", lambda *_a, **_k: figures
    )


def test_the_short_list_holds_who_meets_all_by_name_and_counts_the_others(
    commune, round_, monkeypatch
):
    first, second, third = cells_of(commune)
    meets(monkeypatch, commune=commune, misses={third.code})
    rate(first, Level.GOOD)
    rate(second, Level.COMPLETED)

    found = short_list(round_)

    assert [row.unit for row in found.meeting] == [first]
    assert (found.others, found.years) == (2, [2023])
    assert found.meeting[0].levels == {2023: "good"}


def test_what_no_rule_judges_is_on_no_short_list(commune, round_, monkeypatch):
    monkeypatch.setattr("nennep.recognition.queries.short_list.figures_below", lambda *_a, **_k: {})

    assert short_list(round_).meeting == []


def test_the_short_list_asks_the_same_however_many_cells_there_are(commune, round_):
    counts = []
    for number in (4, 5):
        with CaptureQueriesContext(connection) as queries:
            short_list(round_)
        counts.append(len(queries))
        make_cell(f"CB{number}", f"Chi bộ {number}")

    assert counts[0] == counts[1]
