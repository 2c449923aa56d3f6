"""What stands in the cells of a table, and what people call their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple

ALPHABET = 26
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Fault(str):
    """What a spreadsheet shows where it could not work something out, such as #N/A."""

    __slots__ = ()


# A moment is a date as well, and a yes/no a whole number: ask for the narrower kind first.
Value = str | int | float | date | time | None


class Row(NamedTuple):
    """A row that holds something. `number` counts from 1, columns from 0.

    `formulas` are the columns whose value was worked out by the spreadsheet and not typed.
    """

    number: int
    values: Sequence[Value]
    formulas: Collection[int] = ()
    is_hidden: bool = False

    def at(self, column: int) -> Value:
        return self.values[column] if column < len(self.values) else None


class SheetName(NamedTuple):
    """One sheet of a file; `part` is where the file keeps it."""

    name: str
    is_hidden: bool = False
    part: str = ""


class Merge(NamedTuple):
    """Cells shown as one, both ends included; what they show stands in the first."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    text, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, ALPHABET)
        text = chr(ord("A") + rest) + text
    return text


@lru_cache(maxsize=1024)
def column_of(text: str) -> int:
    """AA → 26."""
    column = 0
    for letter in text:
        column = column * ALPHABET + ord(letter) - ord("A") + 1
    return column - 1


def address(row: int, column: int) -> str:
    """C12, as the spreadsheet itself calls it."""
    return f"{letters(column)}{row}"


def place_of(text: str) -> tuple[int, int] | None:
    """C12 → row 12, column 2."""
    found = PLACE.fullmatch(text)
    return (int(found[2]), column_of(found[1])) if found else None
