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
    places,
    refused,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 10)


def create(name="Chi bộ Một", **changes):
    given = {
        "code": "ONE",
        "kind": UnitKind.CELL,
        "founded_on": DAY,
        "block": Block.RESIDENTIAL,
        "by": SOMEBODY,
    }
    return actions.create_unit(name, **(given | changes))


def test_the_top_is_made_once():
    root = make_root()

    assert (root.path, root.depth, root.parent) == (path_of(root.pk, ""), 0, None)
    refused("root_exists", lambda: actions.create_root("B", code="B", founded_on=DAY, by=SOMEBODY))


def test_the_top_is_a_committee():
    refused(
        "root_is_a_cell",
        lambda: actions.create_root("B", code="B", founded_on=DAY, by=SOMEBODY, kind=UnitKind.CELL),
    )


def test_a_unit_is_placed_from_its_founding_on(told):
    committee = make_committee(code="COM")
    told.clear()

    cell = create("  Chi bộ   Một ", parent=committee, national_code="38.168.053.000.001")

    cell.refresh_from_db()
    assert cell.name == "Chi bộ Một"
    assert cell.folded_name == "chi bo mot"
    assert cell.path == path_of(cell.pk, committee.path)
    assert cell.depth == committee.depth + 1
    assert cell.national_code == "38168053000001"
    assert places(cell) == [("Chi bộ Một", "cell", "residential", cell.path, DAY, None)]
    assert told == [("ONE", "place", None)]
    line = TrailLine.objects.first()
    assert (line.verb, line.unit_path, line.details["parent"]) == (
        "unit created",
        cell.path,
        "COM",
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "a b"}, "bad_code"),
        ({"code": "COM"}, "code_taken"),
        ({"name": "  "}, "no_name"),
        ({"name": "x" * 201}, "long_name"),
        ({"national_code": "12"}, "bad_national_code"),
        ({"national_code": "11111111111111"}, "national_code_taken"),
        ({"founded_on": date(2019, 12, 31)}, "before_parents_founding"),
        ({"founded_on": date(2024, 6, 14)}, "future_day"),
        ({"block": "moon"}, "unknown_kind"),
        ({"kind": UnitKind.DISTRICT}, "wrong_level"),
    ],
)
def test_a_unit_is_refused(changes, code):
    committee = make_committee(code="COM", national_code="11111111111111")

    refused(code, lambda: create(parent=committee, **changes))
    assert Unit.objects.count() == 2


def test_nothing_stands_under_a_cell():
    cell = make_cell()

    refused("under_a_cell", lambda: create(parent=cell))


def test_nothing_new_stands_under_a_closed_unit():
    committee = make_committee()
    actions.close_unit(committee, last_day=DAY, by=SOMEBODY)

    refused("unit_closed", lambda: create(parent=committee))


def test_a_unit_cannot_be_founded_where_its_parent_did_not_stand_yet():
    committee, district = make_committee(), make_district()
    actions.move_unit(committee, district, on=DAY, by=SOMEBODY)

    refused(
        "parent_stood_elsewhere",
        lambda: create(parent=committee, founded_on=DAY - timedelta(days=1)),
    )


def test_an_unusual_place_is_recorded_and_noted():
    cell = create(parent=make_root())

    assert cell.depth == 1
    assert TrailLine.objects.first().details["unusual"] is True


def test_the_army_and_what_stands_below_it_keep_figures_only():
    army = make_committee(block=Block.ARMY)

    assert army.is_figures_only
    assert make_cell(parent=army, block=Block.OFFICE).is_figures_only
    assert not make_cell().is_figures_only


def test_a_new_name_begins_on_its_day_and_moves_no_figures(told):
    cell = make_cell("Chi bộ Cũ")
    told.clear()

    renamed = actions.rename_unit(cell, "Chi bộ Ánh", on=DAY, by=SOMEBODY)

    assert (renamed.name, renamed.folded_name) == ("Chi bộ Ánh", "chi bo anh")
    assert [(p[0], p[4], p[5]) for p in places(cell)] == [
        ("Chi bộ Cũ", FOUNDED, DAY - timedelta(days=1)),
        ("Chi bộ Ánh", DAY, None),
    ]
    assert told == []
    assert TrailLine.objects.first().details == {
        "before": "Chi bộ Cũ",
        "after": "Chi bộ Ánh",
        "on": "2023-05-10",
    }


