"""Drawing SVG: elements with a look, which is a CSS class on a page and attributes in a file."""

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.html import escape
from django.utils.safestring import SafeString

Value = Fraction | float | int

# Each look, as it is where there is no style sheet: in a PDF, an image, a word processor.
# On a page the class `c-<look>` of css/charts.css does the same from the tokens.
LOOKS: dict[str, dict[str, str]] = {
    "title": {"fill": "#1b1f24", "font-size": "16", "font-weight": "600"},
    "label": {"fill": "#1b1f24", "font-size": "14"},
    "small": {"fill": "#57606a", "font-size": "11"},
    "axis": {"fill": "#57606a", "font-size": "13"},
    "value": {"fill": "#1b1f24", "font-size": "14", "font-weight": "600"},
    "grid": {"stroke": "#d7dbe0", "stroke-width": "1", "fill": "none"},
    "base": {"stroke": "#868e97", "stroke-width": "1", "fill": "none"},
    "target": {
        "stroke": "#57606a",
        "stroke-width": "1.5",
        "stroke-dasharray": "6 4",
        "fill": "none",
    },
    "line-1": {"stroke": "#1d4f7c", "stroke-width": "2.5", "fill": "none"},
    "line-2": {"stroke": "#9a6700", "stroke-width": "2.5", "fill": "none"},
    "line-3": {"stroke": "#1a7f45", "stroke-width": "2.5", "fill": "none"},
    "line-4": {"stroke": "#6a4a94", "stroke-width": "2.5", "fill": "none"},
    "dot-1": {"fill": "#1d4f7c"},
    "dot-2": {"fill": "#9a6700"},
    "dot-3": {"fill": "#1a7f45"},
    "dot-4": {"fill": "#6a4a94"},
    "track": {"fill": "#eef0f2"},
    "bar": {"fill": "#1d4f7c"},
    "bar-good": {"fill": "#1a7f45"},
    "bar-warn": {"fill": "#9a6700"},
    "bar-bad": {"fill": "#b54708"},
    "bar-info": {"fill": "#1d63b0"},
    "bar-neutral": {"fill": "#6b747d"},
    "cell-good": {"fill": "#cfe8d8"},
    "cell-warn": {"fill": "#f7dd94"},
    "cell-bad": {"fill": "#b54708"},
    "cell-info": {"fill": "#cfe0f3"},
    "cell-neutral": {"fill": "#ffffff", "stroke": "#aab1b8", "stroke-dasharray": "3 2.5"},
    "cell-none": {"fill": "#f6f7f8"},
    "mark-good": {"fill": "#1a7f45", "stroke": "none"},
    "mark-warn": {"fill": "#6e4a00", "stroke": "none"},
    "mark-bad": {"fill": "#ffffff", "stroke": "none"},
    "mark-info": {"fill": "#174a80", "stroke": "none"},
    "mark-neutral": {"fill": "#6b747d", "stroke": "none"},
    "mark-none": {"fill": "#9aa2aa", "stroke": "none"},
}
FONT = "Liberation Serif, Times New Roman, serif"


def fixed(number: Value) -> str:
    """A coordinate: one decimal is finer than the eye."""
    text = f"{float(number):.1f}"
    return text[:-2] if text.endswith(".0") else text


def text_width(text: str, size: float = 14) -> float:
    """Room enough for the widest of the fonts that devices have; letters with marks are no wider."""
    narrow = sum(text.count(c) for c in "iíìỉĩịljtf.,:;'()|/ ")
    wide = sum(1 for c in text if c.isupper() or c in "mw%")
    return size * (0.63 * len(text) - 0.25 * narrow + 0.2 * wide)


def shortened(text: str, room: float, size: float = 14) -> str:
    """Cut with "…" where it does not fit; the whole stays in the title and the table below."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@dataclass
class Pen:
    """Collects the elements of one drawing."""

    standalone: bool = False
    parts: list[str] = field(default_factory=list)

    def look(self, name: str) -> str:
        if not self.standalone:
            return f' class="c-{name}"'
        return "".join(f' {key}="{value}"' for key, value in LOOKS[name].items())

    def add(self, markup: str) -> None:
        self.parts.append(markup)

    def text(self, x: Value, y: Value, words: str, look: str, *, anchor: str = "start") -> None:
        side = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.add(
            f'<text x="{fixed(x)}" y="{fixed(y)}"{side}{self.look(look)}>{escape(words)}</text>'
        )

    def line(self, start: tuple[Value, Value], end: tuple[Value, Value], look: str) -> None:
        (x1, y1), (x2, y2) = start, end
        self.add(f'<path d="M{fixed(x1)} {fixed(y1)}L{fixed(x2)} {fixed(y2)}"{self.look(look)}/>')

    def rect(
        self, corner: tuple[Value, Value], size: tuple[Value, Value], look: str, *, rx: int = 0
    ) -> None:
        (x, y), (width, height) = corner, size
        rounded = f' rx="{rx}"' if rx else ""
        self.add(
            f'<rect x="{fixed(x)}" y="{fixed(y)}" width="{fixed(width)}" height="{fixed(height)}"'
            f"{rounded}{self.look(look)}/>"
        )

    def open_link(self, url: str, *, focusable: bool = True) -> bool:
        """A drawing in a file leads nowhere; on a page its links do what the table's do."""
        if not url or self.standalone:
            return False
        skipped = "" if focusable else ' tabindex="-1"'
        self.add(f'<a href="{escape(url)}"{skipped}>')
        return True

    def sheet(
        self,
        *,
        width: Value,
        height: Value,
        title: str,
        description: str = "",
        modifier: str = "",
        natural: bool = False,
        has_links: bool = False,
    ) -> SafeString:
        """The whole drawing. It is an image to a screen reader, a group where it holds links."""
        key = "c" + hashlib.sha256(f"{title}{modifier}{width}".encode()).hexdigest()[:8]
        described = f'<desc id="{key}d">{escape(description)}</desc>' if description else ""
        names = f"{key}t {key}d" if description else f"{key}t"
        size = (
            f' width="{fixed(width)}" height="{fixed(height)}"'
            if natural or self.standalone
            else ""
        )
        font = f' font-family="{FONT}"' if self.standalone else ""
        role = "group" if has_links and not self.standalone else "img"
        return SafeString(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart{modifier}" role="{role}"'
            f' aria-labelledby="{names}" viewBox="0 0 {fixed(width)} {fixed(height)}"{size}{font}>'
            f'<title id="{key}t">{escape(title)}</title>{described}{"".join(self.parts)}</svg>'
        )
