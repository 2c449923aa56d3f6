"""A shown table as a sheet: sorted and filtered as the address says, each value of its kind."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from django.utils.translation import gettext as _

from nennep.core.clock import HANOI
from nennep.core.text import fold, title_key
from nennep.papers.shown_tables import ShownCell, ShownRow, ShownTable
from nennep.papers.xlsx import Kind, Sheet, SheetColumn, Typed, Value

NOTHING = {"", "–", "—"}
NARROWEST, WIDEST = 8, 60  # characters
WHOLE = re.compile(r"[−-]?(?:\d{1,3}(?:\.\d{3})+|\d+)")
BROKEN = re.compile(WHOLE.pattern + r",\d+")
PERCENT = re.compile(rf"({WHOLE.pattern}(?:,\d+)?)\s?%")
DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
MOMENT = re.compile(rf"(\d{{1,2}}):(\d\d) \w+ {DAY.pattern}")
PAIR = re.compile(rf"({WHOLE.pattern})\s?/\s?({WHOLE.pattern})")
SHARE = re.compile(rf"(\S+) \({PAIR.pattern}\)")
SORT = re.compile(r"(\d+)([ad])")


def sheet_of(
    table: ShownTable, label: str, asked: Mapping[str, str], *, heading: str = ""
) -> Sheet:
    """The table with the rows and in the order that the address asks for."""
    prefix = f"{table.name}-" if table.name else ""
    rows = _kept(table.rows, asked.get(f"{prefix}q", ""))
    rows = _sorted(rows, asked.get(f"{prefix}sort", ""))
    width = max((len(row.cells) for row in chain(rows, table.totals)), default=len(table.heads))
    heads = table.heads or [ShownCell() for _ in range(width)]
    columns: list[SheetColumn] = []
    strips: list[list[Value]] = []
    for place, head in enumerate(heads):
        if head.raw and not head.text:
            continue  # what is done with a row: nothing to take away
        cells = [row.cells[place] for row in chain(rows, table.totals)]
        for column, strip in _columns(head, cells):
            columns.append(column)
            strips.append(strip)
    lines = [list(line) for line in zip(*strips, strict=True)]
    is_summed = len(table.totals) == 1
    return Sheet(
        title=label,
        columns=columns,
        rows=lines[:-1] if is_summed else lines,
        totals=lines[-1] if is_summed else (),
        heading=heading,
    )


def _kept(rows: Sequence[ShownRow], words: str) -> list[ShownRow]:
    """Those in which each word stands, with or without accents: as the page's own filter does."""
    parts = fold(words).split()
    if not parts:
        return list(rows)
    return [row for row in rows if all(part in fold(row.raw) for part in parts)]


def _sorted(rows: list[ShownRow], asked: str) -> list[ShownRow]:
    """By a column, "3d" being the third downwards: as the page's own headings do."""
    told = SORT.fullmatch(asked)
    if not told or not rows or not 0 < int(told[1]) <= len(rows[0].cells):
        return rows
    place = int(told[1]) - 1
    return sorted(rows, key=lambda row: _rank(row.cells[place]), reverse=told[2] == "d")


def _rank(cell: ShownCell) -> tuple[int, Fraction, str]:
    """Empty last, figures as figures, the rest as Vietnamese text."""
    text = cell.raw if cell.sort is None else cell.sort
    if text in NOTHING:
        return 2, Fraction(0), ""
    if cell.sort is not None and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return 0, Fraction(text), ""
    figure = re.match(rf"{WHOLE.pattern}(?:,\d+)?(?=%|\s|$)", text)
    if figure:
        return 0, Fraction(_plain(figure[0])), ""
    return 1, Fraction(0), title_key(text)


def _columns(head: ShownCell, cells: Sequence[ShownCell]) -> list[tuple[SheetColumn, list[Value]]]:
    """One column; of shares three and of "25/29" two, for a figure is a number in each cell."""
    texts = ["" if cell.text in NOTHING else cell.text for cell in cells]
    said = [text for text in texts if text]
    is_num = head.is_num or any(cell.is_num for cell in cells)
    if said and is_num and any(SHARE.fullmatch(text) for text in said):
        parts = [_share(text) for text in texts]
        titles = [head.text, f"{head.text}: {_('Numerator')}", f"{head.text}: {_('Denominator')}"]
    elif said and is_num and all(PAIR.fullmatch(text) for text in said):
        parts = [found.groups() if (found := PAIR.fullmatch(text)) else ("", "") for text in texts]
        titles = _two_titles(head.text)
    else:
        return [_column(head.text, texts, is_num=is_num)]
    return [
        _column(title, strip, is_num=True)
        for title, strip in zip(titles, zip(*parts, strict=True), strict=True)
    ]


def _share(text: str) -> tuple[str, ...]:
    found = SHARE.fullmatch(text)
    return found.groups() if found else (text, "", "")


def _two_titles(title: str) -> list[str]:
    one, stroke, other = title.partition("/")
    if stroke:
        return [one.strip(), other.strip()]
    return [f"{title}: {_('Numerator')}", f"{title}: {_('Denominator')}"]


def _column(title: str, texts: Sequence[str], *, is_num: bool) -> tuple[SheetColumn, list[Value]]:
    typed = [_typed(text, is_num=is_num) for text in texts]
    kinds = {value.kind for value in typed if value.value is not None}
    kind: Kind = kinds.pop() if len(kinds) == 1 else "text"
    longest = max((len(text) for text in texts), default=0)
    widest_word = max(map(len, title.split()), default=0) + 2
    width = min(max(longest + 2, widest_word, NARROWEST), WIDEST)
    return SheetColumn(title, width, kind), list(typed)


def _typed(text: str, *, is_num: bool) -> Typed:
    """A day and a moment wherever they stand; a figure only in a column of figures."""
    if not text:
        return Typed(None, "text")
    if found := DAY.fullmatch(text):
        return Typed(_day(*found.groups()), "date")
    if found := MOMENT.fullmatch(text):
        hour, minute, *day = found.groups()
        clock = datetime.time(int(hour), int(minute))
        return Typed(datetime.datetime.combine(_day(*day), clock, HANOI), "moment")
    if found := PERCENT.fullmatch(text):
        return Typed(Fraction(_plain(found[1])) / 100, "percent")
    for shape, kind, made in FIGURES if is_num else ():
        if shape.fullmatch(text):
            return Typed(made(_plain(text)), kind)
    return Typed(text, "text")


FIGURES: tuple[tuple[re.Pattern[str], Kind, Callable[[str], int | Decimal]], ...] = (
    (WHOLE, "number", int),
    (BROKEN, "decimal", Decimal),
)


def _plain(figure: str) -> str:
    """15.420 → 15420, 90,5 → 90.5."""
    return figure.replace(".", "").replace(",", ".").replace("−", "-")


def _day(day: str, month: str, year: str) -> datetime.date:
    return datetime.date(int(year), int(month), int(day))
