"""A list of members, at the command line: as offices keep it, told row by row, taken in or refused."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from nennep.core.models import Installation
from nennep.imports.models import Import
from nennep.imports.tests.factories import command
from nennep.indicators.queries.verifying import verify
from nennep.members.actions import admit_member
from nennep.members.choices import PositionTitle, StandingKind
from nennep.members.models import (
    Exemption,
    Member,
    Position,
    Standing,
    Stay,
    WorkingSpell,
)
from nennep.members.queries import roll_on
from nennep.members.tests.factories import UserFactory, officer
from nennep.organisation.choices import Block, UnitKind
from nennep.organisation.models import Body, PartyGroup
from nennep.organisation.tests.factories import make_unit

pytestmark = pytest.mark.django_db
HEADINGS = [
    "STT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Chi bộ",
]
LIST = [
    HEADINGS,
    [1, "Nguyễn Văn An", "Nam", "3-2-1956", "19/5/1980", date(1981, 5, 19), "DONG-1"],
    [2, "Trần Thị Bình", "Nữ", 1960, "3/2/1985", "3/2/1986", "Chi bộ thôn Đông 2"],
    [3, "Lê Minh Châu", "nam", "06/12/1999", "6-12-2023", None, "DONG-1"],
]
TODAY = date(2024, 6, 13)


@pytest.fixture
def ward():
    ward = make_unit("Đảng bộ xã Đông", kind=UnitKind.GRASSROOTS_COMMITTEE, code="DONG")
    for n in (1, 2):
        make_unit(f"Chi bộ thôn Đông {n}", parent=ward, code=f"DONG-{n}")
    return ward


def take(rows, tmp_path, *words, under="DONG"):
    return command("import_members", rows, tmp_path, "--under", under, *words)


def with_standing(rows):
    return [
        [*rows[0], "Đối tượng"],
        *[[*row, "Chính thức" if row[5] else "Dự bị"] for row in rows[1:]],
    ]


def test_a_preview_tells_what_would_happen_and_changes_nothing(ward, tmp_path):
    answer = take(with_standing(LIST), tmp_path)

    assert answer == {
        "rows": 3, "new": 3, "changed": 0, "same": 0, "duplicates": 0, "errors": [],
        "left_out": [], "applied": False, "exit": 0,
    }  # fmt: skip
    assert Member.objects.count() == 0


def test_a_list_is_taken_in_whole_and_the_figures_follow(ward, tmp_path):
    answer = take(with_standing(LIST), tmp_path, "--apply")

    assert (answer["new"], answer["applied"]) == (3, True)
    people = {m.full_name: m for m in Member.objects.all()}
    an = people["Nguyễn Văn An"]
    assert (an.sex, an.birth_date, an.admitted_on, an.recognised_on) == (
        "male", date(1956, 2, 3), date(1980, 5, 19), date(1981, 5, 19)
    )  # fmt: skip
    assert (people["Trần Thị Bình"].birth_year, people["Trần Thị Bình"].birth_date) == (1960, None)
    assert {
        (s.member.full_name, s.unit.code, s.kind, s.valid_from) for s in Standing.objects.all()
    } == {
        ("Nguyễn Văn An", "DONG-1", StandingKind.OFFICIAL, TODAY),
        ("Trần Thị Bình", "DONG-2", StandingKind.OFFICIAL, TODAY),
        ("Lê Minh Châu", "DONG-1", StandingKind.PROBATIONARY, TODAY),
    }
    assert verify().differences == ()


def test_taken_in_twice_nothing_changes(ward, tmp_path):
    rows = with_standing(LIST)
    take(rows, tmp_path, "--apply")
    before = [list(model.objects.order_by("id").values_list()) for model in (Member, Standing)]

    answer = take(rows, tmp_path, "--apply")
    assert (answer["same"], answer["new"], answer["changed"]) == (3, 0, 0)
    assert [list(m.objects.order_by("id").values_list()) for m in (Member, Standing)] == before


def test_a_whole_roll_begins_where_the_ledger_begins(ward, tmp_path):
    Installation.objects.create(counts_from=date(2024, 3, 1))
    take(with_standing(LIST), tmp_path, "--apply")

    assert set(Standing.objects.values_list("valid_from", flat=True)) == {date(2024, 3, 1)}

    late = [*LIST[:1], [1, "Vũ Thị Dung", "Nữ", 1990, "1/4/2024", None, "DONG-1"]]
    take(with_standing(late), tmp_path, "--apply")
    assert Standing.objects.get(member__full_name="Vũ Thị Dung").valid_from == TODAY


def test_everything_the_roll_may_hold_comes_in(ward, tmp_path):
    rows = [
        ["Họ đệm", "Tên", "Năm sinh Nam", "Năm sinh Nữ", "Đối tượng", "Chi bộ", "Tổ đảng",
         "Đang công tác", "Miễn sinh hoạt", "Miễn đến ngày", "Tạm thời", "Tạm thời đến ngày",
         "Chức vụ", "Giữ chức vụ từ ngày", "Điện thoại cơ quan", "Số thẻ đảng", "Trên sổ từ ngày"],
        ["NGUYỄN VĂN", "AN", 1956, None, "CT", "DONG-1", "Tổ 1", "x", None, None, None, None,
         "Bí thư", "1-3-2024", "024 3885 1234", "12345678", "1-1-2024"],
        ["Trần Thị", "Bình", None, "3-2-1940", "ĐVCT", "DONG-1", "Tổ 1", None, "tuổi cao", None, None,
         None, None, None, None, None, "1-1-2024"],
        ["Lê", "Châu", 1990, None, "CT", "DONG-1", None, None, "có thời hạn", "1-9-2024", None, None,
         "Chi ủy viên", None, None, None, "1-1-2024"],
        ["Đỗ", "Dũng", 1991, None, "CT", "DONG-1", None, None, None, None, "đi", "1-9-2024", None, None,
         None, None, "1-1-2024"],
        ["Vũ Thị", "Giang", None, 1992, "CT", "DONG-1", None, None, None, None, "đến", "1-9-2024", None,
         None, None, None, None],
    ]  # fmt: skip
    answer = take(rows, tmp_path, "--apply")

    assert (answer["errors"], answer["new"]) == ([], 5)
    cell = Body.objects.get().unit
    roll = {e.name: (str(e.status), e.position, e.is_working) for e in roll_on(cell, TODAY)}
    assert roll == {
        "Nguyễn Văn An": ("required", PositionTitle.SECRETARY, True),
        "Trần Thị Bình": ("exempt", None, False),
        "Lê Châu": ("exempt", PositionTitle.COMMITTEE_MEMBER, False),
        "Đỗ Dũng": ("away", None, False),
        "Vũ Thị Giang": ("here", None, False),
    }
    an = Member.objects.get(full_name="Nguyễn Văn An")
    assert (an.office_phone, bool(an.sealed_card_number)) == ("024 3885 1234", True)
    assert Position.objects.get(member=an).valid_from == date(2024, 3, 1)
    assert PartyGroup.objects.get().name == "Tổ 1"
    assert Exemption.objects.count() + Stay.objects.count() + WorkingSpell.objects.count() == 5
    assert take(rows, tmp_path)["same"] == 5


def test_what_is_said_anew_is_changed_and_an_empty_cell_changes_nothing(ward, tmp_path):
    take(with_standing(LIST), tmp_path, "--apply")
    rows = [
        [
            "Họ và tên",
            "Giới tính",
            "Ngày sinh",
            "Ngày chính thức",
            "Chi bộ",
            "Tổ đảng",
            "Đang công tác",
        ],
        ["Nguyễn Văn An", "Nam", 1956, None, "DONG-1", "Tổ 2", None],
        ["Trần Thị Bình", "Nữ", "1-5-1960", None, "DONG-2", None, "x"],
        ["Lê Minh Châu", "Nam", 1999, "13-6-2024", "DONG-1", None, None],
    ]
    answer = take(rows, tmp_path, "--apply")

    assert (answer["changed"], answer["errors"]) == (3, [])
    assert Standing.objects.get(member__full_name="Nguyễn Văn An").party_group.name == "Tổ 2"
    binh = Member.objects.get(full_name="Trần Thị Bình")
    assert (binh.birth_date, binh.recognised_on) == (date(1960, 5, 1), date(1986, 2, 3))
    assert binh.working_spells.count() == 1
    chau = Member.objects.get(full_name="Lê Minh Châu")
    assert chau.standings.get(valid_to=None).kind == StandingKind.OFFICIAL
    assert verify().differences == ()


def test_columns_the_roll_may_not_hold_are_named_and_left_out(ward, tmp_path):
    rows = [[*row] for row in with_standing(LIST)]
    for number, row in enumerate(rows):
        row[2:2] = [["Dân tộc", "Kinh"][number > 0], ["Số CCCD", "001200012345"][number > 0]]
        row += [["Tôn giáo", "Không"][number > 0], ["Mã số", "036200012345"][number > 0],
                ["Sở thích", "cờ"][number > 0]]  # fmt: skip
    answer = take(rows, tmp_path, "--apply")

    assert answer["left_out"] == ["Dân tộc", "Số CCCD", "Tôn giáo", "Mã số", "Sở thích"]
    assert (answer["new"], answer["exit"]) == (3, 0)
    kept = json.dumps(list(Import.objects.values("counts", "left_out", "answers", "mapping")))
    assert "001200012345" not in kept


def test_the_same_name_and_birth_date_is_possibly_the_same_person_and_left_out(ward, tmp_path):
    take(with_standing(LIST), tmp_path, "--apply")
    rows = [
        HEADINGS,
        [1, "Nguyễn Văn An", "Nam", "3-2-1956", None, "1-1-1990", "DONG-2"],
        [2, "Nguyễn Văn An", "Nam", "4-2-1956", None, "1-1-1990", "DONG-2"],
        [3, "Phạm Thị Hoa", "Nữ", "1-1-1970", None, "1-1-1990", "DONG-2"],
        [4, "Phạm Thị Hoa", "Nữ", "1-1-1970", None, "1-1-1990", "DONG-1"],
        [5, "Trần Thị Bình", "Nữ", "1960", None, "1-1-1990", "DONG-1"],
    ]
    answer = take(rows, tmp_path, "--apply")

    assert (answer["duplicates"], answer["new"]) == (2, 3)
    assert Member.objects.filter(full_name="Nguyễn Văn An").count() == 2


def test_duplicates_out_of_sight_are_not_looked_for(ward, tmp_path):
    elsewhere = make_unit("Chi bộ xa", kind=UnitKind.GRASSROOTS_CELL)
    admit_member(
        elsewhere, full_name="Nguyễn Văn An", sex="male", birth_date=date(1956, 2, 3),
        kind=StandingKind.OFFICIAL, on=TODAY, by=UserFactory(),
    )  # fmt: skip

    assert take(with_standing(LIST), tmp_path)["duplicates"] == 0


def test_namesakes_of_one_cell_meet_their_own_entries_again(ward, tmp_path):
    rows = [
        HEADINGS,
        *[[n, "Nguyễn Thị Lan", "Nữ", 1950, None, f"{n}-1-1990", "DONG-1"] for n in (1, 2)],
    ]
    take(rows, tmp_path, "--apply")

    assert Member.objects.count() == 2
    assert take(rows, tmp_path)["same"] == 2


def test_lists_as_offices_keep_them_are_read(ward, tmp_path):
    rows = [
        ["ĐẢNG BỘ XÃ ĐÔNG", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["DANH SÁCH ĐẢNG VIÊN"],
        ["TT", "Họ và tên", "Giới tính", "Ngày sinh", "Chính thức", "Ghi chú"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["Chi bộ thôn Đông 1"],
        [1, "Nguye\u0302\u0303n Va\u0306n An", "Nam", "03.02.1956", "19-5-1981", None],
        [2, "Ðỗ Thị BÌNH", "Nữ", "ngày 09 tháng 6 năm 1960", "1/1/1990", "x"],
        ["II. Chi bộ thôn Đông 2"],
        [1, "LÊ MINH CHÂU", "Nam", 1970.0, "1/1/1995", None],
        [None, "Tổng cộng: 3 đảng viên"],
        [None, None, None, None, "Ngày 1 tháng 6 năm 2024"],
        [None, "Người lập biểu", None, None, "BÍ THƯ"],
    ]
    rows[7] = ["Chi bộ thôn Đông 2"]
    answer = take(rows, tmp_path, "--apply")

    assert (answer["errors"], answer["rows"], answer["new"]) == ([], 3, 3)
    assert set(Member.objects.values_list("full_name", "unit__code")) == {
        ("Nguyễn Văn An", "DONG-1"), ("Đỗ Thị BÌNH", "DONG-1"), ("Lê Minh Châu", "DONG-2")
    }  # fmt: skip


def test_letters_of_old_fonts_are_asked_back_and_converted_on_request(ward, tmp_path):
    rows = [
        ["Hä vµ tªn", "Giíi tÝnh", "Ngµy sinh", "Ngµy chÝnh thøc", "Chi bé"],
        ["NguyÔn V¨n Vò", "Nam", "3/2/1956", "1/1/1980", "DONG-1"],
        ["TrÇn ThÞ H­¬ng", "N÷", "3/2/1957", "1/1/1980", "Chi bé th«n §«ng 2"],
    ]
    asked = take(rows, tmp_path, "--apply")

    assert asked["exit"] == 1
    assert all("TCVN3" in error["problem"] for error in asked["errors"])
    assert Member.objects.count() == 0

    answer = take(rows, tmp_path, "--apply", "--convert", "tcvn3")
    assert answer["new"] == 2
    assert set(Member.objects.values_list("full_name", flat=True)) == {
        "Nguyễn Văn Vũ",
        "Trần Thị Hương",
    }


def test_a_year_in_front_is_asked_back(ward, tmp_path):
    rows = [HEADINGS, [1, "Nguyễn Văn An", "Nam", "1956-02-03", None, "1980-05-19", "DONG-1"]]
    asked = take(rows, tmp_path)

    assert [(e["row"], e["column"]) for e in asked["errors"]] == [(2, "D"), (2, "F")]
    assert take(rows, tmp_path, "--year-first")["new"] == 1


def test_each_faulty_cell_is_named_with_its_address_and_the_remedy(ward, tmp_path):
    make_unit("Chi bộ Công an", kind=UnitKind.CELL, parent=ward, code="DONG-CA", block=Block.POLICE)
    rows = [
        [*HEADINGS, "Chức vụ"],
        [1, None, "Nam", 1950, None, "1-1-1980", "DONG-1", None],
        [2, "Nguyễn Văn 2", "Nam", 1950, None, "1-1-1980", "DONG-1", None],
        [3, "Nguyễn Văn Ba", None, 1950, None, "1-1-1980", "DONG-1", None],
        [4, "Nguyễn Văn Tư", "Nam", None, None, "1-1-1980", "DONG-1", None],
        [5, "Nguyễn Văn Năm", "Nam", "=1950+1", None, "1-1-1980", "DONG-1", None],
        [6, "Nguyễn Văn Sáu", "Nam", 1950, "1-1-1981", "1-1-1980", "DONG-1", None],
        [7, "Nguyễn Văn Bảy", "Nam", 1950, None, None, "DONG-1", None],
        [8, "Nguyễn Văn Tám", "Nam", 1950, None, "1-1-1980", "DONG-9", None],
        [9, "Nguyễn Văn Chín", "Nam", 1950, None, "1-1-1980", "DONG-CA", None],
        [10, "Nguyễn Văn Mười", "Nam", 1950, None, "1-1-1980", "DONG-1", "Hiệu trưởng"],
        [11, "Nguyễn Văn Mốt", "Nam", 1950, None, "1-1-1980", "DONG-1", "Bí thư"],
        [12, "Nguyễn Văn Hai", "Nam", 1950, None, "1-1-1980", "DONG-1", "Bí thư"],
        [13, "Nguyễn Văn Bách", "Nam", 1850, None, "32-1-1980", "DONG-1", None],
    ]  # fmt: skip
    answer = take(rows, tmp_path, "--apply")

    assert (answer["exit"], answer["applied"], Member.objects.count()) == (1, False, 0)
    assert sorted((e["row"], e["column"]) for e in answer["errors"]) == [
        (2, "B"), (3, "B"), (4, "C"), (5, "D"), (6, "D"), (7, "F"), (8, "B"), (9, "G"), (10, "G"),
        (11, "H"), (13, "H"), (14, "D"), (14, "F"),
    ]  # fmt: skip
    assert answer["errors"][0]["problem"] == "Ô B2 (Họ và tên): Hãy ghi họ và tên."


def test_a_table_without_a_needed_column_says_so_once(ward, tmp_path):
    answer = take([["Họ và tên", "Chi bộ"], ["Nguyễn Văn An", "DONG-1"]], tmp_path)

    assert [error["row"] for error in answer["errors"]] == [1]
    assert "Ngày sinh, Giới tính" in answer["errors"][0]["problem"]


def test_who_is_not_said_to_be_probationary_is_official_when_that_is_said(ward, tmp_path):
    rows = [HEADINGS[:5] + HEADINGS[6:], [1, "Nguyễn Văn An", "Nam", 1950, "1-1-1980", "DONG-1"]]

    assert take(rows, tmp_path)["errors"] != []
    assert take(rows, tmp_path, "--official")["new"] == 1


def test_a_cell_takes_in_its_own_list_without_naming_itself(ward, tmp_path):
    rows = [
        ["Họ và tên", "Giới tính", "Năm sinh", "Chính thức"],
        ["Nguyễn Văn An", "Nam", 1950, "1-1-1980"],
    ]

    assert take(rows, tmp_path, "--apply", under="DONG-2")["new"] == 1
    assert Member.objects.get().unit.code == "DONG-2"


def test_the_template_is_recognised_by_itself(ward, tmp_path):
    template = tmp_path / "mẫu.xlsx"
    call_command("import_members", "--template", str(template))
    sheet = load_workbook(template).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    row = {"Họ và tên": "Nguyễn Văn An", "Giới tính": "Nam", "Ngày sinh": "3-2-1956",
           "Đối tượng": "Chính thức", "Chi bộ": "DONG-1"}  # fmt: skip

    answer = take([headings, [row.get(heading) for heading in headings]], tmp_path)
    assert (answer["new"], answer["left_out"], answer["errors"]) == (1, [], [])


def test_a_secretary_may_not_found_what_is_not_there(ward, tmp_path):
    from nennep.imports.tests.factories import read
    from nennep.organisation.models import Unit

    cell = Unit.objects.get(code="DONG-1")
    secretary = officer(cell, "secretary")
    rows = [["Họ và tên", "Giới tính", "Năm sinh", "Chính thức", "Tổ đảng", "Chức vụ"],
            ["Nguyễn Văn An", "Nam", 1950, "1-1-1980", "Tổ 1", "Bí thư"]]  # fmt: skip

    assert read(cell, "members", rows, secretary).counts["error"] == 1


def test_one_person_twice_in_a_list_stays_one_however_often_it_is_taken_in(ward, tmp_path):
    rows = with_standing([*LIST, [4, *LIST[1][1:6], "DONG-2"]])
    first = take(rows, tmp_path, "--apply")
    assert (first["new"], first["duplicates"]) == (3, 1)

    again = take(rows, tmp_path, "--apply")
    assert (again["new"], again["same"], again["duplicates"]) == (0, 3, 1)
    assert Member.objects.filter(full_name="Nguyễn Văn An").count() == 1


def test_a_name_that_was_worked_out_is_a_fault_and_a_sum_is_passed_over(ward, tmp_path):
    rows = with_standing(LIST)
    answer = take([*rows, [4, *["=A1"] * 6, None]], tmp_path)
    assert {error["row"] for error in answer["errors"]} == {5}
    total = take([*rows, ["Tổng cộng", "=COUNTA(B2:B4)", *[None] * 6]], tmp_path)
    assert (total["rows"], total["errors"]) == (3, [])
