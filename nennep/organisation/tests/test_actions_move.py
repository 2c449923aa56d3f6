from datetime import date, timedelta

import pytest

from nennep.core.models import TrailLine
from nennep.organisation import actions
from nennep.organisation.choices import Block, UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.rules import path_of
from nennep.organisation.tests.factories import (
    FOUNDED,
    SOMEBODY,
    make_cell,
    make_committee,
    make_district,
    make_root,
    make_unit,
    places,
    refused,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 10)


def test_a_move_takes_everything_below_along(told):
    first, second = make_district(code="D1"), make_district(code="D2")
    committee = make_committee(parent=first, code="COM")
    cell = make_cell(parent=committee)
    gone = make_cell(parent=committee)
    actions.close_unit(gone, last_day=date(2022, 1, 1), by=SOMEBODY)
    old_path, old_cell_path, gone_path = committee.path, cell.path, gone.path
    told.clear()

    moved = actions.move_unit(committee, second, on=DAY, by=SOMEBODY)

    cell.refresh_from_db()
    gone.refresh_from_db()
    assert moved.path == path_of(committee.pk, second.path)
    assert moved.parent == second
    assert cell.path == path_of(cell.pk, moved.path)
    assert (moved.depth, cell.depth) == (2, 3)
    assert gone.path == gone_path
    before = DAY - timedelta(days=1)
    assert [p[3:] for p in places(committee)] == [
        (old_path, FOUNDED, before),
        (moved.path, DAY, None),
    ]
    assert [p[3:] for p in places(cell)] == [
        (old_cell_path, FOUNDED, before),
        (cell.path, DAY, None),
    ]
    assert told == [("COM", "place", DAY)]
    assert TrailLine.objects.first().details["after"] == "D2"


def test_two_moves_on_one_day_leave_one_place():
    first, second, third = make_district(), make_district(), make_district()
    committee = make_committee(parent=first)
    cell = make_cell(parent=committee)

    actions.move_unit(committee, second, on=DAY, by=SOMEBODY)
    moved = actions.move_unit(committee, third, on=DAY, by=SOMEBODY)

    cell.refresh_from_db()
    assert [p[3] for p in places(committee)][1:] == [moved.path]
    assert [p[3] for p in places(cell)][1:] == [cell.path]
    assert cell.path == path_of(cell.pk, moved.path)


def test_a_move_changes_depths_when_levels_change():
    district = make_district()
    committee = make_committee()
    cell = make_cell(parent=committee)

    actions.move_unit(committee, district, on=DAY, by=SOMEBODY)

    cell.refresh_from_db()
    assert cell.depth == 3


def test_moves_that_are_refused():
    root, district = make_root(), make_district()
    committee = make_committee(parent=district)
    part = make_unit("Bộ phận", kind=UnitKind.SECTION, parent=committee)
    cell = make_cell(parent=part)
    army = make_unit("Quân sự", kind=UnitKind.UPPER_COMMITTEE, parent=root, block=Block.ARMY)
    closed = make_committee()
    actions.close_unit(closed, last_day=DAY, by=SOMEBODY)
    late = make_committee(founded_on=DAY)

    def move(unit, parent, on=DAY):
        return lambda: actions.move_unit(unit, parent, on=on, by=SOMEBODY)

    refused("root_moves", move(root, district))
    refused("same_parent", move(committee, district))
    refused("under_itself", move(committee, part))
    refused("under_itself", move(committee, committee))
    refused("under_a_cell", move(part, make_cell()))
    refused("wrong_level", move(district, make_committee()))
    refused("names_under_figures_only", move(committee, army))
    refused("unit_closed", move(cell, closed))
    refused("before_parents_founding", move(cell, late, DAY - timedelta(days=1)))
    refused("before_founding", move(committee, root, date(2019, 1, 1)))
    refused("future_day", move(committee, root, date(2024, 6, 14)))
    assert Unit.objects.get(pk=cell.pk).path == cell.path


def test_a_move_before_a_later_change_below_is_refused():
    committee, district = make_committee(), make_district()
    cell = make_cell(parent=committee)
    actions.rename_unit(cell, "B", on=DAY + timedelta(days=1), by=SOMEBODY)

    refused(
        "later_change_below",
        lambda: actions.move_unit(committee, district, on=DAY, by=SOMEBODY),
    )


def test_a_move_before_a_cell_below_was_closed_is_refused():
    committee, district = make_committee(), make_district()
    actions.close_unit(make_cell(parent=committee), last_day=DAY, by=SOMEBODY)

    refused(
        "later_change_below",
        lambda: actions.move_unit(committee, district, on=DAY, by=SOMEBODY),
    )
    actions.move_unit(committee, district, on=DAY + timedelta(days=1), by=SOMEBODY)


def test_a_unit_is_not_moved_to_where_the_parent_was_not_yet():
    district, other = make_district(), make_district()
    committee, cell = make_committee(parent=district), make_cell()
    actions.move_unit(committee, other, on=DAY, by=SOMEBODY)

    refused(
        "parent_stood_elsewhere",
        lambda: actions.move_unit(cell, committee, on=DAY - timedelta(days=1), by=SOMEBODY),
    )
