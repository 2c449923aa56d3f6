"""Finding the headings of a table below titles and mottoes, over one to three rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nennep.core import legacy
from nennep.core.sheets import refusals
from nennep.core.sheets.cells import Merge, Row, Value, letters
from nennep.core.sheets.columns import Shape, looks_like_identity_number

LOOKED_AT = 60  # rows; no list begins lower
DEEPEST = 3
LONGEST_TITLE = 200
COLUMN_NUMBER = re.compile(r"\(?\[?(\d{1,3}|[A-Z])\]?\)?")
MOSTLY = 0.6
TITLES = " – "  # between what stands above a column and below it


@dataclass(frozen=True, slots=True)
class Heading:
    """One column as the file calls it, what it was taken for, and why it is left out."""

    column: int
    title: str
    key: str = ""
    barred: str = ""
    is_passed_over: bool = False

    @property
    def letters(self) -> str:
        return letters(self.column)

    @property
    def is_unknown(self) -> bool:
        return not (self.key or self.barred or self.is_passed_over)


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a table. `first` and `last` are their rows; what is above are titles."""

    first: int
    last: int
    headings: tuple[Heading, ...]

    @property
    def keys(self) -> set[str]:
        return {heading.key for heading in self.headings if heading.key}

    @property
    def weight(self) -> tuple[int, int]:
        """How well these rows explain the table: the more columns the better, then the fewer rows."""
        return len(self.keys), self.first - self.last


def find_head(rows: Sequence[Row], merges: Sequence[Merge], shape: Shape) -> Head | None:
    """The rows in which the most columns are recognised; the fewest of them, the highest.

    The fewest, so that a title merged over the whole table just above it is none of its headings.
    """
    grid = _Grid(rows, merges)
    best: Head | None = None
    for place in range(len(rows)):
        for depth in range(1, DEEPEST + 1):
            block = rows[place : place + depth]
            if len(block) < depth or any(a.number + 1 != b.number for a, b in pairwise(block)):
                break
            head = _head(grid, block, shape)
            if shape.is_anchored(head.keys) and (best is None or head.weight > best.weight):
                best = head
    return best


def bar_identity_numbers(head: Head, sample: Sequence[Row], what: str) -> Head:
    """Unknown columns that hold such numbers are left out, whatever they are called."""
    return replace(
        head,
        headings=tuple(
            replace(heading, barred=what)
            if heading.is_unknown and _are_identity_numbers(sample, heading.column)
            else heading
            for heading in head.headings
        ),
    )


def halve(head: Head, sample: Sequence[Row], shape: Shape) -> Head:
    """One heading over two columns, of which the second has none of its own: a name in two parts."""
    for key, halves in shape.halves.items():
        places = [heading.column for heading in head.headings if heading.key == key]
        beside = places[0] + 1 if places else 0
        if places == [beside - 1, beside] or (
            places == [beside - 1] and _goes_on(head, sample, beside)
        ):
            head = _halved(head, beside, halves)
    return head


def _goes_on(head: Head, sample: Sequence[Row], column: int) -> bool:
    """Whether a column without a heading holds texts beside most of those of the one before it."""
    if any(heading.column == column for heading in head.headings):
        return False
    named = [row for row in sample if isinstance(row.at(column - 1), str)]
    also = sum(isinstance(row.at(column), str) and bool(row.at(column)) for row in named)
    return bool(named) and also >= MOSTLY * len(named)


def _halved(head: Head, second: int, halves: tuple[str, str]) -> Head:
    whole = next(heading for heading in head.headings if heading.column == second - 1)
    others = [h for h in head.headings if h.column not in (second - 1, second)]
    parts = [replace(whole, key=halves[0]), replace(whole, key=halves[1], column=second)]
    return replace(head, headings=tuple(sorted([*others, *parts], key=lambda h: h.column)))


