"""Lines through time: one with its target, or many small ones side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString

from nennep.ui.charts.axis import Axis, Unit, axis_for, labelled, written
from nennep.ui.charts.pen import Pen, Value, fixed, shortened, text_width

WIDE, NARROW = 720, 344
LOOKS_OF_LINES = 4
MARKERS = ("circle", "square", "triangle", "diamond")
LEFT_EDGE = 2.0
LINE_OF_TEXT = 17.0  # from one last value to the next where lines end close together
KEY_ROOM = 15.0  # for the marker before a last value, where there are several lines
A_LITTLE = Fraction(1, 1000)
MANY_POINTS = 40  # beyond this only the last point of a line is marked


@dataclass(frozen=True)
class Point:
    """`value` None is a gap: nothing is known, which is not nought."""

    label: str
    value: Value | None
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Series:
    label: str
    points: Sequence[Point]
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Target:
    value: Value
    label: str


@dataclass(frozen=True)
class Plot:
    """The rectangle that values are drawn into."""

    left: float
    top: float
    width: float
    height: float
    axis: Axis
    count: int

    def x(self, place: int) -> float:
        return self.left + (
            self.width * place / (self.count - 1) if self.count > 1 else self.width / 2
        )

    def y(self, value: Value) -> float:
        return self.top + self.height * (1 - self.axis.share(value))


def trend(
    series: Sequence[Series],
    *,
    title: str,
    target: Target | None = None,
    unit: Unit = "percent",
    description: str = "",
    standalone: bool = False,
) -> SafeString:
    """One to four lines over the same months, with the line they are held against."""

    def draw(width: int) -> SafeString:
        return _trend(Pen(standalone), series, target, unit, width, title, description)

    return in_both_widths(draw, standalone=standalone)


def in_both_widths(draw: Callable[[int], SafeString], *, standalone: bool) -> SafeString:
    """Letters keep their size on a phone and a laptop: each has its drawing, CSS shows one."""
    if standalone:
        return draw(WIDE)
    return SafeString(f'<div class="chart-box">{draw(WIDE)}{draw(NARROW)}</div>')


def modifier(width: int) -> str:
    return " chart--wide" if width == WIDE else " chart--narrow"


def _trend(
    pen: Pen,
    series: Sequence[Series],
    target: Target | None,
    unit: Unit,
    width: int,
    title: str,
    description: str,
) -> SafeString:
    values = [point.value for line in series for point in line.points]
    # The target's line keeps off the base line, on which nobody would see it.
    least = max(Fraction(target.value) - A_LITTLE, Fraction(0)) if target else None
    axis = axis_for([*values, least, target.value if target else None], unit)
    labels = [point.label for point in series[0].points] if series else []
    left = max(text_width(axis.written(tick), 13) for tick in axis.ticks) + 10
    top = 26 * _legend(pen, series if len(series) > 1 else (), target, width) + 16
    height = 200 if width == WIDE else 170
    last_room = max((text_width(written(value, unit), 15) for value in values), default=0) + 12
    last_room += KEY_ROOM if len(series) > 1 else 0
    plot = Plot(left, top, width - left - last_room, height, axis, len(labels))
    _draw_axis(pen, plot, labels)
    if target:
        y = plot.y(target.value)
        pen.line((plot.left, y), (plot.left + plot.width, y), "target")
    for place, line in enumerate(series):
        _draw_line(pen, plot, line, place)
    _draw_last_values(pen, plot, series)
    foot = top + height + 34
    if axis.cut:
        foot += 18
        pen.text(LEFT_EDGE, foot - 8, axis.cut, "axis")
    return pen.sheet(
        width=width,
        height=foot,
        title=title,
        description=description or _in_words(series, target, unit),
        modifier=modifier(width),
        has_links=any(point.url for line in series for point in line.points),
    )


def _draw_axis(pen: Pen, plot: Plot, labels: Sequence[str]) -> None:
    right = plot.left + plot.width
    for tick in plot.axis.ticks:
        y = plot.y(tick)
        pen.line((plot.left, y), (right, y), "base" if tick == plot.axis.low else "grid")
        pen.text(plot.left - 8, y + 4.5, plot.axis.written(tick), "axis", anchor="end")
    for place in labelled(list(labels), plot.width):
        x = plot.x(place)
        pen.line((x, plot.top + plot.height), (x, plot.top + plot.height + 5), "base")
        pen.text(x, plot.top + plot.height + 21, labels[place], "axis", anchor="middle")


def _draw_line(pen: Pen, plot: Plot, line: Series, place: int) -> None:
    look = place % LOOKS_OF_LINES + 1
    known = [(spot, point) for spot, point in enumerate(line.points) if point.value is not None]
    stretches = groupby(enumerate(known), key=lambda pair: pair[1][0] - pair[0])
    path = "".join(stretch(plot, [entry for _, entry in run]) for _, run in stretches)
    joined = ' stroke-linejoin="round" stroke-linecap="round"'
    pen.add(f'<path d="{path}"{joined}{pen.look(f"line-{look}")}/>')
    shown = known if len(known) <= MANY_POINTS else known[-1:]
    for spot, point in shown:
        _draw_point(pen, plot, line, spot, point, look)


def _draw_last_values(pen: Pen, plot: Plot, series: Sequence[Series]) -> None:
    """Beside the end of each line; where lines meet, one below the other, with the line's marker."""
    ends: dict[int, list[tuple[Value, int]]] = {}
    for place, line in enumerate(series):
        known = [(spot, p.value) for spot, p in enumerate(line.points) if p.value is not None]
        if known:
            spot, value = known[-1]
            ends.setdefault(spot, []).append((value, place % LOOKS_OF_LINES + 1))
    for spot, values in ends.items():
        values.sort(key=lambda end: (-end[0], end[1]))
        heights = apart([plot.y(value) + 5 for value, _look in values], plot)
        x = plot.x(spot) + 9
        for (value, look), y in zip(values, heights, strict=True):
            if len(series) > 1:
                pen.add(marker(pen, x + 5, y - 5, look))
            shift = KEY_ROOM if len(series) > 1 else 0
            pen.text(x + shift, y, written(value, plot.axis.unit), "value")


