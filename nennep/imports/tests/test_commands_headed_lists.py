"""Lists laid out as offices lay them out: cells above their members, names in halves, sums, notes."""

from datetime import date

import pytest

from nennep.imports.queries.preview import judged_lines
from nennep.imports.tests.factories import command, read
from nennep.members.models import Member
from nennep.organisation.choices import UnitKind
from nennep.organisation.tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    ward = make_unit("Đảng bộ xã Đông", kind=UnitKind.GRASSROOTS_COMMITTEE, code="DONG")
    for n in (1, 2):
        make_unit(f"Chi bộ thôn Đông {n}", parent=ward, code=f"DONG-{n}")
    return ward


def take(rows, tmp_path, *words):
    return command("import_members", rows, tmp_path, "--under", "DONG", *words)


def under_headings(*rows):
    """A list without a column for the cell: rows of a text alone head the members below them."""
    head = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Ngày chính thức"]
    return [head, *[row if isinstance(row, list) else [row] for row in rows]]


def test_numbered_headings_within_a_list_say_whose_members_follow(ward, tmp_path):
    rows = under_headings(
        "I. CHI BỘ THÔN ĐÔNG 1 (1 đảng viên)",
        [1, "Nguyễn Văn An", "Nam", 1956, "3-2-1981"],
        ["II", "CB thôn Đông 2"],
        [1, "Trần Thị Bình", "Nữ", 1960, "3-2-1986"],
    )

    assert take(rows, tmp_path, "--apply")["new"] == 2
    assert set(Member.objects.values_list("full_name", "unit__code")) == {
        ("Nguyễn Văn An", "DONG-1"),
        ("Trần Thị Bình", "DONG-2"),
    }


def test_the_preview_says_to_which_cell_each_row_below_a_heading_goes(ward):
    clerk = make_user(("organisation_officer", ward))
    rows = under_headings(
        "I. Chi bộ thôn Đông 1",
        [1, "Nguyễn Văn An", "Nam", 1956, "3-2-1981"],
        "II. Chi bộ thôn Đông 2",
        [2, "Trần Thị Bình", "Nữ", 1960, "3-2-1986"],
    )

    told = [line.note for line in judged_lines(read(ward, "members", rows, clerk))]
    assert told == [
        "Chi bộ thôn Đông 1, trên sổ từ 13-6-2024",
        "Chi bộ thôn Đông 2, trên sổ từ 13-6-2024",
    ]


def test_members_below_the_name_of_an_unknown_cell_belong_to_none_before_it(ward, tmp_path):
    rows = under_headings(
        "Chi bộ thôn Đông 1",
        [1, "Nguyễn Văn An", "Nam", 1956, "3-2-1981"],
        "Chi bộ thôn Đông 3",
        [2, "Trần Thị Bình", "Nữ", 1960, "3-2-1986"],
    )

    answer = take(rows, tmp_path, "--apply")
    assert (answer["applied"], answer["exit"], answer["new"]) == (False, 1, 1)
    assert answer["errors"] == [
        {
            "row": 5,
            "column": "B",
            "problem": "Ô B5 (Họ và tên): Hàng 4 phía trên: Không có chi bộ “Chi bộ thôn Đông 3” thuộc “Đảng bộ xã Đông”."
            " Hãy ghi mã hoặc tên đầy đủ.",
        }
    ]


def test_headings_of_committees_tell_cells_of_one_name_apart(ward, tmp_path):
    for n in (1, 2):
        above = make_unit(f"Đảng bộ bộ phận {n}", parent=ward, kind=UnitKind.SECTION, code=f"BP{n}")
        make_unit("Chi bộ 1", parent=above, code=f"BP{n}-1")
    rows = under_headings(
        "A. Đảng bộ bộ phận 2",
        "I. Chi bộ 1",
        [1, "Nguyễn Văn An", "Nam", 1956, "3-2-1981"],
    )

    assert take(rows, tmp_path, "--apply")["new"] == 1
    assert Member.objects.get().unit.code == "BP2-1"


