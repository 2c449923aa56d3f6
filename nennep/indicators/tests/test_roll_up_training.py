"""TRAIN, DISS and EHB in the roll-up: equal to the rows they come of, whatever happened to them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.queries import system_person
from nennep.core.facts import facts_changed
from nennep.core.periods import Period
from nennep.core.refusal import Refusal
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.shortfalls import shortfalls
from nennep.indicators.queries.verifying import verify
from nennep.indicators.tests.factories import keep_ledger_from, month
from nennep.members.actions import appoint, dismiss
from nennep.members.choices import PositionTitle
from nennep.members.models import Member, Position
from nennep.organisation.actions import move_unit
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.tests.factories import make_committee, make_district, make_root
from nennep.training import actions
from nennep.training.actions import Came, CellCount, NewDissemination, Reached
from nennep.training.choices import TrainPost
from nennep.training.queries.coverage import coverage_of
from nennep.training.tests.factories import cell_with_officers, held

pytestmark = pytest.mark.django_db

YEAR = Period(month("2024-01"), month("2024-12"))
BY = system_person


@pytest.fixture
def district(on_day):
    on_day(date(2024, 6, 13))
    keep_ledger_from(month("2024-01"))
    make_root()
    made = make_district("Huyện A")
    committee = make_committee("Đảng bộ xã Một", parent=made)
    made.committee = committee
    made.cells = [
        cell_with_officers("Chi bộ thôn Đoài", committee, code="DOAI"),
        cell_with_officers("Chi bộ thôn Đông", committee, code="DONG"),
        cell_with_officers("Chi bộ Bưu điện", made, kind=UnitKind.GRASSROOTS_CELL, code="BD"),
    ]
    for cell in made.cells:
        facts_changed.send(sender=Member, cell=cell, month=None, kind="place")
    return made


def told(unit, code, period=YEAR):
    figure = figure_sheet(unit, period)[code]
    return figure.numerator, figure.denominator


def trained(unit, year=2024):
    """From the rows: all of the cells' posts together, and the secretaries."""
    coverage = coverage_of(unit, year)
    counts = [coverage.count(post) for post in TrainPost if post != TrainPost.COMMITTEE]
    secretaries = coverage.count(TrainPost.SECRETARY)
    return (sum(c.trained for c in counts), sum(c.holding for c in counts)), secretaries.pair


def test_training_is_seen_above_at_once_and_is_forgotten_with_the_year(district, on_day):
    held(district, absent=[district.cells[2].people["An"]])

    assert told(district, "TRAIN") == (8, 9)
    assert told(district.committee, "TRAIN.secretary") == (2, 2)
    assert told(district, "TRAIN.secretary") == (2, 3)
    assert told(district.cells[2], "TRAIN.secretary") == (0, 1)
    on_day(date(2025, 1, 2))
    assert told(district, "TRAIN.secretary", Period(month("2025-01"), month("2025-01"))) == (0, 3)
    assert told(district, "TRAIN.secretary") == (2, 3)
    assert verify().differences == ()


def test_the_way_down_names_the_cells_that_keep_a_figure_from_being_whole(district):
    cell = district.cells[2]
    held(district, absent=[cell.people["An"], cell.people["Bình"]])
    actions.count_adoption(cell, counts=[CellCount(cell, 3)], on=date(2024, 6, 1), by=BY())

    def behind(code):
        found = shortfalls(district, code, YEAR, system_person())
        return [(each.unit.pk, each.members) for each in found.cells]

    assert behind("TRAIN.secretary") == [(cell.pk, (1, 1))]
    assert behind("TRAIN") == [(cell.pk, (2, 3))]
    assert behind("TRAIN.committee") == []
    assert behind("EHB") == [(cell.pk, (1, 4))]


def test_a_new_secretary_is_missing_until_trained(district):
    held(district)
    cell = district.cells[0]
    post = Position.objects.get(member=cell.people["An"])
    dismiss(post, last_day=date(2024, 4, 30), by=BY())
    appoint(
        cell.people["Dung"],
        body=cell.body,
        title=PositionTitle.SECRETARY,
        valid_from=date(2024, 5, 1),
        by=BY(),
    )

    assert told(district, "TRAIN.secretary") == (2, 3)
    assert told(district, "TRAIN.secretary", Period(month("2024-01"), month("2024-04"))) == (3, 3)
    held(district, on=date(2024, 6, 1), posts=[TrainPost.SECRETARY])
    assert told(district, "TRAIN.secretary") == (3, 3)
    assert verify().differences == ()