def apart(heights: Sequence[float], plot: Plot) -> list[float]:
    """Heights from the top down, a line of text from each other, none outside the plot."""
    placed: list[float] = []
    for y in heights:
        least = placed[-1] + LINE_OF_TEXT if placed else plot.top + 10
        placed.append(max(y, least))
    lowest = plot.top + plot.height
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], lowest)
        lowest = placed[place] - LINE_OF_TEXT
    return placed


def stretch(plot: Plot, run: Sequence[tuple[int, Point]]) -> str:
    """An unbroken piece of the line; a single known point between gaps is its marker alone."""
    places = [f"{fixed(plot.x(spot))} {fixed(plot.y(point.value or 0))}" for spot, point in run]
    return "M" + "L".join(places)


def _draw_point(pen: Pen, plot: Plot, line: Series, spot: int, point: Point, look: int) -> None:
    opened = pen.open_link(point.url, focusable=False)
    told = f"{line.label}, {point.label}: {written(point.value, plot.axis.unit)}"
    told += f" ({point.note})" if point.note else ""
    pen.add(marker(pen, plot.x(spot), plot.y(point.value or 0), look, told))
    if opened:
        pen.add("</a>")


def marker(pen: Pen, x: float, y: float, look: int, title: str = "") -> str:
    """Lines are told apart by the shape of their points as well as by colour."""
    shape = MARKERS[(look - 1) % len(MARKERS)]
    drawn = {
        "circle": f"M{fixed(x - 4)} {fixed(y)}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        "square": f"M{fixed(x - 4)} {fixed(y - 4)}h8v8h-8z",
        "triangle": f"M{fixed(x)} {fixed(y - 5)}l5 9h-10z",
        "diamond": f"M{fixed(x)} {fixed(y - 5.5)}l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    }[shape]
    told = f"<title>{escape(title)}</title>" if title else ""
    return f'<path d="{drawn}"{pen.look(f"dot-{look}")}>{told}</path>'


def _legend(pen: Pen, series: Sequence[Series], target: Target | None, width: int) -> int:
    """The names of the lines and of the target, above them; returns how many rows they took."""
    entries = [(line.label, place % LOOKS_OF_LINES + 1) for place, line in enumerate(series)]
    entries += [(target.label, 0)] if target else []
    x, row = LEFT_EDGE, 0
    for label, look in entries:
        name = shortened(label, width - 40)
        needed = 44 + text_width(name)
        if x > LEFT_EDGE and x + needed > width:
            x, row = LEFT_EDGE, row + 1
        y = 14 + 26 * row
        pen.line((x, y), (x + 24, y), f"line-{look}" if look else "target")
        if look:
            pen.add(marker(pen, x + 12, y, look))
        pen.text(x + 32, y + 5, name, "label")
        x += needed + 10
    return row + 1 if entries else 0


def _in_words(series: Sequence[Series], target: Target | None, unit: Unit) -> str:
    """The same as the picture, for who cannot see it: first and last value of each line."""
    told = []
    for line in series:
        known = [point for point in line.points if point.value is not None]
        if known:
            first, last = known[0], known[-1]
            told.append(
                f"{line.label}: {first.label} {written(first.value, unit)}, "
                f"{last.label} {written(last.value, unit)}."
            )
    if target:
        told.append(f"{target.label}.")
    return " ".join(told)
