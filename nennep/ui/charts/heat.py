"""The heat map of a ledger: a row for each unit, a column for each month, a status in each cell."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from nennep.ui.charts.pen import Pen, shortened, text_width

PITCH = 34  # the same in css/charts.css, where the names of rows stand beside the cells
SIZE = 30
HEAD = 46
NAMES = 260  # room for the names of rows in a file
MANY_COLUMNS = 18  # more than a printed page takes at full size

# Marks are read without colour: they fill the middle of a cell of 30 × 30.
MARKS = {
    "dot": "M15 9.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
    "half": "M15 8a7 7 0 1 0 0 14a7 7 0 1 0 0-14zm0 2.2v9.6a4.8 4.8 0 0 1 0-9.6z",
    "ring": "M15 8a7 7 0 1 0 0 14a7 7 0 1 0 0-14zm0 2.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z",
    "triangle": "M15 7.5l8 14h-16z",
    "square": "M9 9h12v12h-12z",
    "cross": "M9.5 7.5l5.5 5.5l5.5-5.5l2 2l-5.5 5.5l5.5 5.5l-2 2l-5.5-5.5l-5.5 5.5l-2-2l5.5-5.5l-5.5-5.5z",
    "check": "M8 15.5l2-2l3.5 3.300l6.5-7.300l2.200 1.900l-8.5 9.6z",
    "dash": "M9 13.700h12v2.6h-12z",
    "none": "",
}


@dataclass(frozen=True)
class HeatCell:
    """A status: a word, a shape, and then a colour. `text` stands in the cell instead of a shape."""

    word: str
    tone: str = "neutral"
    shape: str = "dot"
    text: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: Sequence[HeatCell | None]
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Column:
    """`name` is said in full where the label alone would not be understood."""

    label: str
    group: str = ""
    name: str = ""


def heat_map(
    rows: Sequence[HeatRow],
    columns: Sequence[Column | str],
    *,
    title: str,
    description: str = "",
    legend: Sequence[HeatCell] = (),
    standalone: bool = False,
) -> SafeString:
    """On a page the names of the rows stay in sight while the months scroll beside them."""
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    pen = Pen(standalone)
    keys = _Keys(pen, heads, title)
    left = NAMES if standalone else 0
    _draw_heads(pen, heads, left)
    for place, row in enumerate(rows):
        top = HEAD + place * PITCH
        if standalone:
            pen.text(0, top + 20, shortened(row.label, NAMES - 12), "label")
        _draw_row(pen, keys, row, heads, left, top)
    width = left + len(heads) * PITCH
    height = HEAD + len(rows) * PITCH
    if standalone:
        height = _draw_legend(pen, keys, legend, width, height)
    else:
        for cell in legend:
            keys.of(cell)
    pen.parts.insert(0, keys.definitions())
    sheet = pen.sheet(
        width=width,
        height=height,
        title=title,
        description=description,
        natural=True,
        has_links=any(cell and cell.url for row in rows for cell in row.cells),
    )
    if standalone:
        return sheet
    return _on_page(sheet, rows, legend, keys, title, is_long=len(heads) > MANY_COLUMNS)


Look = tuple[str, str, str]


class _Keys:
    """Each different look of a cell, and each run of equal cells, is drawn once and used many times.

    A page of a hundred units and three years stays light.
    """

    def __init__(self, pen: Pen, heads: Sequence[Column], title: str) -> None:
        self._pen = pen
        self._months = [escape(_said(head)) for head in heads]
        self._prefix = "k" + hashlib.sha256(title.encode()).hexdigest()[:6]
        self._known: dict[Look, str] = {}
        self._runs: dict[tuple[str, int], str] = {}
        self._cells: dict[HeatCell, tuple[str, str]] = {}

    def of(self, cell: HeatCell) -> str:
        """The name that a cell's look is drawn under."""
        look = (cell.tone, cell.shape, cell.text)
        return self._known.setdefault(look, f"{self._prefix}-{len(self._known)}")

    def run(self, cell: HeatCell, first: int, last: int) -> tuple[str, str]:
        """The name of a run's look, and its months and status in words, escaped."""
        known = self._cells.get(cell)
        if known is None:
            note = f" ({cell.note})" if cell.note else ""
            known = self._cells[cell] = self.of(cell), escape(f"{cell.word}{note}")
        key, words = known
        if first == last:
            return key, f"{self._months[first]}: {words}"
        count = last - first + 1
        run = self._runs.get((key, count))
        if run is None:
            run = self._runs[key, count] = f"{key}x{count}"
        return run, f"{self._months[first]} – {self._months[last]}: {words}"

    def definitions(self) -> str:
        drawn = [f'<g id="{key}">{self._drawn(*look)}</g>' for look, key in self._known.items()]
        for (key, count), run in self._runs.items():
            uses = (f'<use href="#{key}" x="{place * PITCH}"/>' for place in range(count))
            drawn.append(f'<g id="{run}">{"".join(uses)}</g>')
        return f"<defs>{''.join(drawn)}</defs>"

    def _drawn(self, tone: str, shape: str, text: str) -> str:
        edge = 1 if tone == "neutral" else 0  # an outline needs its own width
        ground = (
            f'<rect x="{edge}" y="{edge}" width="{SIZE - 2 * edge}" height="{SIZE - 2 * edge}"'
            f' rx="4"{self._pen.look(f"cell-{tone}")}/>'
        )
        mark = self._pen.look(f"mark-{tone}")
        if text:
            font = ' font-size="13" font-weight="600" text-anchor="middle"'
            return f'{ground}<text x="15" y="20"{font}{mark}>{escape(text)}</text>'
        path = MARKS.get(shape, "")
        return ground + (f'<path fill-rule="evenodd" d="{path}"{mark}/>' if path else "")


