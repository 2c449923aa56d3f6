import datetime
import io
from fractions import Fraction

import openpyxl
import pytest

from nennep.papers.paper import ColumnGroup
from nennep.papers.tests.samples import HOSTILE
from nennep.papers.xlsx import Sheet, SheetColumn, workbook

COLUMNS = [
    SheetColumn("Chi bộ", 30),
    SheetColumn("Đảng viên", kind="number"),
    SheetColumn("Tỷ lệ", kind="percent"),
    SheetColumn("Ngày họp", kind="date"),
]
ROWS = [
    ["=HYPERLINK(1)", 29, Fraction(27, 29), datetime.date(2024, 6, 4)],
    ["007", 15420, None, None],
    [HOSTILE, 0, Fraction(0), datetime.date(2024, 6, 5)],
]
SHEET = Sheet("Bảng: tháng 6/2024", COLUMNS, ROWS, ["Cộng", 15449, None, None], "BẢNG", ["Ghi chú"])


def opened(*sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets, title="Bảng")))


def test_words_are_never_formulas_links_or_numbers():
    page = opened(SHEET).worksheets[0]
    assert (page["A4"].value, page["A4"].data_type) == ("=HYPERLINK(1)", "s")
    assert (page["A5"].value, page["A5"].data_type) == ("007", "s")
    assert page["A6"].value.startswith("<script>")


def test_numbers_shares_and_days_are_what_they_are():
    page = opened(SHEET).worksheets[0]
    assert (page["B5"].value, page["B5"].number_format) == (15420, "#,##0")
    assert page["C4"].value == pytest.approx(27 / 29)
    assert page["C4"].number_format == "0.0%"
    assert page["D4"].value.date() == datetime.date(2024, 6, 4)
    assert page["C5"].value is None


def test_the_header_stays_and_the_page_lies_on_its_side():
    page = opened(SHEET).worksheets[0]
    assert page.freeze_panes == "A4"
    assert page.print_title_rows == "$3:$3"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page["A3"].font.name == "Times New Roman"
    assert page["A7"].font.bold


def test_groups_stand_above_their_columns():
    groups = [ColumnGroup("", 1), ColumnGroup("Tháng 6", 3)]
    page = opened(Sheet("Bảng", COLUMNS, ROWS, groups=groups)).worksheets[0]
    assert page["B1"].value == "Tháng 6"
    assert [str(area) for area in page.merged_cells.ranges] == ["B1:D1"]
    assert page.freeze_panes == "A3"


def test_names_of_sheets_are_short_allowed_and_different():
    book = opened(SHEET, SHEET, Sheet("x" * 40, COLUMNS, []), Sheet("[]", COLUMNS, []))
    assert book.sheetnames == ["Bảng  tháng 6 2024", "Bảng  tháng 6 2024 (2)", "x" * 31, "Bảng"]


def test_the_same_sheets_give_the_same_bytes():
    assert workbook([SHEET]) == workbook([SHEET])


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="4 cells"):
        Sheet("Bảng", COLUMNS, [["một"]])


def test_rows_are_as_tall_as_their_longest_text_and_notes_stay_under_the_table():
    columns = [SheetColumn("Tiêu chuẩn của quy định, theo văn bản", 14), SheetColumn("Số", 6)]
    rows = [["Đạt", "1"], ["Chi bộ Trường Trung học phổ thông", "2"]]
    sheet = Sheet("Bảng", columns, rows, notes=["Số liệu đến ngày 13-6-2024, chưa đối chiếu."])
    page = opened(sheet).worksheets[0]
    heights = [page.row_dimensions[row].height for row in (1, 2, 3, 5)]
    assert heights == [48, None, 48, 48]
    assert [str(area) for area in page.merged_cells.ranges] == ["A5:B5"]
    assert page["A5"].alignment.wrap_text
