"""XLSX for clerks: a heading, a frozen header, widths, numbers as numbers, words always as words."""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from textwrap import wrap
from typing import Any, Literal

from nennep.papers.paper import ColumnGroup
from nennep.papers.prepared import clean

Kind = Literal["text", "number", "decimal", "percent", "date", "moment"]
Plain = str | int | float | Fraction | Decimal | datetime.date | datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of another kind than the rest of its column."""

    value: "Plain"
    kind: Kind


Value = Plain | Typed

UNDATED = datetime.date(2000, 1, 1)
LONGEST_TEXT = 32_767  # what a cell of a workbook holds
LINE_POINTS = 16  # a line of 12 points
TALLEST_ROW = 409  # of any workbook, in points
_FORMATS = {
    "text": "@",
    "number": "#,##0",
    "decimal": "#,##0.0",
    "percent": "0.0%",
    "date": "d-m-yyyy",
    "moment": "h:mm d-m-yyyy",
}
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its title, its width in characters, what its cells hold."""

    title: str
    width: float = 12
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a workbook. Notes stand below the table; a percent is given as a fraction."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Value]]
    totals: Sequence[Value] = ()
    heading: str = ""
    notes: Sequence[str] = ()
    groups: Sequence[ColumnGroup] = ()

    def __post_init__(self) -> None:
        width = len(self.columns)
        if any(len(row) != width for row in (*self.rows, *([self.totals] if self.totals else []))):
            raise ValueError(f"every row of this sheet has {width} cells")
        if self.groups and sum(group.span for group in self.groups) != width:
            raise ValueError(f"the column groups of this sheet cover {width} columns")


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
        self._base = base
        self.heading = book.add_format({**base, "font_size": 14, "bold": True, "align": "center"})
        self.header = book.add_format(
            {**base, "bold": True, "align": "center", "text_wrap": True, "border": 1}
            | {"bg_color": "#F6F7F8"}
        )
        self.note = book.add_format({**base, "italic": True, "text_wrap": True, "valign": "top"})

    def cell(self, kind: str, *, is_bold: bool) -> Any:
        if (kind, is_bold) not in self._made:
            self._made[kind, is_bold] = self._book.add_format(
                {**self._base, "border": 1, "bold": is_bold, "num_format": _FORMATS[kind]}
                | {"text_wrap": kind == "text"}
            )
        return self._made[kind, is_bold]


def workbook(
    sheets: Sequence[Sheet], *, title: str = "", day: datetime.date | None = None
) -> bytes:
    """The sheets as one file. Nothing in them becomes a formula or a link; same in, same out."""
    import xlsxwriter  # noqa: PLC0415 -- only exports need it

    content = io.BytesIO()
    nothing_clever = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(content, nothing_clever)
    moment = datetime.datetime.combine(day or UNDATED, datetime.time())
    book.set_properties({"title": clean(title), "author": "", "created": moment})
    styles = _Styles(book)
    taken: set[str] = set()
    for sheet in sheets:
        _write(book.add_worksheet(_sheet_name(sheet.title, taken)), sheet, styles)
    book.close()
    return content.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 characters, none of those a workbook refuses, no two alike."""
    bare = _NO_SHEET_NAME.sub(" ", clean(title)).strip(" '") or "Bảng"
    name, number = bare[:31].strip(" '"), 1
    while name.casefold() in taken:
        number += 1
        name = f"{bare[:26].strip()} ({number})"
    taken.add(name.casefold())
    return name


def _write(page: Any, sheet: Sheet, styles: _Styles) -> None:
    last = len(sheet.columns) - 1
    at = 0
    if sheet.heading:
        _across(page, at, 0, last, clean(sheet.heading), styles.heading)
        at += 2
    top = at
    at = _write_header(page, at, sheet, styles)
    page.freeze_panes(at, 0)
    _lay_out(page, top, at - 1)
    for row in sheet.rows:
        _write_row(page, at, row, sheet.columns, styles, is_bold=False)
        at += 1
    if sheet.rows:
        page.autofilter(at - len(sheet.rows) - 1, 0, at - 1, last)
    if sheet.totals:
        _write_row(page, at, sheet.totals, sheet.columns, styles, is_bold=True)
        at += 1
    width = sum(column.width for column in sheet.columns)
    for number, note in enumerate(sheet.notes, at + 1):
        _across(page, number, 0, last, clean(note), styles.note)
        _make_room(page, number, [(note, width)])
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)


def _across(page: Any, row: int, first: int, last: int, text: str, style: Any) -> None:
    """The text over several columns; a single cell is none to merge."""
    if last > first:
        page.merge_range(row, first, row, last, "", style)
    page.write_string(row, first, text, style)


def _write_header(page: Any, at: int, sheet: Sheet, styles: _Styles) -> int:
    """The row after the header."""
    titles_at = at + bool(sheet.groups)
    place = 0
    for group in sheet.groups:
        last = place + group.span - 1
        if group.title:
            _across(page, at, place, last, clean(group.title), styles.header)
        else:
            for column in range(place, last + 1):
                page.write_blank(at, column, None, styles.header)
        place = last + 1
    for column, told in enumerate(sheet.columns):
        page.write_string(titles_at, column, clean(told.title), styles.header)
    _make_room(page, titles_at, [(told.title, told.width) for told in sheet.columns])
    return titles_at + 1


def _make_room(page: Any, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """A row as tall as its longest text takes: not every program measures that when it opens a file."""
    lines = max((_lines(text, max(1, int(width))) for text, width in texts), default=1)
    if lines > 1:
        page.set_row(row, min(lines * LINE_POINTS, TALLEST_ROW))


def _lines(text: str, width: int) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(len(wrap(line, width)) or 1 for line in text.splitlines())


def _write_row(
    page: Any,
    at: int,
    row: Sequence[Value],
    columns: Sequence[SheetColumn],
    styles: _Styles,
    *,
    is_bold: bool,
) -> None:
    for place, (value, column) in enumerate(zip(row, columns, strict=True)):
        told = value if isinstance(value, Typed) else Typed(value, column.kind)
        _write_value(page, (at, place), told.value, styles.cell(told.kind, is_bold=is_bold))
    texts = zip(row, columns, strict=True)
    _make_room(page, at, ((v, column.width) for v, column in texts if isinstance(v, str)))


def _write_value(page: Any, place: tuple[int, int], value: Plain, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(*place, None, style)
    elif isinstance(value, str):
        page.write_string(*place, clean(value)[:LONGEST_TEXT], style)
    elif isinstance(value, datetime.date):  # a moment is a date as well
        page.write_datetime(*place, value, style)
    else:
        page.write_number(*place, float(value), style)


def _lay_out(page: Any, header_begins: int, header_ends: int) -> None:
    """A4 on its side, as wide as the page, the header on every page, page numbers at the foot."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    page.set_footer("&C&P/&N")
    page.repeat_rows(header_begins, header_ends)