def _draw_heads(pen: Pen, heads: Sequence[Column], left: int) -> None:
    """Months in a line, the year once above its first month."""
    numbered = enumerate(heads)
    for group, members in groupby(numbered, key=lambda pair: pair[1].group):
        places = [place for place, _ in members]
        first, is_narrow = places[0], len(places) == 1
        x = left + first * PITCH
        if group:
            pen.text(x, 15, group, "small" if is_narrow else "value")
            if first:
                pen.line((x - 2, 2), (x - 2, HEAD - 4), "base")
    for place, head in enumerate(heads):
        pen.text(left + place * PITCH + SIZE / 2, HEAD - 10, head.label, "axis", anchor="middle")


def _draw_row(
    pen: Pen, keys: _Keys, row: HeatRow, heads: Sequence[Column], left: int, top: int
) -> None:
    label, y = escape(row.label), top + 2
    for cell, first, last in _runs(row.cells, heads):
        x = left + first * PITCH
        if pen.standalone:  # programs that read a file know no picture within a picture
            for place in range(last - first + 1):
                pen.add(f'<use href="#{keys.of(cell)}" x="{x + place * PITCH}" y="{y}"/>')
            continue
        key, told = keys.run(cell, first, last)
        drawn = f'<title>{label}, {told}</title><use href="#{key}" x="{x}" y="{y}"/>'
        if pen.open_link(cell.url, focusable=False):
            pen.add(f"{drawn}</a>")
        else:
            pen.add(f"<g>{drawn}</g>")


def _runs(
    cells: Sequence[HeatCell | None], heads: Sequence[Column]
) -> Iterator[tuple[HeatCell, int, int]]:
    """Equal months of a year that follow each other are one mark: the cell, its first and last place."""
    first = 0
    for place, (cell, head) in enumerate(zip(cells, heads, strict=True)):
        begun = cells[first]
        is_same = cell is begun or cell == begun
        if not is_same or head.group != heads[first].group:
            if begun is not None:
                yield begun, first, place - 1
            first = place
    if cells and (begun := cells[first]) is not None:
        yield begun, first, len(cells) - 1


def _said(head: Column) -> str:
    return head.name or (f"{head.label}/{head.group}" if head.group else head.label)


def _draw_legend(pen: Pen, keys: _Keys, legend: Sequence[HeatCell], width: int, height: int) -> int:
    """Below the rows, as many on a line as fit. Returns the height it ends at."""
    if not legend:
        return height
    pitch = int(max(text_width(cell.word) for cell in legend)) + SIZE + 24
    fitting = max(width // pitch, 1)
    for place, cell in enumerate(legend):
        line, spot = divmod(place, fitting)
        x, y = spot * pitch, height + 14 + line * PITCH
        pen.add(f'<use href="#{keys.of(cell)}" x="{x}" y="{y}"/>')
        pen.text(x + SIZE + 8, y + 20, cell.word, "label")
    return height + 14 + -(-len(legend) // fitting) * PITCH


def _on_page(
    sheet: SafeString,
    rows: Sequence[HeatRow],
    legend: Sequence[HeatCell],
    keys: _Keys,
    title: str,
    *,
    is_long: bool,
) -> SafeString:
    names = format_html_join("", "<li>{}</li>", ((_name(row),) for row in rows))
    shown = format_html_join(
        "",
        '<li><svg class="chart-key" viewBox="0 0 30 30" aria-hidden="true">'
        '<use href="#{}"></use></svg>{}</li>',
        ((keys.of(cell), cell.word) for cell in legend),
    )
    described = format_html('<ul class="chart-legend">{}</ul>', shown) if legend else ""
    return format_html(
        '<div class="chart-heat{}"><ul class="chart-heat__names">{}</ul>'
        '<div class="chart-region" role="group" tabindex="0" aria-label="{}">{}</div></div>{}',
        " chart-heat--long" if is_long else "",
        names,
        title,
        sheet,
        described,
    )


def _name(row: HeatRow) -> SafeString:
    note = format_html(" <small>{}</small>", row.note) if row.note else ""
    if row.url:
        return format_html('<a href="{}" title="{}">{}</a>{}', row.url, row.label, row.label, note)
    return format_html('<span title="{}">{}</span>{}', row.label, row.label, note)
