"""The class table in an office's own form: kept once, confirmed, filled, and else untouched."""

import io
import re
import zipfile
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl.styles import Border, Side

from nennep.accounts.choices import Role
from nennep.accounts.tests.factories import make_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.core.sheets.filling import Form
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import make_cell, ready
from nennep.organisation.models import Unit
from nennep.quality.actions.office_forms import confirm_columns, keep_form, put_form_aside
from nennep.quality.models import OfficeForm
from nennep.quality.queries.classes import ClassRow, ClassTable
from nennep.quality.queries.form_lines import month_lines
from nennep.quality.queries.office_forms import content_of, fill_form, find_form_head
from nennep.quality.tests.factories import put_in_force, scored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADS = [
    "STT",
    "Chi bộ",
    "Đảng viên dự",
    "Ngày",
    "Điểm",
    "Tốt",
    "Khá",
    "Trung bình",
    "Kém",
    "Ý kiến",
]


@pytest.fixture
def cells():
    """Two cells of one commune; the meeting of the first is closed and scored."""
    first = make_cell(official=9)
    put_in_force("rb2")
    make_cell("CB2", "Chi bộ thôn Tây", official=9)
    meeting = ready(first)
    scored(first, meeting)
    meetings.close_minutes(meeting, by=first.secretary)
    return first


def commune():
    return Unit.objects.get(code="XA")


