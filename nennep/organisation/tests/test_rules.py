from datetime import date

import pytest

from nennep.organisation import rules
from nennep.organisation.choices import UnitKind

DAY = date(2024, 6, 13)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("38.168.053.000.001", "38168053000001"),
        ("38168053000001", "38168053000001"),
        ("  38.168.053.000.001 ", "38168053000001"),
        ("38.168.053.000001", None),
        ("38.168.053.000.01", None),
        ("381680530000011", None),
        ("38.168.053.000.00a", None),
        ("٣٨168053000001", None),
        ("", None),
    ],
)
def test_a_national_code_has_two_spellings(text, digits):
    assert rules.plain_national_code(text) == digits


def test_a_national_code_is_shown_with_dots():
    assert rules.dotted_national_code("38168053000001") == "38.168.053.000.001"
    assert rules.dotted_national_code("") == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("SOCSON", True),
        ("CB-01_A", True),
        ("7", True),
        ("A" * 20, True),
        ("A" * 21, False),
        ("", False),
        ("-A", False),
        ("socson", False),
        ("SÓCSƠN", False),
        ("A B", False),
        ("A\n", False),
    ],
)
def test_a_code_is_short_and_can_be_typed_anywhere(text, is_one):
    assert rules.is_code(text) is is_one


@pytest.mark.parametrize(
    ("unit_id", "segment"), [(1, "0001."), (35, "000Z."), (36, "0010."), (1_679_615, "ZZZZ.")]
)
def test_a_segment_is_the_id_on_four_places(unit_id, segment):
    assert rules.segment(unit_id) == segment
    assert rules.ids_in(segment) == [unit_id]


def test_the_tree_has_an_end():
    with pytest.raises(ValueError, match="full"):
        rules.segment(1_679_616)


def test_a_path_names_the_way_down():
    path = rules.path_of(7, rules.path_of(1, ""))

    assert path == "0001.0007."
    assert rules.ids_in(path) == [1, 7]
    assert rules.depth_of(path) == 1
    assert path[: rules.prefix_length(0)] == "0001."


@pytest.mark.parametrize(
    ("kind", "parent", "may"),
    [
        (UnitKind.DISTRICT, UnitKind.CITY, True),
        (UnitKind.GRASSROOTS_CELL, UnitKind.CITY, True),
        (UnitKind.CELL, UnitKind.SECTION, True),
        (UnitKind.CELL, UnitKind.CITY, True),
        (UnitKind.CITY, UnitKind.CITY, False),
        (UnitKind.CITY, UnitKind.DISTRICT, False),
        (UnitKind.CELL, UnitKind.GRASSROOTS_CELL, False),
        (UnitKind.SECTION, UnitKind.CELL, False),
        (UnitKind.GRASSROOTS_COMMITTEE, UnitKind.SECTION, False),
    ],
)
def test_levels_have_an_order(kind, parent, may):
    assert rules.may_stand_under(kind, parent) is may


@pytest.mark.parametrize(
    ("kind", "parent", "day", "usual"),
    [
        (UnitKind.DISTRICT, UnitKind.CITY, DAY, True),
        (UnitKind.DISTRICT, UnitKind.CITY, date(2025, 7, 1), False),
        (UnitKind.COMMUNE, UnitKind.CITY, DAY, False),
        (UnitKind.COMMUNE, UnitKind.CITY, date(2025, 7, 1), True),
        (UnitKind.GRASSROOTS_CELL, UnitKind.DISTRICT, DAY, True),
        (UnitKind.CELL, UnitKind.GRASSROOTS_COMMITTEE, DAY, True),
        (UnitKind.CELL, UnitKind.COMMUNE, DAY, False),
        (UnitKind.CELL, UnitKind.COMMUNE, date(2025, 7, 1), True),
        (UnitKind.CELL, UnitKind.CITY, DAY, False),
    ],
)
def test_where_a_kind_usually_stands_depends_on_the_day(kind, parent, day, usual):
    assert rules.usually_stands_under(kind, parent, day) is usual


def test_every_usual_place_keeps_the_order_of_levels_and_names_its_source():
    for place in rules.usual_places():
        assert place.source
        assert place.mark in {"C", "P", "D"}
        assert all(rules.may_stand_under(place.kind, parent) for parent in place.under)


@pytest.mark.parametrize(
    ("block", "above", "figures_only"),
    [
        ("army", False, True),
        ("police", False, True),
        ("office", False, False),
        ("", False, False),
        ("office", True, True),
    ],
)
def test_the_army_and_the_police_keep_figures_only(block, above, figures_only):
    assert rules.keeps_figures_only(block, parent_keeps_figures_only=above) is figures_only


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("Đảng bộ huyện Sóc Sơn", "Sóc Sơn"),
        ("Đảng bộ thành phố Hà Nội", "Hà Nội"),
        ("Đảng bộ xã Phù Lỗ", "Phù Lỗ"),
        ("Đảng bộ thị trấn Phúc Thọ", "Phúc Thọ"),
        ("Đảng bộ Công an huyện", ""),
        ("Chi bộ thôn Đoài", ""),
    ],
)
def test_the_place_a_papers_date_line_names_is_in_the_name_of_the_unit(unit, place):
    assert rules.place_in(unit) == place
