"""A table of organisations, at the command line: what it says, what it changes, what it refuses."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from nennep.core.models import TrailLine
from nennep.imports.models import Import
from nennep.imports.tests.factories import UNIT_HEADINGS, command
from nennep.indicators.queries.verifying import verify
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.models import Body, Placement, Term, Unit
from nennep.organisation.tests.factories import make_unit

pytestmark = pytest.mark.django_db
LIST = [
    UNIT_HEADINGS,
    ["CB-1", "Chi bộ thôn Đông 1", "Chi bộ trực thuộc", "Thôn, tổ dân phố", "DB-DONG"],
    ["CB-2", "Chi bộ thôn Đông 2", "chi bộ", "thôn", "Đảng bộ xã Đông"],
    ["DB-DONG", "Đảng bộ xã Đông", "Đảng bộ cơ sở", None, None],
    ["CB-CA", "Chi bộ Công an xã", "Chi bộ cơ sở", "Công an", None],
]


@pytest.fixture
def ward():
    return make_unit("Đảng bộ huyện Sóc Sơn", kind=UnitKind.DISTRICT, code="SOCSON")


def take(rows, tmp_path, *words):
    return command("import_units", rows, tmp_path, "--under", "SOCSON", *words)


def test_a_preview_changes_nothing(ward, tmp_path):
    answer = take(LIST, tmp_path)

    assert answer == {
        "rows": 4, "new": 4, "changed": 0, "same": 0, "duplicates": 0, "errors": [],
        "left_out": [], "applied": False, "exit": 0,
    }  # fmt: skip
    assert Unit.objects.filter(parent=ward).count() == 0
    assert Import.objects.count() == 0


def test_parents_are_created_before_what_stands_under_them_whatever_the_order(ward, tmp_path):
    answer = take(LIST, tmp_path, "--apply")

    assert (answer["applied"], answer["exit"]) == (True, 0)
    tree = {
        unit.code: (unit.kind, unit.block, unit.parent.code, unit.is_figures_only)
        for unit in Unit.objects.filter(depth__gt=ward.depth)
    }
    assert tree == {
        "CB-1": (UnitKind.CELL, Block.RESIDENTIAL, "DB-DONG", False),
        "CB-2": (UnitKind.CELL, Block.RESIDENTIAL, "DB-DONG", False),
        "DB-DONG": (UnitKind.GRASSROOTS_COMMITTEE, "", "SOCSON", False),
        "CB-CA": (UnitKind.GRASSROOTS_CELL, Block.POLICE, "SOCSON", True),
    }
    assert verify().differences == ()


def test_taken_in_twice_nothing_changes(ward, tmp_path):
    take(LIST, tmp_path, "--apply")
    places = list(Placement.objects.values_list())

    answer = take(LIST, tmp_path, "--apply")
    assert (answer["same"], answer["new"], answer["changed"]) == (4, 0, 0)
    assert list(Placement.objects.values_list()) == places


def test_codes_are_made_where_none_is_given_and_found_again(ward, tmp_path):
    rows = [
        ["Tên tổ chức đảng", "Trực thuộc"],
        ["Đảng bộ xã Đông", None],
        ["Chi bộ thôn 1", "Đảng bộ xã Đông"],
        ["Chi bộ thôn 2", "Đảng bộ xã Đông"],
        ["Chi bộ Huyện đoàn", None],
        ["Tổng cộng: 4", None],
    ]
    first = take(rows, tmp_path, "--apply")
    made = dict(Unit.objects.filter(depth__gt=ward.depth).values_list("code", "kind"))

    assert first["rows"] == 4
    assert made == {
        "SOCSON-01": UnitKind.GRASSROOTS_COMMITTEE, "SOCSON-01-01": UnitKind.CELL,
        "SOCSON-01-02": UnitKind.CELL, "SOCSON-02": UnitKind.GRASSROOTS_CELL,
    }  # fmt: skip
    assert take(rows, tmp_path)["same"] == 4


def test_what_differs_is_changed_from_today_on_and_the_past_stays(ward, tmp_path):
    take(LIST, tmp_path, "--apply")
    rows = [[*row] for row in LIST]
    rows[1][1], rows[2][3] = "Chi bộ thôn Đông Một", "Hành chính, sự nghiệp"

    answer = take(rows, tmp_path, "--apply")
    assert (answer["changed"], answer["same"], answer["exit"]) == (2, 2, 0)
    names = Placement.objects.filter(unit__code="CB-1").order_by("valid_from")
    assert list(names.values_list("name", "valid_from")) == [
        ("Chi bộ thôn Đông 1", ward.founded_on),
        ("Chi bộ thôn Đông Một", date(2024, 6, 13)),
    ]
    assert Unit.objects.get(code="CB-2").block == Block.OFFICE


def test_terms_and_committees_come_with_their_cells(ward, tmp_path):
    headings = [*UNIT_HEADINGS, "Có chi ủy", "Nhiệm kỳ", "Nhiệm kỳ từ ngày", "Nhiệm kỳ đến ngày"]
    rows = [
        headings,
        ["CB-1", "Chi bộ Huyện đoàn", None, None, None, "x", "2022–2025", "1-6-2022", None],
        [
            "CB-2",
            "Chi bộ Hội Phụ nữ",
            None,
            None,
            None,
            "không",
            None,
            date(2022, 6, 2),
            "1-6-2025",
        ],
    ]
    take(rows, tmp_path, "--apply")

    assert list(Body.objects.values_list("unit__code", "kind")) == [
        ("CB-1", BodyKind.CELL_COMMITTEE), ("CB-2", BodyKind.CELL_SECRETARIAT)
    ]  # fmt: skip
    assert list(Term.objects.values_list("label", "starts_on", "ends_on")) == [
        ("2022–2025", date(2022, 6, 1), None), ("2022–2025", date(2022, 6, 2), date(2025, 6, 1))
    ]  # fmt: skip
    assert take(rows, tmp_path)["same"] == 2


def test_each_faulty_cell_is_named_and_nothing_is_taken_in(ward, tmp_path):
    rows = [
        [*UNIT_HEADINGS, "Ngày thành lập", "Mã quốc gia"],
        ["CB 1", "Chi bộ 1", None, None, None, None, None],
        ["CB-2", "Chi bộ 2", "Chi hội", None, None, "2020-06-01", None],
        ["CB-3", "Chi bộ 3", None, None, "Đảng bộ xã Tây", None, "123"],
        ["CB-3", None, "Chi bộ cơ sở", None, None, "1-1-2019", None],
        ["DB-X", "Đảng bộ X", "Đảng bộ huyện", None, None, None, None],
        ["CB-5", "Chi bộ 5", None, None, "CB-6", None, None],
        ["CB-6", "Chi bộ 6", None, None, "CB-5", None, None],
    ]
    answer = take(rows, tmp_path, "--apply")

    assert (answer["exit"], answer["applied"]) == (1, False)
    places = sorted((e["row"], e["column"]) for e in answer["errors"])
    assert places == [
        (2, "A"), (3, "C"), (3, "F"), (4, "E"), (4, "G"), (5, "A"), (5, "B"), (5, "F"), (6, "C"),
        (7, "E"), (8, "E"),
    ]  # fmt: skip
    said = {(e["row"], e["column"]): e["problem"] for e in answer["errors"]}
    assert said[2, "A"].startswith("Ô A2 (Mã): “CB 1” không dùng làm mã được.")
    assert "ngày-tháng-năm" in said[3, "F"]
    assert Unit.objects.filter(parent=ward).count() == 0
    assert Import.objects.count() == 0


def test_a_move_is_for_the_units_own_page(ward, tmp_path):
    take(LIST, tmp_path, "--apply")
    rows = [UNIT_HEADINGS, ["CB-1", "Chi bộ thôn Đông 1", None, None, "SOCSON"]]

    (error,) = take(rows, tmp_path)["errors"]
    assert (error["row"], error["column"]) == (2, "E")
    assert "DB-DONG" in error["problem"]


def test_the_same_name_in_the_same_place_under_another_code_is_left_out(ward, tmp_path):
    take(LIST, tmp_path, "--apply")
    rows = [
        UNIT_HEADINGS,
        ["CB-9", "Chi bộ thôn Đông 1", None, None, "DB-DONG"],
        ["CB-8", "Chi bộ thôn Đông 8", None, None, "DB-DONG"],
        ["CB-7", "Chi bộ thôn Đông 8", None, None, "DB-DONG"],
    ]
    answer = take(rows, tmp_path, "--apply")

    assert (answer["duplicates"], answer["new"], answer["applied"]) == (2, 1, True)
    assert not Unit.objects.filter(code__in=["CB-9", "CB-7"]).exists()


def test_a_code_that_is_taken_out_of_sight_is_refused_and_nothing_is_told_of_it(ward, tmp_path):
    make_unit("Chi bộ kín", kind=UnitKind.GRASSROOTS_CELL, code="CB-1")

    (error,) = take([*LIST[:2], LIST[3]], tmp_path)["errors"]
    assert "Chi bộ kín" not in error["problem"]
    assert error["problem"] == "Ô A2 (Mã): Mã CB-1 đã có nơi dùng. Hãy chọn mã khác."


def test_the_template_is_recognised_by_itself(ward, tmp_path):
    template = tmp_path / "mẫu.xlsx"
    call_command("import_units", "--template", str(template))
    book = load_workbook(template)
    book.worksheets[0].append(["CB-1", "01016012000001", "Chi bộ 1", "Chi bộ cơ sở"])
    book.save(template)

    rows = [[c.value for c in row] for row in book.worksheets[0].iter_rows()]
    answer = take(rows, tmp_path, "--apply")
    assert (answer["new"], answer["left_out"]) == (1, [])
    assert Unit.objects.get(code="CB-1").national_code == "01016012000001"


def test_the_trail_has_one_line_with_the_check_sum_of_the_file(ward, tmp_path):
    take(LIST, tmp_path, "--apply")
    (line,) = TrailLine.objects.filter(verb="table taken in")

    assert line.details["added"] == 4
    assert line.details["sha256"] == Import.objects.get().sha256
    assert json.loads(json.dumps(line.details))["file"] == "bảng.xlsx"


def test_a_name_that_was_worked_out_is_a_fault_and_a_sum_is_passed_over(ward, tmp_path):
    worked_out = ["=A1", "=B1", None, None, None]
    assert {e["row"] for e in take([*LIST, worked_out], tmp_path)["errors"]} == {6}
    numbered = [[n or "STT", *row] for n, row in enumerate(LIST)]
    total = ["Tổng cộng", None, "=COUNTA(C2:C5)", None, None, None]
    answer = take([*numbered, total], tmp_path)
    assert (answer["rows"], answer["errors"]) == (4, [])


def test_rows_that_group_others_are_passed_over_and_committees_head_the_cells_below(ward, tmp_path):
    rows = [
        ["STT", "Tên chi bộ, đảng bộ", "Số đảng viên"],
        ["A", "Khối nông thôn", 120],
        ["I", "Đảng bộ xã Đông", 60],
        [1, "Chi bộ thôn Đông 1", 30],
        ["2.", "CB thôn Đông 2", 30],
        ["B", "Khối cơ quan", 20],
        [3, "Chi bộ Cơ quan", 20],
        [None, "Cộng", 140],
    ]

    answer = take(rows, tmp_path, "--apply")
    assert (answer["rows"], answer["new"], answer["errors"]) == (4, 4, [])
    below = Unit.objects.within(ward).exclude(pk=ward.pk)
    assert set(below.values_list("name", "kind", "parent__name")) == {
        ("Đảng bộ xã Đông", UnitKind.GRASSROOTS_COMMITTEE, "Đảng bộ huyện Sóc Sơn"),
        ("Chi bộ thôn Đông 1", UnitKind.CELL, "Đảng bộ xã Đông"),
        ("CB thôn Đông 2", UnitKind.CELL, "Đảng bộ xã Đông"),
        ("Chi bộ Cơ quan", UnitKind.GRASSROOTS_CELL, "Đảng bộ huyện Sóc Sơn"),
    }
    assert take(rows, tmp_path)["same"] == 4


def test_a_numbered_row_of_no_known_kind_is_asked_about_and_not_passed_over(ward, tmp_path):
    answer = take([["STT", "Tên tổ chức đảng"], [1, "Khối nông thôn"]], tmp_path)

    assert (answer["new"], len(answer["errors"])) == (0, 1)
