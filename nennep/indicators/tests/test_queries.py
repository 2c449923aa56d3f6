"""What boards say, worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.periods import Period
from nennep.indicators.choices import Structure
from nennep.indicators.queries import ways_down
from nennep.indicators.queries.board import board
from nennep.indicators.queries.calls import cells_to_call
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.headlines import grouped, headlines
from nennep.indicators.queries.own_months import own_months
from nennep.indicators.queries.shortfalls import KINDS, shortfalls
from nennep.indicators.rules.catalogue import BY_CODE, CATALOGUE
from nennep.indicators.tests.factories import explain, hold, month
from nennep.indicators.tests.factories_tree import TODAY, grow, hold_all
from nennep.meetings.choices import Outcome
from nennep.members.actions import transfer_member
from nennep.organisation.actions import close_unit, move_unit
from nennep.organisation.tests.factories import refused
from nennep.regulations.queries import RuleBook

pytestmark = pytest.mark.django_db

HALF = Period(month("2024-01"), month("2024-06"))


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return grow()


def test_a_board_has_a_row_for_each_unit_below_and_counts_its_cells(tree):
    hold_all(tree.n1, presences="pppe")
    hold_all(tree.n2, but=("2024-03",))

    found = board(Extent(tree.district, HALF))

    far, near = sorted(found.rows, key=lambda row: row.code)
    assert (near.code, near.total.due, near.total.held, near.total.silent) == ("NEAR", 10, 9, 1)
    assert near.months[month("2024-03")].share == Fraction(1, 2)
    assert near.months[month("2024-01")].attendance == Fraction(7, 8)
    assert (far.total.held, far.total.silent) == (0, 5)
    assert found.overall[month("2024-01")].attendance == Fraction(7, 8)


@pytest.mark.parametrize("code", ["MTG_REG.cells", "MTG_THEM.cells"])
def test_cells_whose_every_meeting_is_pending_have_no_share_yet(tree, code):
    june = Period(month("2024-06"), month("2024-06"))

    waiting, half = figure_sheet(tree.far, june)[code], figure_sheet(tree.far, HALF)[code]

    assert (waiting.value, waiting.is_met, waiting.numerator) == (None, None, waiting.denominator)
    assert waiting.denominator > 0
    assert half.value == 0

    hold_all(tree.n1, "2024-06", "2024-06")
    assert figure_sheet(tree.near, june)["MTG_REG.cells"].value == 1


def test_a_month_whose_time_is_not_over_is_pending_and_in_no_denominator(tree, on_day):
    hold_all(tree.n1)
    june = board(Extent(tree.near, HALF)).rows[1].months[month("2024-06")]
    assert (june.outcome, june.due, june.share) == (Outcome.PENDING, 0, None)

    on_day(date(2024, 7, 1))

    june = board(Extent(tree.near, HALF)).rows[1].months[month("2024-06")]
    assert (june.outcome, june.due) == (Outcome.SILENT, 1)


def test_units_in_order_are_apart_from_those_that_are_not(tree):
    hold_all(tree.n1)
    hold_all(tree.n2, but=("2024-02",))

    found = board(Extent(tree.near, HALF))

    assert [row.code for row in found.orderly] == ["N1"]
    assert [row.code for row in found.troubled] == ["N2"]


def test_the_call_list_begins_with_the_silent_and_leaves_out_who_is_not_due(tree):
    hold_all(tree.n1, but=("2024-05",))
    hold_all(tree.n2, but=("2024-05",))
    hold_all(tree.f1, but=("2024-05",))
    explain(tree.n1, month("2024-05"))
    explain(tree.f1, month("2024-05"), is_accepted=True)

    calls = cells_to_call(
        tree.district, (month("2024-06"), month("2024-05")), limit=10, person=system_person()
    )

    assert [(c.code, c.outcome) for c in calls.cells] == [
        ("N2", Outcome.SILENT),
        ("N1", Outcome.WAITING),
    ]
    assert (calls.count, calls.left_out) == (2, 0)
    assert (
        cells_to_call(tree.district, (month("2024-05"),), limit=1, person=system_person()).left_out
        == 1
    )


def test_a_committee_is_told_of_cells_and_a_cell_of_its_meetings(tree):
    committee = headlines(figure_sheet(tree.district, HALF))
    cell = headlines(figure_sheet(tree.n1, HALF))

    assert [line.figure.indicator.code for line in committee] == [
        "ATT",
        "MTG_REG.cells",
        "MTG_THEM.cells",
        "MTG_STEP.cells",
    ]
    assert [line.figure.indicator.code for line in cell] == [
        "ATT",
        "MTG_REG",
        "MTG_THEM",
        "MTG_STEP",
    ]


def test_every_indicator_stands_under_one_heading(tree):
    shown = [f.indicator for _title, group in grouped(figure_sheet(tree.n1, HALF)) for f in group]

    assert sorted(i.code for i in shown) == sorted(i.code for i in CATALOGUE)


def test_a_figure_leads_to_the_cells_and_months_behind_it(tree):
    hold_all(tree.n1)
    hold_all(tree.n2, but=("2024-02", "2024-04"))
    hold_all(tree.f1, but=("2024-05",))

    found = shortfalls(tree.district, "MTG_SILENT", HALF, system_person())

    assert [(row.unit.code, list(row.months)) for row in found.cells] == [
        ("N2", [month("2024-02"), month("2024-04")]),
        ("F1", [month("2024-05")]),
    ]
    assert sum(len(row.months) for row in found.cells) == (
        figure_sheet(tree.district, HALF)["MTG_SILENT"].numerator
    )
    assert [
        row.unit.code for row in shortfalls(tree.near, "MTG_REG.cells", HALF, system_person()).cells
    ] == ["N2"]
    assert shortfalls(tree.district, "ORG.cells", HALF, system_person()) is None


def test_rows_behind_a_share_are_what_it_lacks(tree):
    """For each share: denominator − numerator = the rows that are listed."""
    hold_all(tree.n1, presences="ppeu")
    hold(tree.n2, month("2024-01"), "pppp", minutes=30)
    explain(tree.f1, month("2024-01"), is_accepted=True)
    sheet = figure_sheet(tree.district, HALF)

    for code in ("MTG_REG", "MTG_THEM", "TIME.minimum", "MTG_CC"):
        rows = sum(
            len(row.months) for row in shortfalls(tree.district, code, HALF, system_person()).cells
        )
        assert rows == sheet[code].denominator - sheet[code].numerator, code
    assert set(KINDS) <= set(BY_CODE)


def test_units_below_add_up_to_the_figure_they_are_the_way_down_from(tree):
    hold_all(tree.n1, presences="ppeu")
    hold_all(tree.f1)
    book, extent = RuleBook.load(), Extent(tree.district, HALF)
    sheet = figure_sheet(tree.district, HALF)

    for code in ("ATT", "MTG_REG", "MTG_REG.cells", "ORG.members", "MTG_SILENT"):
        rows = ways_down.below(extent, code, book)
        assert sum(row.figure.numerator for row in rows) == sheet[code].numerator
        months = ways_down.over_time(extent, code, book)
        if code in {"ATT", "MTG_REG", "MTG_SILENT"}:
            assert sum(row.figure.numerator for row in months) == sheet[code].numerator


def test_the_months_of_a_cell_lead_to_meetings_only_for_who_may_read_them(tree):
    held = hold(tree.n1, month("2024-05"), "pppe")
    secretary, clerk = make_person(Role.SECRETARY, tree.n1), make_person(Role.OFFICER, tree.near)

    own = own_months(tree.n1, HALF, secretary)
    seen_from_above = own_months(tree.n1, HALF, clerk)

    assert [row.month for row in own][:2] == [month("2024-06"), month("2024-05")]
    assert (own[1].pair, own[1].regular.word) == ((3, 4), str(Outcome.HELD.label))
    assert own[1].meetings[0].public_id == held.public_id
    assert seen_from_above[1].meetings[0].public_id is None
    assert seen_from_above[1].meetings[0].held_on == date(2024, 5, 5)


def test_then_and_now_differ_below_and_agree_at_the_top(tree):
    hold_all(tree.n2, presences="pppu")
    move_unit(tree.n2, parent=tree.far, on=date(2024, 4, 1), by=system_person())
    tree.n2.refresh_from_db()

    def attendance(unit, structure):
        figure = figure_sheet(unit, HALF, structure)["ATT"]
        return figure.numerator, figure.denominator

    assert attendance(tree.near, Structure.THEN) == (9, 12)
    assert attendance(tree.near, Structure.NOW) == (0, 0)
    assert attendance(tree.far, Structure.NOW) == (15, 20)
    assert attendance(tree.district, Structure.NOW) == attendance(tree.district, Structure.THEN)


def test_a_unit_that_is_not_in_the_structure_is_refused_by_name(tree):
    for someone in list(tree.f1.members.all()):
        transfer_member(someone, to=tree.n1, on=date(2024, 3, 1), by=system_person())
    close_unit(tree.f1, last_day=date(2024, 3, 31), by=system_person())
    tree.f1.refresh_from_db()

    refusal = refused("unit_not_in_structure", lambda: figure_sheet(tree.f1, HALF, Structure.NOW))
    assert "Chi bộ Ba" in str(refusal.message)
    refused(
        "unit_not_in_structure",
        lambda: figure_sheet(tree.f1, Period(month("2019-01"), month("2019-12"))),
    )


def test_a_board_costs_the_same_with_one_unit_below_and_with_three(
    tree, django_assert_max_num_queries
):
    hold_all(tree.n1)
    RuleBook.load()
    with django_assert_max_num_queries(9) as few:
        board(Extent(tree.far, HALF))
    with django_assert_max_num_queries(len(few.captured_queries)):
        board(Extent(tree.district, HALF))