def form(rows=4, names=(), heads=HEADS, foot="Cộng"):
    """Two rows of headings, bordered empty rows, a sum, a signature, and a second sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Biểu"
    page.append(["BIỂU XẾP LOẠI SINH HOẠT CHI BỘ"])
    page.append([])
    page.append(heads)
    page.append([f"({n})" for n in range(1, len(heads) + 1)])
    thin = Side(style="thin")
    for place in range(rows):
        for column in range(1, len(heads) + 1):
            page.cell(5 + place, column).border = Border(thin, thin, thin, thin)
        page.cell(5 + place, 4).number_format = "dd/mm/yyyy"
        page.cell(5 + place, 1, place + 1)
        if place < len(names):
            page.cell(5 + place, 2, names[place])
    page.cell(5 + rows, 2, foot)
    page.cell(5 + rows, 5, f"=SUM(E5:E{4 + rows})")
    page.cell(8 + rows, 8, "T/M ĐẢNG ỦY")
    book.create_sheet("Ghi chú")["A1"] = "Mẫu của văn phòng"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ready_form(content, kind="month", **more):
    kept = keep_form(
        commune(),
        kind=kind,
        name="Biểu 3",
        content=content,
        by=make_person(Role.OFFICER, commune()),
    )
    columns = {int(column): key for column, key in kept.columns.items()}
    return confirm_columns(kept, columns=columns | more, by=kept.kept_by)


def filled(client, kept, query="thang=2024-06"):
    client.force_login(kept.kept_by)
    answer = client.get(f"{reverse('quality:filled-form', args=['XA', kept.public_id])}?{query}")
    if answer.status_code != 200:
        return answer
    return openpyxl.load_workbook(io.BytesIO(answer.content))["Biểu"]


def values(page, row):
    return [cell.value for cell in page[row]]


def test_headings_are_taken_for_what_they_say_and_what_is_unknown_is_left_empty(cells):
    content = form()
    kept = keep_form(commune(), kind="month", name="", content=content, by=cells.officer)

    assert (kept.sheet, kept.head_row, kept.confirmed_at) == ("Biểu", 3, None)
    assert kept.columns == {
        "0": "no", "1": "unit", "2": "present", "3": "day", "4": "points", "5": "good",
        "6": "fair", "7": "medium", "8": "poor",
    }  # fmt: skip
    assert content_of(kept) == content


def test_the_table_stands_in_the_empty_rows_and_below_them_nothing_has_moved(client, cells):
    page = filled(client, ready_form(form()))

    day = page["D5"].value
    assert values(page, 5)[:3] == [1, "Chi bộ thôn Đông", 10]
    assert isinstance(day, date)
    assert [page["E5"].value, *values(page, 5)[5:]] == [86.3, None, "(x)", None, None, None]
    assert values(page, 6)[:3] == [2, "Chi bộ thôn Tây", None]
    assert values(page, 7)[:3] == [3, None, None]
    assert (page["B9"].value, page["E9"].value) == ("Cộng", "=SUM(E5:E8)")
    assert page["H12"].value == "T/M ĐẢNG ỦY"
    assert TrailLine.objects.filter(verb="classes taken as a file").count() == 1


PERIOD_HEADS = [
    "TT",
    "Tên chi bộ",
    *(f"Tháng {n}" for n in range(1, 7)),
    "Số kỳ đã họp",
    "Xếp loại",
]


@pytest.mark.parametrize(
    ("kind", "heads", "query"),
    [("month", HEADS, "thang=2024-06"), ("period", PERIOD_HEADS, "nam=2024&ky=1")],
)
def test_every_part_of_the_file_but_the_filled_rows_is_the_same_byte_for_byte(
    client, cells, kind, heads, query
):
    content = form(heads=heads)
    kept = ready_form(content, kind)
    client.force_login(kept.kept_by)
    url = reverse("quality:filled-form", args=["XA", kept.public_id])
    answer = client.get(f"{url}?{query}")

    def parts(file):
        with zipfile.ZipFile(io.BytesIO(file)) as book:
            return {name: book.read(name) for name in book.namelist()}

    def around(part):
        """The sheet without the rows of the two cells and without remembered results of formulas."""
        outside = re.sub(rb'<row [^>]*r="[56]".*?</row>', b"", part, flags=re.S)
        return re.sub(rb"(</f>)<v ?/>|(</f>)<v>[^<]*</v>", rb"\1\2", outside)

    before, after = parts(content), parts(answer.content)
    sheet = "xl/worksheets/sheet1.xml"
    assert {name for name in before if before[name] != after.get(name)} == {sheet}
    assert list(before) == list(after)
    assert around(before[sheet]) == around(after[sheet]) != after[sheet]


REGULAR = ClassRow(
    "CB1", "Chi bộ Một", present=20, required=22, points=Fraction(91), held_on=date(2024, 6, 5),
    official_class="good", note="2.1 −2",
)  # fmt: skip
THEMATIC = ClassRow(
    "CB1", "Chi bộ Một", is_thematic=True, present=21, required=22, points=Fraction(173, 2),
    held_on=date(2024, 6, 3), self_class="fair",
)  # fmt: skip
NOTED = [*HEADS[:-1], "Ghi chú"]


def filled_with_a_thematic_meeting(content):
    found = find_form_head(Form(content), "month")
    lines = month_lines(ClassTable(None, date(2024, 6, 1), (THEMATIC, REGULAR)))
    written = fill_form(content, found.sheet.name, found.head.last, found.columns, lines)
    return openpyxl.load_workbook(io.BytesIO(written))["Biểu"]


def test_a_thematic_meeting_with_a_score_of_its_own_has_a_row_of_its_own():
    page = filled_with_a_thematic_meeting(form())

    assert [[*values(page, row)[:3], page.cell(row, 5).value] for row in (5, 6)] == [
        [1, "Chi bộ Một (chuyên đề)", 21, 86.5],
        [2, "Chi bộ Một", 20, 91],
    ]
    assert [page.cell(row, 4).value.date() for row in (5, 6)] == [
        date(2024, 6, 3),
        date(2024, 6, 5),
    ]


@pytest.mark.parametrize("second", ["Chi bộ Một", "Chi bộ Một (chuyên đề)"])
def test_in_a_form_that_names_the_cells_it_stands_in_the_second_row_of_its_cell(second):
    page = filled_with_a_thematic_meeting(form(names=["Chi bộ Một", second]))

    assert [values(page, row)[2] for row in (5, 6)] == [20, 21]


def test_where_the_cell_has_one_row_it_is_told_in_the_note():
    page = filled_with_a_thematic_meeting(form(names=["Chi bộ Một"], heads=NOTED))

    assert page["J5"].value == "2.1 −2; họp chuyên đề ngày 3-6-2024, 21/22, 86,5 điểm, (Khá)"


def test_a_form_with_neither_row_nor_note_for_it_is_refused():
    with pytest.raises(Refusal) as refused:
        filled_with_a_thematic_meeting(form(names=["Chi bộ Một"]))
    assert "Chi bộ Một (chuyên đề)" in refused.value.message


def test_a_form_that_names_the_cells_is_filled_by_their_names_in_its_own_order(client, cells):
    kept = ready_form(form(names=["Chi bộ thôn Tây", "CHI BỘ THÔN ĐÔNG"]))
    page = filled(client, kept)

    assert [page["E5"].value, page["E6"].value] == [None, 86.3]
    assert values(page, 6)[:2] == [2, "CHI BỘ THÔN ĐÔNG"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (form(rows=1), "1 empty rows below its headings, the table has 2"),
        (form(names=["Chi bộ thôn Đông"]), "no row for: Chi bộ thôn Tây"),
    ],
)
def test_a_form_without_room_for_a_cell_is_refused_with_what_to_do(client, cells, content, said):
    answer = filled(client, ready_form(content))

    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert "keep it anew" in answer.content.decode()


def test_a_form_that_ends_with_its_headings_takes_as_many_rows_as_there_are(client, cells):
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "Biểu"
    book.active.append(["Tên chi bộ", "Xếp loại"])
    book.save(content)
    page = filled(client, ready_form(content.getvalue()))

    assert [values(page, row) for row in (2, 3)] == [
        ["Chi bộ thôn Đông", "(Fairly good)"],
        ["Chi bộ thôn Tây", None],
    ]


def test_the_table_of_a_half_year_has_a_column_for_each_month(client, cells):
    kept = ready_form(form(heads=PERIOD_HEADS), kind="period")
    page = filled(client, kept, "nam=2024&ky=1")

    assert list(kept.columns.values()) == [
        "no",
        "unit",
        *(f"m{n}" for n in range(1, 7)),
        "held",
        "klass",
    ]
    assert [page["B5"].value, page["I5"].value, page["I6"].value] == ["Chi bộ thôn Đông", 1, 0]


def test_a_person_says_what_the_columns_mean_and_only_then_is_the_form_offered(client, cells):
    client.force_login(cells.officer)
    answer = client.post(
        reverse("quality:office-forms", args=["XA"]),
        {"kind": "month", "name": "Biểu 3", "file": SimpleUploadedFile("bieu.xlsx", form())},
    )
    kept = OfficeForm.objects.get()
    table = reverse("quality:classes", args=["XA"])
    assert answer.url == reverse("quality:office-form", args=[kept.public_id])
    assert "Biểu 3" not in client.get(table).content.decode()

    chosen = {f"column_{column}": key for column, key in kept.columns.items()}
    twice = client.post(answer.url, chosen | {"column_9": "points"})
    assert (twice.status_code, "the same: Điểm" in twice.content.decode()) == (422, True)
    nowhere = client.post(answer.url, chosen | {"column_1": ""})
    assert "in which column the names of the cells stand" in nowhere.content.decode()
    client.post(answer.url, chosen | {"column_9": "note"})

    kept.refresh_from_db()
    assert kept.columns["9"] == "note"
    assert "Biểu 3" in client.get(table).content.decode()
    put_form_aside(kept, by=cells.officer)
    assert "Biểu 3" not in client.get(table).content.decode()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.7", "not_a_spreadsheet"), (form(heads=["A", "B"]), "no_headings")],
)
def test_what_is_no_such_form_is_not_kept(cells, content, code):
    with pytest.raises(Refusal) as no:
        keep_form(commune(), kind="month", name="x", content=content, by=cells.officer)
    assert (no.value.code, OfficeForm.objects.count()) == (code, 0)


def test_the_command_fills_a_form_by_what_its_headings_say(cells, tmp_path):
    (tmp_path / "mau.xlsx").write_bytes(form())
    call_command(
        "classes", "XA", month="2024-06", format="xlsx",
        template=tmp_path / "mau.xlsx", out=tmp_path / "ra.xlsx",
    )  # fmt: skip
    page = openpyxl.load_workbook(tmp_path / "ra.xlsx")["Biểu"]
    assert values(page, 5)[:2] == [1, "Chi bộ thôn Đông"]

    with pytest.raises(Refusal) as no:
        call_command(
            "classes", "XA", month="2024-06", format="xlsx", template=tmp_path / "khong.xlsx"
        )
    assert no.value.code == "no_such_file"
