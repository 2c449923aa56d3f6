"""The rows of one sheet, streamed out of its XML: what is not kept costs no memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from nennep.core.sheets import markup, refusals
from nennep.core.sheets.cells import Fault, Merge, Row, Value, column_of, place_of
from nennep.core.sheets.limits import LONGEST_CELL, Meter
from nennep.core.sheets.styles import Shown, moment_of

MERGED = re.compile(rb'mergeCell\b[^>]*?\sref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"')
LONGEST_MERGE_TAG = 200
MOST_MERGES = 20_000
LARGEST_WHOLE = 10**15  # beyond it a spreadsheet's number is no exact whole number any more


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the cells of a workbook refer to."""

    texts: Sequence[str] = ()
    styles: Sequence[Shown] = ()
    is_since_1904: bool = False


def read_rows(chunks: Iterable[bytes], lookup: Lookup, meter: Meter) -> Iterator[Row]:
    """The rows that hold something, from the top."""
    reader = _Rows(lookup, meter)
    for _chunk in markup.read(chunks, reader.start, reader.end, reader.text):
        yield from reader.take()


def read_merges(chunks: Iterable[bytes]) -> list[Merge]:
    """The merged cells. They stand behind the rows and are needed before them."""
    merges: list[Merge] = []
    rest = b""
    for chunk in chunks:
        text, begins = rest + chunk, 0
        for found in MERGED.finditer(text):
            merges.append(_merge(found[1].decode(), found[2].decode()))
            begins = found.end()
        if len(merges) > MOST_MERGES:
            raise refusals.too_many_cells()
        rest = text[max(begins, len(text) - LONGEST_MERGE_TAG) :]
    return merges


def _merge(first: str, last: str) -> Merge:
    begins, ends = place_of(first), place_of(last)
    if begins is None or ends is None:
        raise refusals.broken()
    return Merge(*begins, *ends)


class _Rows:
    """Called back for each tag. The attributes are read here and nowhere else."""

    __slots__ = (
        "_cells", "_column", "_formulas", "_is_formula", "_is_hidden", "_is_text", "_kind", "_length",
        "_lookup", "_meter", "_names", "_number", "_parts", "_ready", "_style", "_values",
        "_widest",
    )  # fmt: skip

    def __init__(self, lookup: Lookup, meter: Meter) -> None:
        self._lookup, self._meter = lookup, meter
        self._widest = meter.limits.columns
        self._names = markup.LocalNames()
        self._ready: list[Row] = []
        self._number, self._column, self._is_hidden = 0, -1, False
        self._cells = 0
        self._values: list[Value] = []
        self._formulas: list[int] = []
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._length = 0
        self._is_text = self._is_formula = False

    def take(self) -> list[Row]:
        """The rows that are complete; what was seen since the last time is counted."""
        self._meter.count_cells(self._cells)
        self._cells = 0
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names[tag]
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"}:
            self._is_text = True
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._kind = "sound"

    def end(self, tag: str) -> None:
        name = self._names[tag]
        if name in {"v", "t"}:
            self._is_text = False
        elif name == "c":
            if self._parts or self._is_formula:
                self._end_cell()
        elif name == "row":
            self._end_row()

    def text(self, text: str) -> None:
        if self._is_text and self._kind != "sound":
            self._parts.append(text)
            self._length += len(text)
            if self._length > LONGEST_CELL:
                raise refusals.cell_too_long()

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        at = int(number) if number.isdecimal() and len(number) < 8 else self._number + 1
        if at <= self._number:
            raise refusals.broken()
        self._cells += 1
        self._number, self._column = at, -1
        self._is_hidden = attributes.get("hidden") in {"1", "true"}
        self._values, self._formulas = [], []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        place = attributes.get("r")
        self._column = column_of(place.rstrip("0123456789")) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._parts, self._length = [], 0
        self._is_formula = False

    def _end_cell(self) -> None:
        value = self._value("".join(self._parts))
        if value is None and not self._is_formula:
            return
        column, values = self._column, self._values
        if not 0 <= column < self._widest:
            raise refusals.too_wide(self._widest)
        if column < len(values):
            values[column] = value
        else:
            values.extend([None] * (column - len(values)))
            values.append(value)
        if self._is_formula:
            self._formulas.append(column)

    def _end_row(self) -> None:
        if not self._values:
            return
        self._ready.append(Row(self._number, self._values, self._formulas, self._is_hidden))

    def _value(self, text: str) -> Value:
        if self._kind == "s":
            return self._shared(text)
        if self._kind == "n":
            return self._figure(text)
        return self._other(text)

    def _shared(self, text: str) -> Value:
        try:
            return self._lookup.texts[int(text)] or None
        except (ValueError, IndexError) as error:
            raise refusals.broken() from error

    def _figure(self, text: str) -> Value:
        figure = _number(text)
        if figure is None or not self._style:
            return figure
        try:
            shown = self._lookup.styles[int(self._style)]
        except (ValueError, IndexError):
            return figure
        if shown is Shown.NUMBER:
            return figure
        return moment_of(figure, shown, is_since_1904=self._lookup.is_since_1904)

    def _other(self, text: str) -> Value:
        if self._kind == "b":
            return text.strip() in {"1", "true"}
        if self._kind == "e":
            return Fault(text)
        if self._kind == "d":
            return _iso_moment(text)
        return text or None


def _number(text: str) -> int | float | None:
    if text.isdecimal() and len(text) < 16:
        return int(text)
    if not text.strip():
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise refusals.broken() from error
    if number != number or number in {float("inf"), float("-inf")}:
        raise refusals.broken()
    return int(number) if number.is_integer() and abs(number) < LARGEST_WHOLE else number


def _iso_moment(text: str) -> Value:
    """A day that the file itself marks as one."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text or None
    return moment if (moment.hour, moment.minute, moment.second) != (0, 0, 0) else moment.date()
