"""A form is filled in where it is empty, and is the same in every other byte."""

import io
import re
import zipfile
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Side

from nennep.core.refusal import Refusal
from nennep.core.sheets.book import open_book
from nennep.core.sheets.filling import Form
from nennep.core.tests.workbooks import package, saved


def form():
    """A form as an office makes one: fonts, borders, merges, formulas, print set-up, two sheets."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Biểu 1"
    page["A1"] = "BIỂU XẾP LOẠI"
    page.merge_cells("A1:E1")
    page["A1"].font = Font(bold=True, size=14)
    for column, title in enumerate(["STT", "Chi bộ", "Ngày", "Điểm", "Loại"], 1):
        page.cell(3, column, title).fill = PatternFill("solid", fgColor="FFEEAA")
    thin = Side(style="thin")
    for row in range(4, 7):
        for column in range(1, 6):
            page.cell(row, column).border = Border(thin, thin, thin, thin)
        page.cell(row, 3).number_format = "d-m-yyyy"
        page.row_dimensions[row].height = 22
    page["B7"], page["D7"] = "Cộng", "=SUM(D4:D6)"
    page["A9"] = "T/M BAN THƯỜNG VỤ"
    page.column_dimensions["B"].width = 31
    page.page_setup.orientation = "landscape"
    page.print_title_rows = "3:3"
    book.create_sheet("Hướng dẫn")["A1"] = "Không sửa"
    return saved(book).getvalue()


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def fill(content, cells, like=4):
    kept = Form(content)
    return kept.filled(kept.book.sheets[0], cells, like_row=like)


CELLS = {
    (4, 0): 1, (4, 1): "Chi bộ thôn <Đông> & Đoài", (4, 2): date(2024, 6, 3),
    (4, 3): Fraction(187, 2), (4, 4): "=1+1",
    (5, 3): 80,
}  # fmt: skip


def test_what_is_filled_in_is_read_as_it_was_meant_and_nothing_becomes_a_formula():
    page = openpyxl.load_workbook(io.BytesIO(fill(form(), CELLS)))["Biểu 1"]
    assert [cell.value for cell in page[4]][:2] == [1, "Chi bộ thôn <Đông> & Đoài"]
    assert page["C4"].value.date() == date(2024, 6, 3)
    assert page["D4"].value == 93.5
    assert (page["E4"].value, page["E4"].data_type) == ("=1+1", "s")
    assert page["D7"].value == "=SUM(D4:D6)"
    assert page["B4"].border.left.style == "thin"


def test_every_other_part_and_every_other_byte_of_the_sheet_stay():
    before, after = parts(form()), parts(fill(form(), CELLS))
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml"}
    again = after["xl/worksheets/sheet1.xml"]
    filled = {"A4", "B4", "C4", "D4", "E4", "D5"}
    assert _without(again, filled) == _without(before["xl/worksheets/sheet1.xml"], filled)


def _without(xml, cells):
    """The sheet with the named cells cut out, and without what formulas remember."""
    text = xml.decode()
    for cell in cells:
        text, count = re.subn(rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', "", text)
        assert count == 1, cell
    return re.sub(r"(</f>)<v ?/>|(</f>)<v>[^<]*</v>", r"\1\2", text)


def test_what_a_formula_remembers_of_the_empty_form_is_forgotten_and_the_formula_stays():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"/></row>'
        '<row r="2"><c r="A2" t="n"><f>SUM(A1)</f><v>0</v></c><c r="B2"><f>A2&gt;1</f></c></row>'
        "</sheetData></worksheet>"
    )
    made = parts(fill(package(sheet).getvalue(), {(1, 0): 5, (2, 0): 7}))
    assert made["xl/worksheets/sheet1.xml"].decode() == sheet.replace(
        '<c r="A1"/>', '<c r="A1"><v>5</v></c>'
    ).replace("<v>0</v>", "")


def test_rows_and_cells_that_are_not_there_yet_come_in_their_order_and_look_like_the_first():
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="2" ht="20" customHeight="1"><x:c r="A2" s="0"/><x:c r="C2" s="0"/>'
        '</x:row><x:row r="4"/><x:row r="9"><x:c r="A9"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    cells = {(2, 1): "b", (4, 0): "a", (4, 1): 2, (3, 2): "c", (10, 0): 9}
    made = fill(package(sheet).getvalue(), cells, like=2)
    xml = parts(made)["xl/worksheets/sheet1.xml"].decode()
    assert '<x:row r="3" ht="20" customHeight="1"><x:c r="A3" s="0"/><x:c r="C3" s="0" t=' in xml
    assert '<x:row r="4"><x:c r="A4" s="0" t="inlineStr">' in xml
    book = open_book(io.BytesIO(made))
    rows = {row.number: list(row.values) for row in book.rows(book.sheets[0])}
    assert rows == {2: [None, "b"], 3: [None, None, "c"], 4: ["a", 2], 9: [1], 10: [9]}


def test_a_day_in_a_cell_that_shows_no_days_is_written_in_words():
    page = openpyxl.load_workbook(io.BytesIO(fill(form(), {(5, 1): date(2024, 6, 3)}))).active
    assert page["B5"].value == "3-6-2024"


def with_part(name, content=b"<x/>"):
    out = io.BytesIO(form())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "not_a_spreadsheet"),
        (b"a;b\n1;2\n", "not_a_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old_or_locked"),
        (b"PK\x03\x04broken", "broken_file"),
        (with_part("xl/vbaProject.bin"), "acts_by_itself"),
        (with_part("xl/externalLinks/externalLink1.xml"), "acts_by_itself"),
        (with_part("xl/embeddings/oleObject1.bin"), "acts_by_itself"),
        (with_part("xl/drawings/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "forbidden_markup"),
        (with_part("xl/media/a.bin", b"\0" * 60 * 1024 * 1024), "inflates_too_much"),
        (b"PK\x03\x04" + b"\0" * 6 * 1024 * 1024, "file_too_large"),
    ],
)
def test_a_hostile_or_wrong_file_is_refused_in_words(content, code):
    with pytest.raises(Refusal) as no:
        Form(content)
    assert no.value.code == code
    assert no.value.message.strip()


@pytest.mark.parametrize(
    "xml",
    [
        '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet/>',
        '<worksheet><sheetData><row><c r="A1"/></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c/></row></sheetData></worksheet>',
        "<worksheet><sheetData>",
    ],
)
def test_a_sheet_that_says_no_places_or_declares_entities_is_refused(xml):
    with pytest.raises(Refusal):
        fill(package(xml).getvalue(), {(1, 0): 1})
