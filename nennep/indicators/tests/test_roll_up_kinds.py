"""A unit that becomes a committee, or a cell again: its figures go on, and nothing is counted twice."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.queries import system_person
from nennep.core.periods import Period, add_months
from nennep.core.refusal import Refusal
from nennep.indicators import actions
from nennep.indicators.choices import Structure
from nennep.indicators.models import CountedStock
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.numbers import numbers
from nennep.indicators.queries.numbers_below import numbers_below
from nennep.indicators.queries.verifying import verify
from nennep.indicators.tests.factories import hold, keep_ledger_from, month, people
from nennep.members.actions import transfer_member
from nennep.members.models import Member
from nennep.organisation.actions import change_block, change_kind, close_unit, move_unit
from nennep.organisation.choices import Block, UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.tests.factories import make_cell, make_district, make_root

pytestmark = pytest.mark.django_db

FIRST = month("2023-01")
YEAR = Period(FIRST, month("2023-12"))
CHANGE = date(2023, 7, 1)


@pytest.fixture
def district(on_day):
    on_day(date(2024, 1, 15))
    keep_ledger_from(FIRST)
    make_root()
    return make_district("Huyện A")


@pytest.fixture
def school(district):
    """A grassroots cell of 4 that met in the first half of the year."""
    cell = make_cell("Chi bộ Trường Một", parent=district, kind=UnitKind.GRASSROOTS_CELL)
    people(cell, 4)
    for n in range(6):
        hold(cell, add_months(FIRST, n), "pppe")
    return cell


def divide(school, on=CHANGE):
    """The cell becomes a committee with two cells, two members each."""
    change_kind(school, UnitKind.GRASSROOTS_COMMITTEE, on=on, by=system_person())
    school.refresh_from_db()
    cells = [make_cell(f"Chi bộ {n}", parent=school, founded_on=on) for n in (1, 2)]
    for number, member in enumerate(Member.objects.filter(unit=school).order_by("pk")):
        transfer_member(member, to=cells[number % 2], on=on, by=system_person())
    return cells


def told(unit, code, structure=Structure.THEN):
    figure = figure_sheet(unit, YEAR, structure)[code]
    return figure.numerator, figure.denominator


def test_a_cell_that_became_a_committee_keeps_the_months_it_had_as_a_cell(district, school):
    cells = divide(school)
    for cell in cells:
        hold(cell, month("2023-08"), "pu")

    assert told(school, "ATT") == told(district, "ATT") == (20, 28)
    assert told(school, "ATT", Structure.NOW) == (20, 28)
    assert told(school, "ORG.members") == told(school, "ORG.members", Structure.NOW) == (4, None)
    assert told(school, "ORG.cells") == told(school, "ORG.cells", Structure.NOW) == (2, None)
    assert told(school, "ORG.grassroots") == told(school, "ORG.grassroots", Structure.NOW)
    assert told(district, "ORG.grassroots_cells") == (0, None)
    assert told(school, "MTG_SILENT") == told(district, "MTG_SILENT")
    assert verify().differences == ()


def test_a_committee_that_became_a_cell_again_keeps_the_months_of_what_stood_below(
    district, school
):
    cells = divide(school)
    hold(cells[0], month("2023-08"), "pu")
    for cell in cells:
        for member in Member.objects.filter(unit=cell):
            target = make_once(district)
            transfer_member(member, to=target, on=date(2023, 10, 1), by=system_person())
        close_unit(cell, last_day=date(2023, 10, 31), by=system_person())
    change_kind(school, UnitKind.GRASSROOTS_CELL, on=date(2023, 11, 1), by=system_person())
    school.refresh_from_db()

    assert told(school, "ATT") == (19, 26)
    assert told(school, "ORG.cells") == (1, None)
    assert told(school, "ORG.members") == (0, None)
    assert verify().differences == ()


def make_once(district):
    found = Unit.objects.filter(code="OTHER").first()
    return found or make_cell(
        "Chi bộ Khác", parent=district, code="OTHER", kind=UnitKind.GRASSROOTS_CELL
    )


def test_a_table_of_units_says_the_same_as_each_unit_by_itself(district, school):
    divide(school)
    once = make_once(district)
    hold(once, month("2023-03"), "", members=[])

    below = numbers_below(Extent(district, YEAR))

    assert below == {unit.pk: numbers(unit, YEAR).total() for unit in (school, once)}


def test_what_was_counted_is_kept_only_for_units_of_both_kinds(district, school):
    assert not CountedStock.objects.exists()

    divide(school)

    assert set(CountedStock.objects.values_list("unit_id", flat=True)) == {school.pk}
    before = list(CountedStock.objects.order_by("on").values_list())
    actions.rebuild(by=system_person())
    kept = list(CountedStock.objects.order_by("on").values_list())
    assert [row[1:] for row in kept] == [row[1:] for row in before]


def test_who_left_while_a_committee_was_still_a_cell_is_counted_where_they_went(district, school):
    other = make_cell("Chi bộ Khác", parent=district, code="OTHER", kind=UnitKind.GRASSROOTS_CELL)
    change_kind(school, UnitKind.GRASSROOTS_COMMITTEE, on=date(2023, 12, 1), by=system_person())
    member = Member.objects.filter(unit=school).order_by("pk").first()

    transfer_member(member, to=other, on=date(2023, 2, 1), by=system_person())

    assert verify().differences == ()


STEPS = st.one_of(
    st.tuples(st.just("kind"), st.integers(0, 1), st.integers(1, 12), st.sampled_from([
        UnitKind.GRASSROOTS_CELL, UnitKind.GRASSROOTS_COMMITTEE, UnitKind.UPPER_COMMITTEE,
    ])),
    st.tuples(st.just("cell"), st.integers(0, 1), st.integers(1, 12), st.none()),
    st.tuples(st.just("end"), st.integers(0, 4), st.integers(1, 12), st.none()),
    st.tuples(st.just("transfer"), st.integers(0, 4), st.integers(1, 12), st.integers(0, 4)),
    st.tuples(st.just("move"), st.integers(0, 4), st.integers(1, 12), st.integers(0, 3)),
    st.tuples(st.just("block"), st.integers(0, 4), st.integers(1, 12), st.sampled_from(["", Block.OFFICE])),
    st.tuples(st.just("hold"), st.integers(0, 4), st.integers(0, 12), st.text("peu", min_size=2, max_size=2)),
)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=2, max_size=12))
def test_whatever_becomes_of_kinds_the_counters_equal_a_recomputation(district, steps):
    from django.db import transaction

    with transaction.atomic():
        savepoint = transaction.savepoint()
        for name in ("Một", "Hai"):
            cell = make_cell(f"Chi bộ {name}", parent=district, kind=UnitKind.GRASSROOTS_CELL)
            people(cell, 3)
        for step in steps:
            try:
                _do(district, *step)
            except Refusal:
                continue
        assert verify().differences == ()
        transaction.savepoint_rollback(savepoint)


def _do(district, what, which, offset, how):
    units = list(Unit.objects.filter(depth__gt=district.depth).order_by("pk"))
    DOINGS[what](units[which % len(units)], add_months(FIRST, offset), how, [district, *units])


def _transfer_two(unit, when, how, units):
    to = units[1:][how % (len(units) - 1)]
    for member in Member.objects.filter(unit=unit).order_by("pk")[:2]:
        transfer_member(member, to=to, on=when, by=system_person())


def _move(unit, when, how, units):
    parents = [each for each in units if not each.is_cell]
    move_unit(unit, parents[how % len(parents)], on=when, by=system_person())


def _hold(unit, when, how, units):
    if unit.is_cell and not unit.meetings.filter(period=when).exists():
        hold(unit, when, how, members=list(Member.objects.order_by("pk")[:2]))


DOINGS = {
    "kind": lambda unit, when, how, _: change_kind(unit, how, on=when, by=system_person()),
    "cell": lambda unit, when, _how, _: make_cell("Chi bộ mới", parent=unit, founded_on=when),
    "end": lambda unit, when, _how, _: close_unit(unit, last_day=when, by=system_person()),
    "block": lambda unit, when, how, _: change_block(unit, how, on=when, by=system_person()),
    "transfer": _transfer_two,
    "move": _move,
    "hold": _hold,
}
