"""The board as pictures: a word and a shape before the colour, and a table below each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nennep.core.text import vn_number, vn_percent
from nennep.indicators.queries.board import LOOKS, Board, BoardRow, MonthPosition, Months
from nennep.organisation.choices import Block
from nennep.regulations.rules import NormInForce
from nennep.ui.charts import (
    Column,
    HeatCell,
    HeatRow,
    Point,
    Series,
    Target,
    heat_map,
    small_multiples,
)

NEARLY_ALL = Fraction(9, 10)  # only how a cell is painted; what is judged stands in the table


def heat_of(board: Board, address: Callable[[BoardRow], str]) -> SafeString:
    """Units by months. A committee's month is painted by the share of its cells that met."""
    columns = [
        Column(str(month.month), group=str(month.year), name=_month_name(month))
        for month in board.months
    ]
    rows = [
        HeatRow(
            row.name, [_heat_cell(row.months.get(month)) for month in board.months], address(row)
        )
        for row in board.rows
    ]
    return heat_map(
        rows,
        columns,
        title=_("Regular meetings by unit and month"),
        description=_("Each row is a unit, each column a month."),
        legend=_legend(board),
    )


def _month_name(month: date) -> str:
    return _("month %(month)s/%(year)s") % {"month": month.month, "year": month.year}


def _legend(board: Board) -> list[HeatCell]:
    if any(row.is_cell for row in board.rows):
        outcomes = [HeatCell(str(o.label), tone, shape) for o, (tone, shape) in LOOKS.items()]
    else:
        outcomes = []
    shares = [
        HeatCell(_("All met"), "good", "check"),
        HeatCell(_("Nine in ten met, or more"), "good", "half"),
        HeatCell(_("Fewer met"), "warn", "triangle"),
        HeatCell(_("Not one met"), "bad", "cross"),
        HeatCell(_("Nothing due yet"), "none", "dash"),
    ]
    return outcomes + (shares if any(not row.is_cell for row in board.rows) else [])


def _heat_cell(position: MonthPosition | None) -> HeatCell | None:
    if position is None or not position.expected:
        return None
    if (outcome := position.outcome) is not None:
        tone, shape = LOOKS[outcome]
        return HeatCell(str(outcome.label), tone, shape)
    if position.share is None:
        return HeatCell(_("Nothing due yet"), "none", "dash")
    note = f"{vn_percent(position.share)} ({vn_number(position.met)}/{vn_number(position.due)})"
    if position.share == 1:
        return HeatCell(_("All met"), "good", "check", note=note)
    if position.share >= NEARLY_ALL:
        return HeatCell(_("Nine in ten met, or more"), "good", "half", note=note)
    if position.share:
        return HeatCell(_("Fewer met"), "warn", "triangle", note=note)
    return HeatCell(_("Not one met"), "bad", "cross", note=note)


def attendance_multiples(board: Board, norm: NormInForce | None) -> SafeString:
    """Attendance at regular meetings, a small picture for the whole and for each block."""
    named = [(_("All blocks"), board.overall)]
    named += [(str(Block(block).label), months) for block, months in blocks_of(board)]
    series = [_attendance_series(label, months, board.months) for label, months in named]
    target = (
        Target(norm.share, _("target %(share)s") % {"share": vn_percent(norm.share)})
        if norm
        else None
    )
    return small_multiples(
        series,
        title=_("Attendance at regular meetings by block"),
        target=target,
        description=_("One picture for each block of cells; the dashed line is the target."),
    )


def blocks_of(board: Board) -> Iterable[tuple[str, Months]]:
    """Blocks in their order, those that have a name and anything to show."""
    return [(block, board.by_block[block]) for block in Block.values if board.by_block.get(block)]


def _attendance_series(
    label: str, months: Mapping[date, MonthPosition], shown: Sequence[date]
) -> Series:
    points = []
    for month in shown:
        position = months.get(month)
        share = position.attendance if position else None
        note = (
            f"{vn_number(position.present)}/{vn_number(position.required)}"
            if position and share is not None
            else ""
        )
        points.append(Point(f"{month.month}/{month.year}", share, note))
    return Series(label, points)
