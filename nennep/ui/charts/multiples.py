"""Small multiples: the same small line chart for each part, on one scale, so they compare."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nennep.ui.charts.axis import Axis, Unit, axis_for, written
from nennep.ui.charts.lines import Plot, Series, Target, marker, stretch
from nennep.ui.charts.pen import Pen, shortened, text_width

WIDTH, HEIGHT = 260, 138
COLUMNS = 3
GAP = 24


def small_multiples(
    series: Sequence[Series],
    *,
    title: str,
    target: Target | None = None,
    unit: Unit = "percent",
    description: str = "",
    standalone: bool = False,
) -> SafeString:
    """On a page each panel is its own picture in a grid; in a file they stand three in a row."""
    values = [point.value for line in series for point in line.points]
    axis = axis_for([*values, target.value if target else None], unit)
    if standalone:
        return _one_sheet(series, axis, target, title, description)
    panels = format_html_join(
        "", "<li>{}</li>", ((_panel_sheet(line, axis, target),) for line in series)
    )
    return format_html(
        '<div class="chart-multiples">{}<ul>{}</ul></div>', _notes(axis, target), panels
    )


def _notes(axis: Axis, target: Target | None) -> SafeString:
    told = [("chart-note--target", target.label)] if target else []
    told += [("chart-note--cut", axis.cut)] if axis.cut else []
    return format_html_join("", '<p class="chart-note {}">{}</p>', told)


def _panel_sheet(line: Series, axis: Axis, target: Target | None) -> SafeString:
    pen = Pen()
    opened = pen.open_link(line.url)
    _panel(pen, line, axis, target, 0, 0)
    if opened:
        pen.add("</a>")
    return pen.sheet(
        width=WIDTH,
        height=HEIGHT,
        title=_told(line, axis),
        has_links=opened,
    )


def _one_sheet(
    series: Sequence[Series], axis: Axis, target: Target | None, title: str, description: str
) -> SafeString:
    pen = Pen(standalone=True)
    for place, line in enumerate(series):
        row, column = divmod(place, COLUMNS)
        _panel(pen, line, axis, target, column * (WIDTH + GAP), row * (HEIGHT + GAP))
    rows = -(-len(series) // COLUMNS)
    height = rows * (HEIGHT + GAP)
    notes = [target.label if target else "", axis.cut]
    pen.text(0, height, "; ".join(filter(None, notes)), "axis")
    return pen.sheet(
        width=COLUMNS * WIDTH + (COLUMNS - 1) * GAP,
        height=height + 12,
        title=title,
        description=description or " ".join(_told(line, axis) + "." for line in series),
    )


def _panel(
    pen: Pen, line: Series, axis: Axis, target: Target | None, left: float, top: float
) -> None:
    known = [(spot, point) for spot, point in enumerate(line.points) if point.value is not None]
    last = known[-1][1] if known else None
    value = written(last.value if last else None, axis.unit)
    room = WIDTH - text_width(value, 16) - 16
    pen.text(left, top + 18, shortened(line.label, room), "label")
    pen.text(left + WIDTH - 2, top + 18, value, "value", anchor="end")
    gutter = max(text_width(axis.written(end), 12) for end in (axis.low, axis.high)) + 8
    plot = Plot(left + gutter, top + 34, WIDTH - gutter - 8, 74, axis, len(line.points))
    for tick in (axis.low, axis.high):
        y = plot.y(tick)
        pen.line(
            (plot.left, y), (plot.left + plot.width, y), "base" if tick == axis.low else "grid"
        )
        pen.text(plot.left - 6, y + 4.5, axis.written(tick), "axis", anchor="end")
    if target:
        y = plot.y(target.value)
        pen.line((plot.left, y), (plot.left + plot.width, y), "target")
    if line.points:
        pen.text(plot.left, top + HEIGHT - 10, line.points[0].label, "axis")
        pen.text(left + WIDTH - 2, top + HEIGHT - 10, line.points[-1].label, "axis", anchor="end")
    if last is None:
        return
    stretches = groupby(enumerate(known), key=lambda pair: pair[1][0] - pair[0])
    path = "".join(stretch(plot, [entry for _, entry in run]) for _, run in stretches)
    pen.add(f'<path d="{path}" stroke-linejoin="round"{pen.look("line-1")}/>')
    pen.add(marker(pen, plot.x(known[-1][0]), plot.y(last.value or 0), 1))


def _told(line: Series, axis: Axis) -> str:
    known = [point for point in line.points if point.value is not None]
    if not known:
        return f"{line.label}: –"
    last = known[-1]
    note = f" ({last.note})" if last.note else ""
    return f"{line.label}: {last.label} {written(last.value, axis.unit)}{note}"
