from datetime import date, timedelta

import pytest

from nennep.core.refusal import Refusal
from nennep.organisation import actions, queries
from nennep.organisation.choices import Block
from nennep.organisation.models import Unit
from nennep.organisation.tests.factories import (
    FOUNDED,
    SOMEBODY,
    Somebody,
    make_cell,
    make_committee,
    make_district,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 10)
BEFORE = DAY - timedelta(days=1)


def test_a_unit_is_found_by_its_code():
    cell = make_cell(code="ONE")

    assert queries.unit_by_code(" ONE ") == cell
    with pytest.raises(Refusal) as refusal:
        queries.unit_by_code("TWO")
    assert refusal.value.code == "unknown_unit"
    assert "TWO" in refusal.value.message


def test_units_are_listed_as_they_were_placed_that_day(django_assert_num_queries):
    first, second = make_district(code="D1"), make_district(code="D2")
    committee = make_committee(parent=first, code="COM")
    cell = make_cell("Chi bộ Cũ", parent=committee, code="ONE")
    actions.rename_unit(cell, "Chi bộ Mới", on=DAY, by=SOMEBODY)
    actions.change_block(cell, Block.OFFICE, on=DAY, by=SOMEBODY)
    actions.move_unit(committee, second, on=DAY, by=SOMEBODY)
    make_cell("Chi bộ Sau", parent=committee, founded_on=DAY + timedelta(days=9))

    with django_assert_num_queries(2):
        then = queries.units_on(BEFORE, first)
    with django_assert_num_queries(2):
        now = queries.units_on(DAY, second)

    assert [(u.code, u.name, u.block, u.parent_code) for u in then] == [
        ("D1", "Đảng bộ huyện Sơn Nam", "", "CITY"),
        ("COM", "Đảng bộ xã Bình An", "", "D1"),
        ("ONE", "Chi bộ Cũ", "residential", "COM"),
    ]
    assert [(u.code, u.name, u.block, u.parent_code) for u in now] == [
        ("D2", "Đảng bộ huyện Sơn Nam", "", "CITY"),
        ("COM", "Đảng bộ xã Bình An", "", "D2"),
        ("ONE", "Chi bộ Mới", "office", "COM"),
    ]
    assert [u.depth for u in now] == [1, 2, 3]
    assert [u.code for u in queries.units_on(DAY)] == ["CITY", "D1", "D2", "COM", "ONE"]
    assert queries.units_on(FOUNDED - timedelta(days=1), first) == []


def test_a_closed_unit_is_not_listed_after_its_last_day():
    cell = make_cell(code="ONE")
    actions.close_unit(cell, last_day=DAY, by=SOMEBODY)

    assert "ONE" in [u.code for u in queries.units_on(DAY)]
    assert "ONE" not in [u.code for u in queries.units_on(DAY + timedelta(days=1))]


def test_the_places_of_units_are_told_in_order():
    one, two = make_cell("A"), make_cell("B")
    actions.rename_unit(one, "C", on=DAY, by=SOMEBODY)

    places = queries.places_of([one.pk, two.pk])

    assert [p.name for p in places[one.pk]] == ["A", "C"]
    assert [p.name for p in places[two.pk]] == ["B"]
    assert queries.place_on(one, BEFORE).name == "A"
    assert queries.place_on(one, FOUNDED - timedelta(days=1)) is None


def test_units_are_found_with_and_without_accents_in_any_order_of_words():
    committee = make_committee("Đảng bộ xã Hòa Bình", code="HB")
    cell = make_cell("Chi bộ thôn Đông Hòa", parent=committee, code="DH")
    other = make_cell("Chi bộ thôn Tây", parent=committee, national_code="38.168.053.000.001")

    def found(text, person=SOMEBODY):
        return {unit.pk for unit in queries.find_units(text, person)}

    assert found("dong hoa") == {cell.pk}
    assert found("Hòa đông") == {cell.pk}
    assert found("hoa") == {cell.pk, committee.pk}
    assert found("dh") == {cell.pk}
    assert found("38.168") == {other.pk}
    assert found(" ") == set()
    assert found("tay", Somebody(paths=())) == set()
    assert found("tay", Somebody(paths=(other.path,))) == {other.pk}
    assert found("hoa", Somebody(paths=(cell.path,))) == {cell.pk}


def test_what_was_typed_with_accents_comes_first():
    committee = make_committee()
    make_cell("Chi bộ Hoa Ban", parent=committee)
    typed = make_cell("Chi bộ Hòa Ban", parent=committee)

    assert queries.find_units("Hòa Ban", SOMEBODY)[0] == typed


def test_months_of_a_closed_unit_stand_at_the_end_of_its_principal_line():
    committee = make_committee()
    first, second, third, side = (make_cell(parent=committee) for _ in range(4))
    actions.close_unit(first, last_day=BEFORE, by=SOMEBODY, successor=second)
    actions.write_lineage(first, side, on=DAY, by=SOMEBODY, is_principal=False)
    actions.close_unit(second, last_day=DAY, by=SOMEBODY, successor=third)

    assert queries.principal_successors() == {first.pk: third.pk, second.pk: third.pk}


def test_a_circle_of_successors_has_an_end():
    assert queries.successor_of(1, {1: 2, 2: 1}) == 2
    assert queries.successor_of(5, {1: 2}) == 5


def test_scopes_of_rules_have_the_names_of_their_units():
    cell = make_cell("Chi bộ Một")

    assert queries.scope_names([cell.path, "", "0ZZZ."]) == {cell.path: "Chi bộ Một"}
    assert queries.scope_path(SOMEBODY, cell.code) == cell.path
    assert queries.scope_path(Somebody(paths=()), cell.code) is None


def test_the_names_above_a_unit_are_told_the_nearest_first(django_assert_num_queries):
    district = make_district("Huyện")
    committee = make_committee("Xã", parent=district)
    cell = make_cell(parent=committee)

    with django_assert_num_queries(1):
        above = queries.names_above([cell, committee])

    assert above == {cell.pk: "Xã · Huyện", committee.pk: "Huyện"}


def test_who_knows_strengths_is_asked_for_the_units_shown(monkeypatch):
    monkeypatch.setattr(queries, "_strength", [])
    cell = make_cell()
    assert queries.strengths([cell], DAY) == {}

    queries.register_strength(lambda units, day: {unit.pk: 29 for unit in units})

    assert queries.strengths([cell], DAY) == {cell.pk: 29}
    assert queries.strengths([], DAY) == {}


def test_levels_read_from_the_tree():
    cell = make_cell()

    above = Unit.objects.above(cell)

    assert [unit.depth for unit in above] == [0, 1]


def test_a_unit_without_a_place_in_its_name_takes_the_nearest_above():
    district = make_district("Đảng bộ huyện Sóc Sơn")
    commune = make_committee("Đảng bộ xã Phù Lỗ", parent=district)

    assert queries.place_of(make_cell("Chi bộ thôn Đoài", parent=commune)) == "Phù Lỗ"
    police = make_committee("Đảng bộ Công an huyện", parent=district)
    assert queries.place_of(police) == "Sóc Sơn"
