"""Files for the tests of `core.sheets`: made by others' programs, or by hand where none makes such."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import numbers

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(
    rows: Iterable[Sequence[Any]],
    *,
    merged: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    title: str = "Danh sách",
    others: Mapping[str, Sequence[Sequence[Any]]] | None = None,
) -> io.BytesIO:
    """A workbook as a spreadsheet program writes it; dates are real dates, = begins a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = numbers.FORMAT_DATE_DDMMYY
    for span in merged:
        sheet.merge_cells(span)
    for number in hidden_rows:
        sheet.row_dimensions[number].hidden = True
    _add_sheets(book, others or {})
    return saved(book)


def _add_sheets(book: openpyxl.Workbook, others: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    for name, rows in others.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))


def saved(book: openpyxl.Workbook) -> io.BytesIO:
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def package(sheet: str | bytes, *, extra: dict[str, bytes] | None = None) -> io.BytesIO:
    """A workbook whose only sheet is this XML, word for word."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Bảng" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(extra or {}),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    content.seek(0)
    return content


def sheet_xml(inside: str, *, before: str = "") -> str:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'