def test_a_cell_is_found_by_the_short_forms_of_its_name(ward, tmp_path):
    head = ["Họ và tên", "Giới tính", "Ngày sinh", "Ngày chính thức", "Chi bộ", "Chức vụ", "Số ĐT"]
    rows = [
        head,
        [
            "Nguyễn Văn An",
            "Nam",
            1956,
            "3-2-1981",
            "CB thôn Đông 1",
            "Bí thư kiêm Trưởng thôn",
            "09",
        ],
        ["Trần Thị Bình", "Nữ", 1960, "3-2-1986", "Thôn Đông 2", None, "09"],
    ]

    answer = take(rows, tmp_path, "--apply")
    assert (answer["new"], answer["left_out"]) == (2, ["Số ĐT"])
    assert set(Member.objects.values_list("full_name", "unit__code")) == {
        ("Nguyễn Văn An", "DONG-1"),
        ("Trần Thị Bình", "DONG-2"),
    }


def test_years_of_two_digits_are_asked_about_once_for_the_whole_file(ward, tmp_path):
    rows = [
        ["Họ và tên", "Giới tính", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức", "Chi bộ SH"],
        ["Nguyễn Văn An", "Nam", "12/10/70", "3/2/99", "3/2/00", "DONG-1"],
    ]

    assert len(take(rows, tmp_path)["errors"]) == 3
    assert take(rows, tmp_path, "--short-years", "--apply")["new"] == 1
    an = Member.objects.get()
    assert (an.birth_date, an.admitted_on, an.recognised_on) == (
        date(1970, 10, 12), date(1999, 2, 3), date(2000, 2, 3)
    )  # fmt: skip


def test_a_short_year_of_a_day_to_come_is_not_guessed(ward, tmp_path):
    rows = [
        ["Họ và tên", "Giới tính", "Ngày sinh", "Ngày chính thức", "Chi bộ", "Miễn đến ngày"],
        ["Nguyễn Văn An", "Nam", "12/10/70", "3/2/2000", "DONG-1", "1/1/25"],
    ]

    answer = take(rows, tmp_path, "--short-years", "--apply")
    assert (answer["new"], [e["column"] for e in answer["errors"]]) == (0, ["F"])


PERSON = [1, "Nguyễn Văn An", "Nam", "3/2/1956", "3-2-1981"]


@pytest.mark.parametrize("head", ["Họ và tên", None])
def test_a_name_in_two_columns_below_one_heading_is_one_name(ward, tmp_path, head):
    """Merged over both, or with nothing above the second."""
    rows = [
        ["STT", "Họ và tên", head, "Giới tính", "Ngày sinh", "Ngày chính thức"],
        [1, "Nguyễn Văn", "An", *PERSON[2:]],
        [2, "Trần Thị", "Bình", "Nữ", "4/5/1960", "3-2-1986"],
    ]

    assert command("import_members", rows, tmp_path, "--under", "DONG-1", "--apply")["new"] == 2
    assert set(Member.objects.values_list("full_name", flat=True)) == {
        "Nguyễn Văn An",
        "Trần Thị Bình",
    }


@pytest.mark.parametrize(
    "written",
    ["Đ/c Nguyễn Văn An", "đồng chí NGUYỄN VĂN AN", "Nguyễn Văn An\u200b", "\ufeffNguyễn Văn An"],
)
def test_what_stands_around_a_name_is_not_kept_as_a_part_of_it(ward, tmp_path, written):
    rows = under_headings("Chi bộ thôn Đông 1", [1, written, *PERSON[2:]])
    take(rows, tmp_path, "--apply")

    name = Member.objects.get().full_name
    assert name.casefold() == "nguyễn văn an"
    assert name.istitle()


def test_a_name_with_a_note_in_it_is_asked_back(ward, tmp_path):
    rows = under_headings("Chi bộ thôn Đông 1", [1, "Nguyễn Văn An (Bí thư)", *PERSON[2:]])
    [problem] = take(rows, tmp_path)["errors"]

    assert problem["column"] == "B"
    assert "“Nguyễn Văn An (Bí thư)” không phải là họ tên" in problem["problem"]


def test_a_sum_is_nobody_and_a_person_called_like_one_is_somebody(ward, tmp_path):
    rows = under_headings(
        "Chi bộ thôn Đông 1",
        PERSON,
        ["Cộng", 1],
        ["", "Tổng cộng: 01 đồng chí"],
        ["", "TONG SO: 1"],
        [2, "Tống Văn Bình"],
        [3, "Công Thị Hoa"],
    )
    answer = take(rows, tmp_path)

    assert (answer["rows"], answer["new"]) == (3, 1)
    assert {problem["row"] for problem in answer["errors"]} == {7, 8}
