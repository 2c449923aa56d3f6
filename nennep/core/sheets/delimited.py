"""A table as text: one line a row, cells divided by commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from nennep.core.sheets import refusals
from nennep.core.sheets.cells import Merge, Row, SheetName
from nennep.core.sheets.limits import LONGEST_CELL, Meter

DELIMITERS = ",;\t|"
LOOKED_AT = 64 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What other kinds of text begin with; some programs call a web page .xls.
OTHER_TEXTS = (b"%PDF", b"{\\rtf", b"<")
# A spreadsheet takes a text that begins so for a formula; an apostrophe in front keeps it a text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
# Signs that texts have none of: below the space, but for the ends of lines and cells.
NO_TEXT = frozenset(range(32)) - {9, 10, 12, 13}


class Delimited:
    """A CSV file. Its cells are texts, all of them: nobody said which are numbers."""

    def __init__(self, file: BinaryIO, meter: Meter) -> None:
        self._file, self._meter = file, meter
        self._encoding = _encoding_of(file)
        self._delimiter = self._find_delimiter()

    @property
    def sheets(self) -> list[SheetName]:
        return [SheetName("")]

    def merges(self, sheet: SheetName) -> list[Merge]:
        return []

    def rows(self, sheet: SheetName) -> Iterator[Row]:
        self._file.seek(0)
        limits = self._meter.limits
        text = io.TextIOWrapper(self._file, self._encoding, errors="strict", newline="")
        try:
            csv.field_size_limit(LONGEST_CELL)
            count = 0
            for number, cells in enumerate(csv.reader(text, delimiter=self._delimiter), 1):
                self._meter.count_cells(max(1, len(cells)))
                if not any(cells):
                    continue
                count += 1
                if count > limits.rows:
                    raise refusals.too_many_rows(limits.rows)
                if len(cells) > limits.columns and any(cells[limits.columns :]):
                    raise refusals.too_wide(limits.columns)
                yield Row(number, [_plain(cell) for cell in cells[: limits.columns]])
        except csv.Error as error:
            raise refusals.cell_too_long() from error
        except UnicodeError as error:
            raise refusals.unreadable_text() from error
        finally:
            text.detach()

    def _find_delimiter(self) -> str:
        """The sign that divides the most lines in two, in the part looked at."""
        self._file.seek(0)
        start = self._file.read(LOOKED_AT).decode(self._encoding, errors="replace")
        lines = start.splitlines()[:50]
        return max(DELIMITERS, key=lambda sign: sum(sign in line for line in lines))


def _plain(cell: str) -> str | None:
    """The text itself, without the guard that our own files put before what looks like a formula."""
    if cell.startswith(GUARD) and cell[1:].startswith(FORMULA_SIGNS):
        return cell[1:]
    return cell or None


def _encoding_of(file: BinaryIO) -> str:
    """UTF-8 or UTF-16; else one byte a letter, as the fonts before Unicode were written."""
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    if not start.strip() or NO_TEXT & set(start) or start.lstrip().startswith(OTHER_TEXTS):
        raise refusals.no_spreadsheet()
    if not any(sign.encode() in start for sign in DELIMITERS):
        raise refusals.no_spreadsheet()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(LOOKED_AT):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252" if _is_decodable(file, "cp1252") else "latin-1"
    return "utf-8"


def _is_decodable(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    try:
        while chunk := file.read(LOOKED_AT):
            chunk.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