def test_a_document_counts_from_its_day_and_from_the_day_it_was_made_known(district):
    given_one = actions.give_dissemination(
        district,
        new=NewDissemination(
            title="Đề án 11",
            symbol="11-ĐA/TU",
            begins_on=date(2024, 1, 5),
            due_on=date(2024, 3, 31),
        ),
        by=BY(),
    )
    first, second, _third = given_one.receipts.order_by("unit__path")
    actions.record_reached(
        given_one, reached=Reached(date(2024, 2, 3), "regular", {first.pk: 3}), by=BY()
    )
    actions.record_reached(
        given_one, reached=Reached(date(2024, 5, 3), "regular", {second.pk: 4}), by=BY()
    )

    assert told(district, "DISS.cells") == (2, 3)
    assert told(district, "DISS") == (7, 12)
    assert told(district, "DISS.cells", Period(month("2024-01"), month("2024-03"))) == (1, 3)
    assert told(district, "DISS.cells", Period(month("2024-01"), month("2024-02"))) == (0, 0)
    actions.take_back_reached(second, by=BY())
    assert told(district, "DISS.cells") == (1, 3)
    actions.withdraw_dissemination(given_one, reason="Nhầm", by=BY())
    assert told(district, "DISS.cells") == (0, 0)
    assert verify().differences == ()


def test_a_count_of_the_e_handbook_holds_until_the_next_and_while_its_app_does(district, on_day):
    cell, other, _third = district.cells
    actions.count_adoption(
        district, counts=[CellCount(cell, 2, 1), CellCount(other, 4)], on=date(2024, 3, 1), by=BY()
    )
    actions.count_adoption(district, counts=[CellCount(cell, 4, 3)], on=date(2024, 6, 1), by=BY())

    assert told(district, "EHB") == (8, 8)
    assert told(district, "EHB.signed_in") == (3, 8)
    assert told(district, "EHB.cells") == (2, 3)
    assert told(district, "EHB", Period(month("2024-01"), month("2024-04"))) == (6, 8)
    on_day(date(2025, 8, 1))
    assert told(district, "EHB", Period(month("2025-07"), month("2025-07"))) == (0, 0)
    actions.count_adoption(district, counts=[CellCount(cell, 1)], on=date(2025, 7, 31), by=BY())
    assert told(district, "EHB", Period(month("2025-07"), month("2025-07"))) == (1, 4)
    assert verify().differences == ()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["train", "again", "leave", "take", "move", "reach", "count"]),
        st.integers(0, 2),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=6,
)


@given(steps=STEPS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_the_roll_up_equals_the_rows(district, steps):
    from django.db import transaction

    with transaction.atomic():
        for what, number, part in steps:
            cell = Unit.objects.get(pk=district.cells[number].pk)
            with suppress(Refusal):
                ACTS[what](district, cell, district.cells[number], date(2024, part, 10))
        for unit in Unit.objects.filter(ended_on__isnull=True):
            assert (told(unit, "TRAIN"), told(unit, "TRAIN.secretary")) == trained(unit), steps
        assert verify().differences == ()
        transaction.set_rollback(True)


def _leave(_district, _cell, made, day):
    if post := Position.objects.filter(member=made.people["An"], valid_to__isnull=True).first():
        dismiss(post, last_day=day, by=BY())


def _take(_district, cell, made, day):
    has_secretary = Position.objects.filter(body=made.body, title="secretary", valid_to=None)
    if not has_secretary.exists():
        appoint(made.people["Dung"], body=made.body, title="secretary", valid_from=day, by=BY())


def _move(district, cell, _made, day):
    to = district if cell.parent_id != district.pk else district.committee
    if cell.kind == UnitKind.CELL:
        move_unit(cell, Unit.objects.get(pk=to.pk), on=day, by=BY())


def _again(district, cell, _made, day):
    session = held(Unit.objects.get(pk=district.pk), on=day)
    first = session.participants.filter(unit=cell).first()
    actions.record_training(session, came=Came([first.pk] if first else []), by=BY())


def _reach(district, cell, _made, day):
    made = actions.give_dissemination(
        Unit.objects.get(pk=district.pk),
        new=NewDissemination(title="Nghị quyết đại hội", begins_on=date(2024, 1, 1), due_on=day),
        by=BY(),
    )
    receipt = made.receipts.filter(unit=cell).first()
    actions.record_reached(made, reached=Reached(day, "regular", {receipt.pk: 1}), by=BY())


ACTS = {
    "train": lambda district, _cell, _made, day: held(Unit.objects.get(pk=district.pk), on=day),
    "again": _again,
    "leave": _leave,
    "take": _take,
    "move": _move,
    "reach": _reach,
    "count": lambda _district, cell, _made, day: actions.count_adoption(
        cell, counts=[CellCount(cell, 1)], on=day, by=BY()
    ),
}