def test_two_changes_on_one_day_are_one_place():
    cell = make_cell("Chi bộ Cũ")

    actions.rename_unit(cell, "Chi bộ Mới", on=DAY, by=SOMEBODY)
    actions.change_block(cell, Block.OFFICE, on=DAY, by=SOMEBODY)
    actions.rename_unit(cell, "Chi bộ Mới nhất", on=DAY, by=SOMEBODY)

    assert [(p[0], p[2], p[4], p[5]) for p in places(cell)] == [
        ("Chi bộ Cũ", "residential", FOUNDED, DAY - timedelta(days=1)),
        ("Chi bộ Mới nhất", "office", DAY, None),
    ]


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Chi bộ thôn Đông", DAY, "same_name"),
        ("", DAY, "no_name"),
        ("B", date(2019, 1, 1), "before_founding"),
        ("B", date(2024, 6, 14), "future_day"),
        ("B", DAY - timedelta(days=1), "before_latest_place"),
    ],
)
def test_a_new_name_is_refused(name, on, code):
    cell = make_cell()
    actions.change_block(cell, Block.OFFICE, on=DAY, by=SOMEBODY)

    refused(code, lambda: actions.rename_unit(cell, name, on=on, by=SOMEBODY))


def test_a_closed_unit_changes_no_more():
    cell = make_cell()
    actions.close_unit(cell, last_day=DAY, by=SOMEBODY)

    refused("unit_closed", lambda: actions.rename_unit(cell, "B", on=DAY, by=SOMEBODY))


def test_a_kind_changes_from_its_day_on(told):
    cell = make_cell(parent=make_committee(), code="ONE")
    told.clear()

    actions.change_kind(cell, UnitKind.SECTION, on=DAY, by=SOMEBODY)

    assert [p[1] for p in places(cell)] == ["cell", "section"]
    assert told == [("ONE", "place", None)]
    refused("same_kind", lambda: actions.change_kind(cell, UnitKind.SECTION, on=DAY, by=SOMEBODY))


def test_a_kind_must_fit_above_and_below():
    committee = make_committee()
    make_cell(parent=committee)

    refused(
        "wrong_level", lambda: actions.change_kind(committee, UnitKind.CITY, on=DAY, by=SOMEBODY)
    )
    refused(
        "child_would_be_misplaced",
        lambda: actions.change_kind(committee, UnitKind.CELL, on=DAY, by=SOMEBODY),
    )


def test_a_block_changes_from_its_day_on(told):
    cell = make_cell(code="ONE")
    told.clear()

    changed = actions.change_block(cell, Block.POLICE, on=DAY, by=SOMEBODY)

    assert changed.is_figures_only
    assert Unit.objects.get(pk=cell.pk).is_figures_only
    assert [p[2] for p in places(cell)] == ["residential", "police"]
    assert told == [("ONE", "place", None)]
    refused("same_block", lambda: actions.change_block(cell, Block.POLICE, on=DAY, by=SOMEBODY))


def test_a_unit_with_others_below_does_not_become_figures_only():
    committee = make_committee(block=Block.OFFICE)
    make_cell(parent=committee)

    refused("names_below", lambda: actions.change_block(committee, Block.ARMY, on=DAY, by=SOMEBODY))


def test_a_national_code_is_set_and_corrected():
    cell = make_cell()

    actions.set_national_code(cell, "38.168.053.000.001", by=SOMEBODY)
    assert Unit.objects.get(pk=cell.pk).national_code == "38168053000001"
    actions.set_national_code(cell, " ", by=SOMEBODY)
    assert Unit.objects.get(pk=cell.pk).national_code == ""
    refused("bad_national_code", lambda: actions.set_national_code(cell, "38.1", by=SOMEBODY))