def is_row_of_column_numbers(row: Row) -> bool:
    """(1) (2) (3) … below the headings."""
    texts = [str(value).strip() for value in row.values if value is not None]
    return len(texts) > 2 and all(COLUMN_NUMBER.fullmatch(text) for text in texts)


class Repetition:
    """Knows the headings again, and the numbers of the columns, where a new page of a list begins."""

    def __init__(self, head: Head) -> None:
        self._titles = {h.column: set(_plain(h.title).split(TITLES)) for h in head.headings}
        self._firsts = {"1", "(1)", "[1]"}.union(*self._titles.values())

    def __contains__(self, row: Row) -> bool:
        texts = [(n, _plain(v)) for n, v in enumerate(row.values) if v is not None and v != ""]
        if len(texts) < 2 or texts[0][1] not in self._firsts:
            return False
        if is_row_of_column_numbers(row):
            numbers = [text.strip("()[]") for _n, text in texts]
            return numbers == [str(n) for n in range(1, len(numbers) + 1)]
        return all(text in self._titles.get(n, ()) for n, text in texts)


def _plain(value: Value) -> str:
    return " ".join(str(value).split()).lower()


def _are_identity_numbers(sample: Sequence[Row], column: int) -> bool:
    values = [value for row in sample if (value := row.at(column)) is not None]
    found = sum(
        looks_like_identity_number(str(value))
        for value in values
        if isinstance(value, str | int) and not isinstance(value, bool)
    )
    return bool(values) and found >= MOSTLY * len(values)


class _Grid:
    """The top of a sheet, with merged cells filled: a group's title stands above all its columns."""

    def __init__(self, rows: Sequence[Row], merges: Sequence[Merge]) -> None:
        self._cells: dict[tuple[int, int], Value] = {
            (row.number, column): value for row in rows for column, value in enumerate(row.values)
        }
        self.width = max((len(row.values) for row in rows), default=0)
        self._filled = 0
        last = rows[-1].number if rows else 0
        for merge in merges:
            value = self._cells.get((merge.first_row, merge.first_column))
            if value is None or merge.first_row > last:
                continue
            self._fill(merge, last, value)

    def _fill(self, merge: Merge, last: int, value: Value) -> None:
        """No two merges share a cell, so all of them together fill no more than there are."""
        rows = range(merge.first_row, min(merge.last_row, last) + 1)
        columns = range(merge.first_column, min(merge.last_column + 1, self.width))
        self._filled += len(rows) * len(columns)
        if self._filled > last * self.width:
            raise refusals.broken()
        for row in rows:
            for column in columns:
                self._cells[row, column] = value

    def levels(self, numbers: Sequence[int], column: int) -> list[str]:
        """What stands above a column, from the top, each text once."""
        texts: list[str] = []
        for number in numbers:
            value = self._cells.get((number, column))
            text = " ".join(value[:LONGEST_TITLE].split()) if isinstance(value, str) else ""
            if text and text not in texts:
                texts.append(text)
        return texts


def _head(grid: _Grid, block: Sequence[Row], shape: Shape) -> Head:
    numbers = [row.number for row in block]
    levels = [grid.levels(numbers, column) for column in range(grid.width)]
    kind = legacy.mostly(text for texts in levels for text in texts)
    headings = [
        _heading(column, [legacy.convert(text, kind) if kind else text for text in texts], shape)
        for column, texts in enumerate(levels)
        if texts
    ]
    return Head(numbers[0], numbers[-1], tuple(headings))


def _heading(column: int, levels: Sequence[str], shape: Shape) -> Heading:
    """By the whole of what stands above it; else by the lowest text alone, unless it is barred."""
    title = TITLES.join(levels)
    joined = " ".join(levels)
    key = shape.key_of(joined)
    if not key and (barred := shape.bar_on(joined)):
        return Heading(column, title, barred=barred)
    if key := key or shape.key_of(levels[-1]):
        return Heading(column, title, key=key)
    passed = shape.is_passed_over(joined) or shape.is_passed_over(levels[-1])
    return Heading(column, title, is_passed_over=passed)
