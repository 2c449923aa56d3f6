"""A shown table becomes a file: which cells, in which order, and of which kind."""

import csv
import io
from datetime import date, datetime
from fractions import Fraction

import openpyxl
import pytest

from nennep.core.clock import HANOI
from nennep.papers.delimited import delimited
from nennep.papers.shown_tables import read_table
from nennep.papers.taken_tables import sheet_of
from nennep.papers.xlsx import workbook


def table(*rows, heads="<th>Đơn vị</th>", name="", foot=""):
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return read_table(
        f'<table data-table="{name}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody><tfoot>{foot}</tfoot></table>"
    )


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.rows]


def titles(sheet):
    return [column.title for column in sheet.columns]


def test_what_is_pressed_or_hidden_is_no_content():
    shown = table(
        '<th>Chi bộ <a href="/1/">thôn\n Đông</a><br><small>xã</small></th>'
        '<td><form><button>Rút</button></form><span class="visually-hidden">vai trò</span></td>'
        '<td>có <svg><text>x</text></svg><label class="no-print">gia hạn <input></label></td>',
        heads='<th>Tên</th><th><span class="visually-hidden">Rút vai trò</span></th><th>Hạn</th>',
    )
    sheet = sheet_of(shown, "Bảng", {})
    assert titles(sheet) == ["Tên", "Hạn"]
    assert values(sheet) == [["Chi bộ thôn Đông xã", "có"]]


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("6-12-2021", date(2021, 12, 6)),
        ("20:15 ngày 6-12-2021", datetime(2021, 12, 6, 20, 15, tzinfo=HANOI)),
        ("92,4%", Fraction(924, 1000)),
        ("–", None),
        ("15.420", "15.420"),
        ("0912345678", "0912345678"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_days_and_shares_are_known_everywhere_and_codes_stay_words(shown, value):
    assert values(sheet_of(table(f"<td>{shown}</td>"), "Bảng", {})) == [[value]]


@pytest.mark.parametrize(
    ("shown", "value"), [("15.420", 15420), ("−3", -3), ("7", 7), ("hai", "hai"), ("12,5", 12.5)]
)
def test_a_figure_in_a_column_of_figures_is_a_number(shown, value):
    sheet = sheet_of(table(f'<td class="num">{shown}</td>'), "Bảng", {})
    assert values(sheet) == [[value]]


def test_a_share_keeps_its_two_numbers_in_columns_of_their_own():
    sheet = sheet_of(
        table(
            '<td class="num"><b>92,4%</b> <span>(12.340/13.355)</span></td>',
            '<td class="num">–</td>',
            heads='<th class="num">Tham gia</th>',
        ),
        "Bảng",
        {},
    )
    assert titles(sheet) == ["Tham gia", "Tham gia: Tử số", "Tham gia: Mẫu số"]
    assert values(sheet) == [[Fraction(924, 1000), 12340, 13355], [None, None, None]]


def test_present_of_required_is_two_numbers_and_never_a_day_of_the_year():
    sheet = sheet_of(
        table('<td class="num">5/12</td>', heads='<th class="num">Có mặt / phải dự</th>'),
        "Bảng",
        {},
    )
    assert (titles(sheet), values(sheet)) == ([*("Có mặt", "phải dự")], [[5, 12]])


def test_rows_are_filtered_and_sorted_as_the_address_says():
    rows = [
        '<th>Chi bộ 10</th><td class="num">9,5</td>',
        '<th>Chi bộ 9</th><td class="num">–</td>',
        '<th>Đảng bộ xã</th><td class="num">10</td>',
        '<th>Chi bộ Ân</th><td class="num">9</td>',
    ]
    shown = table(*rows, heads='<th>Tên</th><th class="num">Điểm</th>', name="units")

    def names(**asked):
        told = {key.replace("_", "-"): value for key, value in asked.items()}
        return [row[0] for row in values(sheet_of(shown, "Bảng", told))]

    assert names() == ["Chi bộ 10", "Chi bộ 9", "Đảng bộ xã", "Chi bộ Ân"]
    assert names(units_sort="1a") == ["Chi bộ 9", "Chi bộ 10", "Chi bộ Ân", "Đảng bộ xã"]
    assert names(units_sort="2a") == ["Chi bộ Ân", "Chi bộ 10", "Đảng bộ xã", "Chi bộ 9"]
    assert names(units_sort="2d")[1] == "Đảng bộ xã"
    assert names(units_q="dang xa") == ["Đảng bộ xã"]
    assert names(units_sort="9a") == names() == names(sort="1a")


def test_headings_over_one_another_and_cells_over_several_keep_their_columns():
    shown = read_table(
        "<table><thead><tr><th rowspan=2>Tên</th><th colspan=2>Năm 2024</th></tr>"
        "<tr><th>Quý 1</th><th>Quý 2</th></tr></thead>"
        "<tbody><tr><th>A</th><td colspan=2>chưa có</td></tr></tbody>"
        '<tfoot><tr class="total"><th>Cộng</th><td>x</td><td>y</td></tr></tfoot></table>'
    )
    sheet = sheet_of(shown, "Bảng", {})
    assert titles(sheet) == ["Tên", "Năm 2024: Quý 1", "Năm 2024: Quý 2"]
    assert values(sheet) == [["A", "chưa có", None]]
    assert [cell.value for cell in sheet.totals] == ["Cộng", "x", "y"]


@pytest.mark.parametrize("sign", ["=1+1", "+84 24", "-x", "@SUM(A1)"])
def test_no_text_of_a_file_becomes_a_formula(sign):
    sheet = sheet_of(table(f"<td>{sign}</td>", heads=f"<th>{sign}</th>"), "Bảng", {})
    said = list(csv.reader(io.StringIO(delimited(sheet).decode("utf-8-sig"))))
    assert said == [[f"'{sign}"], [f"'{sign}"]]
    page = openpyxl.load_workbook(io.BytesIO(workbook([sheet]))).active
    assert [(cell.value, cell.data_type) for (cell,) in page.iter_rows()] == [(sign, "s")] * 2


def test_a_text_file_writes_days_and_shares_as_people_do_and_numbers_as_digits():
    row = '<td>6-12-2021</td><td class="num">15.420</td><td class="num">92,4%</td>'
    heads = '<th>Ngày</th><th class="num">Số</th><th class="num">Tỷ lệ</th>'
    sheet = sheet_of(table(row, heads=heads), "Bảng", {})
    assert delimited(sheet).decode("utf-8-sig").splitlines()[1] == '6-12-2021,15420,"92,4%"'


def test_a_region_without_a_table_is_a_fault_of_the_page():
    with pytest.raises(ValueError, match="no table"):
        read_table("<p>Không có</p>")
