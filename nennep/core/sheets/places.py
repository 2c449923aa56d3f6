"""Where in the XML of a sheet its rows and cells stand, to the byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nennep.core.sheets import markup, refusals
from nennep.core.sheets.cells import column_of

TAG_ENDS = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")
MOST_CELLS = 400_000  # of a form that somebody fills in by hand


@dataclass(slots=True)
class CellPlace:
    """From its first byte to behind its last. `remembered`: where a formula's last result stands."""

    column: int
    begins: int
    opened: int
    ends: int = 0
    style: str = ""
    is_formula: bool = False
    remembered: tuple[int, int] | None = None


@dataclass(slots=True)
class RowPlace:
    """`opened` is behind its opening tag, `closed` where its closing tag begins."""

    number: int
    begins: int
    opened: int
    closed: int = 0
    is_bare: bool = False
    height: str = ""
    cells: list[CellPlace] = field(default_factory=list)

    def cell(self, column: int) -> CellPlace | None:
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(slots=True)
class SheetPlaces:
    """The rows of a sheet from the top. `closed`: where the closing tag of all of them begins."""

    rows: dict[int, RowPlace] = field(default_factory=dict)
    closed: int = 0
    prefix: str = ""


def read_sheet_places(content: bytes) -> SheetPlaces:
    """Refuses a sheet in another encoding than UTF-8, or whose cells do not say where they are."""
    reader = _Places(content)
    markup.read_places(content, reader.begin)
    if not reader.found.closed:
        raise refusals.broken()
    return reader.found


class _Places:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._names = markup.LocalNames()
        self._count = 0
        self._row: RowPlace | None = None
        self._cell: CellPlace | None = None
        self._value = 0, 0
        self.found = SheetPlaces()

    def begin(self, at: markup.At) -> tuple[markup.Start, markup.End]:
        self._at = at
        return self._start, self._end

    def _start(self, tag: str, said: dict[str, str]) -> None:
        name = self._names[tag]
        if name == "row":
            self._start_row(tag, said)
        elif name == "c":
            self._start_cell(said)
        elif self._cell is not None and name == "f":
            self._cell.is_formula = True
        elif self._cell is not None and name == "v":
            self._value = self._at(), self._behind(self._at())

    def _end(self, tag: str) -> None:
        name, at = self._names[tag], self._at()
        if name == "sheetData":
            self.found.closed = at
        elif name == "row" and self._row is not None:
            self._row.closed = at
            self._row.is_bare = self._is_bare(self._row.opened, at)
            self._row = None
        elif name == "c" and self._cell is not None:
            self._cell.ends = self._behind_end(self._cell.opened, at)
            self._cell = None
        elif name == "v" and self._cell is not None and self._cell.is_formula:
            self._cell.remembered = self._value[0], self._behind_end(self._value[1], at)

    def _start_row(self, tag: str, said: dict[str, str]) -> None:
        number = said.get("r", "")
        if not number.isdecimal() or len(number) > 7:
            raise refusals.broken()
        begins = self._at()
        height = said.get("ht", "") if said.get("customHeight") in {"1", "true"} else ""
        self._row = RowPlace(int(number), begins, self._behind(begins), height=height)
        self.found.rows[int(number)] = self._row
        self.found.prefix = tag.removesuffix("row")

    def _start_cell(self, said: dict[str, str]) -> None:
        self._count += 1
        letters = said.get("r", "").rstrip("0123456789")
        if self._row is None or not letters.isalpha() or len(letters) > 3:
            raise refusals.broken()
        if self._count > MOST_CELLS:
            raise refusals.too_many_cells()
        begins = self._at()
        self._cell = CellPlace(
            column_of(letters), begins, self._behind(begins), style=said.get("s", "")
        )
        self._row.cells.append(self._cell)

    def _is_bare(self, opened: int, at: int) -> bool:
        """Written as one tag, `<c/>`: its end is told where the next begins."""
        return at == opened and self._content[at - 2 : at] == b"/>"

    def _behind_end(self, opened: int, at: int) -> int:
        return at if self._is_bare(opened, at) else self._behind(at)

    def _behind(self, at: int) -> int:
        """The byte behind the tag that begins there."""
        tag = TAG_ENDS.match(self._content, at)
        if tag is None:
            raise refusals.broken()
        return tag.end()
