"""Filling in a form somebody made in a spreadsheet program, without touching what it is made of.

The XML of the one sheet is cut where a cell stands and joined again around the new one. Every other
byte of it and every other part of the package stays: no program loads and saves the form.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from html import escape

from nennep.core.sheets import refusals
from nennep.core.sheets.book import Workbook, open_book
from nennep.core.sheets.cells import SheetName, address
from nennep.core.sheets.limits import LONGEST_CELL, MIB, Limits
from nennep.core.sheets.places import CellPlace, RowPlace, SheetPlaces, read_sheet_places
from nennep.core.sheets.styles import DAYS_FROM_1900_TO_1904, FIRST_DAY, Shown
from nennep.core.text import vn_date

# A form is a few pages: what is larger is a list, or no form at all.
FORM = Limits(
    file_bytes=5 * MIB, inflated_bytes=50 * MIB, rows=20_000, cells=400_000, texts=5_000_000,
    seconds=20,
)  # fmt: skip
# What acts, fetches or is signed has no place in a form that others are handed.
ACTS = ("vbaproject", "/activex/", "/embeddings/", "/externallinks/", "/querytables/",
        "connections.xml", "customui", "_xmlsignatures")  # fmt: skip
DOCTYPE = b"<!DOCTYPE"

Filled = str | int | float | Fraction | Decimal | date | None


class Form:
    """A form as it was kept. Refuses, in words, what is no spreadsheet or may do harm."""

    def __init__(self, content: bytes) -> None:
        book = open_book(io.BytesIO(content), FORM)
        if not isinstance(book, Workbook):
            raise refusals.no_spreadsheet()
        self.book = book
        for entry in book.package.entries:
            name = f"/{entry.filename.lower()}"
            if any(word in name for word in ACTS):
                raise refusals.acts_by_itself()
            if name.endswith((".xml", ".rels")) and DOCTYPE in book.package.whole(entry.filename):
                raise refusals.forbidden_markup()

    def places(self, sheet: SheetName) -> SheetPlaces:
        return read_sheet_places(self.book.package.whole(sheet.part))

    def filled(
        self, sheet: SheetName, cells: Mapping[tuple[int, int], Filled], *, like_row: int
    ) -> bytes:
        """The form with these cells, by row (from 1) and column (from 0).

        A cell that is not there yet looks like the one of `like_row`. A cell with a formula is
        left as it is; results that formulas of the sheet remember are taken out, for they are
        those of the empty form, and every program works them out when it opens the file.
        """
        part = sheet.part
        content = self.book.package.whole(part)
        pen = _Pen(read_sheet_places(content), self.book, like_row)
        made = pen.written(content, cells)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for entry in self.book.package.entries:
                kept = made if entry.filename == part else self.book.package.whole(entry.filename)
                package.writestr(entry, kept)
        return out.getvalue()


class _Pen:
    """Writes cells into the XML of one sheet."""

    def __init__(self, places: SheetPlaces, book: Workbook, like_row: int) -> None:
        self._places, self._lookup = places, book.lookup
        self._like = places.rows.get(like_row)

    def written(self, content: bytes, cells: Mapping[tuple[int, int], Filled]) -> bytes:
        cuts = self._forgotten()
        by_row: dict[int, dict[int, Filled]] = defaultdict(dict)
        for (row, column), value in cells.items():
            by_row[row][column] = value
        for number in sorted(by_row):
            place = self._places.rows.get(number)
            if place is None:
                at = self._before(number)
                cuts.append((at, at, self._new_row(number, by_row[number])))
            else:
                cuts += self._into(place, by_row[number])
        return _spliced(content, cuts)

    def _forgotten(self) -> list[tuple[int, int, str]]:
        places = (cell.remembered for row in self._places.rows.values() for cell in row.cells)
        return [(*place, "") for place in places if place]

    def _before(self, number: int) -> int:
        """Where a row of this number belongs."""
        later = [row for n, row in self._places.rows.items() if n > number]
        return min((row.begins for row in later), default=self._places.closed)

    def _new_row(self, number: int, values: Mapping[int, Filled]) -> str:
        p = self._places.prefix
        height = (
            f' ht="{self._like.height}" customHeight="1"'
            if self._like and self._like.height
            else ""
        )
        styled = {cell.column for cell in self._like.cells} if self._like else set()
        cells = [
            self._cell(number, column, values.get(column), self._style(column))
            for column in sorted(styled | set(values))
        ]
        return f'<{p}row r="{number}"{height}>{"".join(cells)}</{p}row>'

    def _into(self, row: RowPlace, values: Mapping[int, Filled]) -> list[tuple[int, int, str]]:
        cuts, added = [], []
        for column in sorted(values):
            cell = row.cell(column)
            if cell is None:
                made = self._cell(row.number, column, values[column], self._style(column))
                added.append((self._before_cell(row, column), made))
            elif not cell.is_formula:
                made = self._cell(row.number, column, values[column], cell.style)
                cuts.append((cell.begins, cell.ends, made))
        if row.is_bare and added:
            p, cells = self._places.prefix, "".join(made for _at, made in added)
            return [(row.opened - 2, row.opened, f">{cells}</{p}row>")]
        return cuts + [(at, at, made) for at, made in added]

    def _before_cell(self, row: RowPlace, column: int) -> int:
        later = [cell.begins for cell in row.cells if cell.column > column]
        return min(later, default=row.closed)

    def _style(self, column: int) -> str:
        cell: CellPlace | None = self._like.cell(column) if self._like else None
        return cell.style if cell else ""

    def _cell(self, row: int, column: int, value: Filled, style: str) -> str:
        p = self._places.prefix
        head = f'<{p}c r="{address(row, column)}"' + (f' s="{style}"' if style else "")
        if isinstance(value, date):
            value = self._day(value, style)
        if value is None or value == "":
            return f"{head}/>"
        if isinstance(value, str):
            text = escape("".join(c for c in value if c >= " " or c in "\t\n")[:LONGEST_CELL])
            return f'{head} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'
        number = value if isinstance(value, int) else f"{float(value):.15g}"
        return f"{head}><{p}v>{number}</{p}v></{p}c>"

    def _day(self, day: date, style: str) -> int | str:
        """A number, where the form shows numbers of this cell as days; else the day in words."""
        if isinstance(day, datetime):
            day = day.date()
        index = int(style) if style.isdecimal() else 0
        shown = self._lookup.styles[index] if index < len(self._lookup.styles) else Shown.NUMBER
        if shown is not Shown.DAY:
            return vn_date(day)
        serial = (day - FIRST_DAY).days
        return serial - DAYS_FROM_1900_TO_1904 if self._lookup.is_since_1904 else serial


def _spliced(content: bytes, cuts: list[tuple[int, int, str]]) -> bytes:
    """Each cut with what takes its place, in the order of the bytes; those at one byte as given."""
    parts, at = [], 0
    for begins, ends, made in sorted(cuts, key=lambda cut: (cut[0], cut[1])):
        if begins < at:
            raise refusals.broken()
        parts += [content[at:begins], made.encode()]
        at = ends
    return b"".join([*parts, content[at:]])
