"""Bars: one for each part, its name and value written above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from nennep.ui.charts.axis import Axis, Unit, axis_for
from nennep.ui.charts.lines import Target, in_both_widths, modifier
from nennep.ui.charts.pen import Pen, Value, shortened, text_width

ROW = 46
BAR = 12


@dataclass(frozen=True)
class Bar:
    """`text` is the value as it is written: 92,4% (12.340/13.355)."""

    label: str
    value: Value | None
    text: str
    url: str = ""
    tone: str = ""
    note: str = ""


def bars(
    items: Sequence[Bar],
    *,
    title: str,
    target: Target | None = None,
    unit: Unit = "percent",
    description: str = "",
    standalone: bool = False,
) -> SafeString:
    """Always from nought: the length of a bar is the value."""
    values = [bar.value for bar in items]
    axis = axis_for([*values, target.value if target else None], unit, from_zero=True)

    def draw(width: int) -> SafeString:
        return _sheet(Pen(standalone), items, axis, target, width, title, description)

    return in_both_widths(draw, standalone=standalone)


def _sheet(
    pen: Pen,
    items: Sequence[Bar],
    axis: Axis,
    target: Target | None,
    width: int,
    title: str,
    description: str,
) -> SafeString:
    top = 26 if target else 4
    for place, bar in enumerate(items):
        _bar(pen, bar, axis, top + place * ROW, width)
    if target:
        x = axis.share(target.value) * width
        for place in range(len(items)):
            over = top + place * ROW + 22
            pen.line((x, over), (x, over + BAR + 4), "target")
        anchor = "end" if x > width / 2 else "start"
        pen.text(
            x,
            14,
            f"┆ {target.label}" if anchor == "start" else f"{target.label} ┆",
            "axis",
            anchor=anchor,
        )
    return pen.sheet(
        width=width,
        height=top + len(items) * ROW,
        title=title,
        description=description or " ".join(f"{bar.label}: {bar.text}." for bar in items),
        modifier=modifier(width),
        has_links=any(bar.url for bar in items),
    )


def _bar(pen: Pen, bar: Bar, axis: Axis, top: float, width: int) -> None:
    opened = pen.open_link(bar.url)
    told = f"{bar.label}: {bar.text}" + (f". {bar.note}" if bar.note else "")
    pen.add(f"<g><title>{escape(told)}</title>")
    room = width - text_width(bar.text, 15) - 18
    pen.text(0, top + 16, shortened(bar.label, room), "label")
    pen.text(width, top + 16, bar.text, "value", anchor="end")
    pen.rect((0, top + 24), (width, BAR), "track", rx=3)
    if bar.value is not None:
        length = max(axis.share(bar.value) * width, 2)
        pen.rect((0, top + 24), (length, BAR), f"bar-{bar.tone}" if bar.tone else "bar", rx=3)
    pen.add("</g>")
    if opened:
        pen.add("</a>")
