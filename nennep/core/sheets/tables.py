"""A table with headings, in a file: found, its barred columns emptied, its rows one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.sheets import refusals
from nennep.core.sheets.book import Book
from nennep.core.sheets.cells import Merge, Row, SheetName, Value
from nennep.core.sheets.columns import Shape
from nennep.core.sheets.heads import (
    LOOKED_AT,
    Head,
    Heading,
    Repetition,
    bar_identity_numbers,
    find_head,
    halve,
    is_row_of_column_numbers,
)

SHEETS_LOOKED_AT = 20


@dataclass(frozen=True)
class Table:
    """What was found in a file. `rows` reads it from the beginning each time.

    `others` are the sheets that hold such a table as well and were not read.
    """

    book: Book
    sheet: SheetName
    others: tuple[str, ...]
    head: Head
    merges: tuple[Merge, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self.head.headings

    @property
    def head_row(self) -> int:
        return self.head.last

    def rows(self) -> Iterator[Row]:
        """The rows below the headings. Merged cells hold their value in every row, barred ones none."""
        barred = frozenset(h.column for h in self.headings if h.barred)
        rows = (row for row in self.book.rows(self.sheet) if row.number > self.head.last)
        filled = fill_merged(rows, self.merges)
        first = next(filled, None)
        if first is not None and not is_row_of_column_numbers(first):
            yield _without(first, barred)
        repeated = Repetition(self.head)
        for row in filled:
            if row not in repeated:
                yield _without(row, barred)


def read_table(book: Book, shape: Shape, sheet_name: str = "") -> Table:
    """The first visible sheet with such a table, or the sheet asked for by name."""
    sheets = iter(_candidates(book, sheet_name))
    found = next((table for sheet in sheets if (table := _table_in(book, sheet, shape))), None)
    if found is None:
        raise no_headings(shape)
    others = [sheet.name for sheet in sheets if _has_table(book, sheet, shape)]
    return replace(found, others=tuple(others))


def _has_table(book: Book, sheet: SheetName, shape: Shape) -> bool:
    """Whether a sheet that is not read holds such a table; what is wrong with it is no matter here."""
    try:
        return _table_in(book, sheet, shape) is not None
    except Refusal:
        return False


def no_headings(shape: Shape) -> Refusal:
    titles = [shape.by_key[key].title for key in sorted(shape.anchors[0])]
    return Refusal(
        _(
            "No headings were found in this file. A row of the table must have the headings"
            " %(titles)s; the template has them all."
        )
        % {"titles": ", ".join(f"“{title}”" for title in titles)},
        code="no_headings",
        field="file",
    )


def fill_merged(rows: Iterator[Row], merges: Sequence[Merge]) -> Iterator[Row]:
    """A cell merged downwards stands in every row it covers."""
    beginning: dict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        if merge.last_row > merge.first_row:
            beginning[merge.first_row].append(merge)
    if not beginning:
        yield from rows
        return
    going_on: dict[int, tuple[Value, int]] = {}
    for row in rows:
        filled = _filled(row, going_on)
        for merge in beginning.get(row.number, ()):
            going_on[merge.first_column] = filled.at(merge.first_column), merge.last_row
        yield filled


def mapping_of(headings: Sequence[Heading]) -> dict[str, int]:
    """Where each column stands. Refuses two columns that were taken for the same."""
    places: dict[str, int] = {}
    for heading in headings:
        if not heading.key:
            continue
        if heading.key in places:
            first = next(h for h in headings if h.column == places[heading.key])
            raise Refusal(
                _(
                    "Columns %(first)s (“%(one)s”) and %(second)s (“%(other)s”) mean the same."
                    " Delete one of them, or rename the one that means something else."
                )
                % {
                    "first": first.letters,
                    "one": first.title,
                    "second": heading.letters,
                    "other": heading.title,
                },
                code="duplicate_headings",
                field="file",
            )
        places[heading.key] = heading.column
    return places


def renamed(headings: Sequence[Heading], chosen: Mapping[int, str]) -> tuple[Heading, ...]:
    """The headings as a person mapped them: by column, the key or nothing. Barred ones stay so."""
    return tuple(
        replace(heading, key=chosen[heading.column], is_passed_over=False)
        if heading.column in chosen and not heading.barred
        else heading
        for heading in headings
    )


def _candidates(book: Book, sheet_name: str) -> list[SheetName]:
    if sheet_name:
        named = [sheet for sheet in book.sheets if sheet.name.strip() == sheet_name.strip()]
        if not named:
            names = ", ".join(f"“{sheet.name}”" for sheet in book.sheets[:SHEETS_LOOKED_AT])
            raise refusals.no_such_sheet(sheet_name, names)
        return named
    visible = [sheet for sheet in book.sheets if not sheet.is_hidden]
    return visible[:SHEETS_LOOKED_AT]


def _table_in(book: Book, sheet: SheetName, shape: Shape) -> Table | None:
    top = list(islice(book.rows(sheet), 2 * LOOKED_AT))
    refuse_secret(*(value for row in top for value in row.values if isinstance(value, str)))
    merges = book.merges(sheet)
    head = find_head(top[:LOOKED_AT], merges, shape)
    if head is None:
        return None
    below = [row for row in top if row.number > head.last]
    head = bar_identity_numbers(halve(head, below, shape), below, _("identity number"))
    return Table(book, sheet, (), head, tuple(merges))


def _filled(row: Row, going_on: dict[int, tuple[Value, int]]) -> Row:
    over = [column for column, (_value, last) in going_on.items() if last < row.number]
    for column in over:
        del going_on[column]
    if not going_on:
        return row
    values = list(row.values)
    for column, (value, _last) in going_on.items():
        if column >= len(values):
            values.extend([None] * (column + 1 - len(values)))
        if values[column] is None:
            values[column] = value
    return row._replace(values=values)


def _without(row: Row, barred: frozenset[int]) -> Row:
    if not barred:
        return row
    values = [None if column in barred else v for column, v in enumerate(row.values)]
    return row._replace(values=values, formulas=[c for c in row.formulas if c not in barred])
