"""A table as a page shows it, read as a sheet: the same cells, numbers and days as such.

What is pressed is no content: forms, buttons and whatever a printed page leaves out stay on the
page, and with them a column whose heading nobody sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

PRESSED = {"form", "button", "select", "textarea", "svg", "script"}
NOT_SAID = {"button", "needs-script", "no-print", "table-tools", "visually-hidden"}
CELLS = {"td", "th"}
APART = {"br", "div", "p", "li", "small", "dd", "dt", "summary", "label"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass(slots=True)
class ShownCell:
    """What is read in a cell, and all that stands in it (`raw`), pressed or hidden."""

    text: str = ""
    raw: str = ""
    sort: str | None = None
    across: int = 1
    down: int = 1
    is_num: bool = False


@dataclass(slots=True)
class ShownRow:
    cells: list[ShownCell] = field(default_factory=list)
    is_total: bool = False

    @property
    def raw(self) -> str:
        return " ".join(cell.raw for cell in self.cells)


@dataclass(slots=True)
class ShownTable:
    """Rows as wide as the heading: a cell that spans several is followed by empty ones."""

    name: str
    heads: list[ShownCell]
    rows: list[ShownRow]
    totals: list[ShownRow]


def read_table(html: str) -> ShownTable:
    """The first table of the fragment. A fragment without one is a ValueError."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.table is None:
        raise ValueError("no table stands in this region")
    heads = [row.cells for row in _filled(reader.sections["thead"], is_head=True)]
    body = _filled(reader.sections["tbody"])
    feet = _filled(reader.sections["tfoot"])
    return ShownTable(
        name=reader.table,
        heads=[_joined(column) for column in zip(*heads, strict=True)] if heads else [],
        rows=[row for row in body if not row.is_total],
        totals=[row for row in body if row.is_total] + feet,
    )


def _joined(column: Sequence[ShownCell]) -> ShownCell:
    """The headings that stand over one another, each said once."""
    said = list(dict.fromkeys(cell.text for cell in column if cell.text))
    return ShownCell(
        ": ".join(said), "".join(cell.raw for cell in column), is_num=column[-1].is_num
    )


def _filled(rows: Sequence[ShownRow], *, is_head: bool = False) -> list[ShownRow]:
    """Every row with a cell in each column; a heading's words stand over each that it spans."""
    reach: dict[int, tuple[int, ShownCell]] = {}
    found = []
    for row in rows:
        cells: list[ShownCell] = []
        waiting = iter(row.cells)
        while True:
            left, above = reach.get(len(cells), (0, ShownCell()))
            if left:
                reach[len(cells)] = (left - 1, above)
                cells.append(above)
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            other = cell if is_head else ShownCell(is_num=cell.is_num)
            for part in [cell, *[other] * (cell.across - 1)]:
                if cell.down > 1:
                    reach[len(cells)] = (cell.down - 1, part)
                cells.append(part)
        found.append(ShownRow(cells, row.is_total))
    width = max((len(row.cells) for row in found), default=0)
    for row in found:
        row.cells += [ShownCell() for _ in range(width - len(row.cells))]
    return found


class _Reader(HTMLParser):
    """One table, as the product's own templates write it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.table: str | None = None
        self.sections: dict[str, list[ShownRow]] = {"thead": [], "tbody": [], "tfoot": []}
        self._section = "tbody"
        self._cell: ShownCell | None = None
        self._said: list[str] = []
        self._raw: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        words = set((told.get("class") or "").split())
        if tag == "table" and self.table is None:
            self.table = told.get("data-table") or ""
        elif tag in self.sections:
            self._section = tag
        elif tag == "tr":
            self.sections[self._section].append(ShownRow(is_total="total" in words))
        elif tag in CELLS:
            self._begin(told, words)
        elif self._cell is not None:
            self._within(tag, words)

    def _begin(self, told: dict[str, str | None], words: set[str]) -> None:
        self._cell = ShownCell(
            sort=told.get("data-sort"),
            across=int(told.get("colspan") or 1),
            down=int(told.get("rowspan") or 1),
            is_num="num" in words,
        )
        self._said, self._raw, self._silent = [], [], []

    def _within(self, tag: str, words: set[str]) -> None:
        if tag in APART:
            self._said.append(" ")
        if tag not in VOID and (self._silent or tag in PRESSED or words & NOT_SAID):
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in CELLS and self._cell is not None:
            self._cell.text = " ".join("".join(self._said).split())
            self._cell.raw = " ".join("".join(self._raw).split())
            self.sections[self._section][-1].cells.append(self._cell)
            self._cell = None
        elif self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in APART:
            self._said.append(" ")

    def handle_data(self, data: str) -> None:
        if self._cell is None:
            return
        self._raw.append(data)
        if not self._silent:
            self._said.append(data)
