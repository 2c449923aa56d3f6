"""The board as pictures: a word and a shape before the colour, and a table below each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nennep.core.text import vn_number, vn_part, vn_percent
from nennep.indicators.queries.board import LOOKS, Board, BoardRow, MonthPosition, Months
from nennep.indicators.queries.figures import Figure
from nennep.indicators.queries.ways_down import MonthFigure
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
    trend,
)
from nennep.ui.charts.axis import Unit

NEARLY_ALL = Fraction(9, 10)  # only how a cell is painted; what is judged stands in the table
SHORT_LIST = 24  # so many rows are seen at once; of more, those in order are folded away

Address = Callable[[BoardRow], str]


@dataclass(frozen=True)
class Heat:
    """The heat map of a board, in two parts where it is long: what needs a look comes first."""

    first: SafeString
    folded: SafeString
    folded_count: int


def heat_of(board: Board, address: Address) -> Heat:
    """Units by months. A committee's month is painted by the share of its cells that met."""
    troubled, orderly = board.troubled, board.orderly
    if len(board.rows) <= SHORT_LIST or not troubled or not orderly:
        whole = _map(board, board.rows, address, _("Regular meetings by unit and month"))
        return Heat(whole, SafeString(""), 0)
    return Heat(
        _map(board, troubled, address, _("Units with a meeting late or not held")),
        _map(board, orderly, address, _("Units whose every meeting was held in time")),
        len(orderly),
    )


def _map(board: Board, shown: Sequence[BoardRow], address: Address, title: str) -> SafeString:
    months = _months_shown(board)
    columns = [
        Column(str(month.month), group=str(month.year), name=_month_name(month)) for month in months
    ]
    looks = Looks()
    rows = [
        HeatRow(row.name, [looks.of(row.months.get(month)) for month in months], address(row))
        for row in shown
    ]
    return heat_map(
        rows,
        columns,
        title=title,
        description=_("Each row is a unit, each column a month."),
        legend=looks.legend(shown),
    )


def _months_shown(board: Board) -> Sequence[date]:
    """From the first month that anything was expected in: the ledger may begin later."""
    overall = board.overall
    begun = [place for place, month in enumerate(board.months) if overall[month].expected]
    return board.months[begun[0] :] if begun else board.months


def _month_name(month: date) -> str:
    return _("month %(month)s/%(year)s") % {"month": month.month, "year": month.year}


class Looks:
    """How months are painted. Equal months share one cell, so that a picture stays small."""

    def __init__(self) -> None:
        self._outcomes = {o: HeatCell(str(o.label), *look) for o, look in LOOKS.items()}
        self._all_met = HeatCell(_("All met"), "good", "check")
        self._none_met = HeatCell(_("Not one met"), "bad", "cross")
        self._nothing_due = HeatCell(_("Nothing due yet"), "none", "dash")
        self._missing = _("%(count)s not held")
        self._some: dict[tuple[int, int], HeatCell] = {}

    def of(self, position: MonthPosition | None) -> HeatCell | None:
        if position is None or not position.expected:
            return None
        if (outcome := position.outcome) is not None:
            return self._outcomes[outcome]
        met, due = position.met, position.due
        cell = self._some.get((met, due))
        if cell is None:
            cell = self._some[met, due] = self._of_many(met, due)
        return cell

    def _of_many(self, met: int, due: int) -> HeatCell:
        if not due:
            return self._nothing_due
        if met == due:
            return self._all_met
        return self._some_met(met, due) if met else self._none_met

    def _some_met(self, met: int, due: int) -> HeatCell:
        """The number of meetings that are missing stands in the cell."""
        tone = "warn" if met >= NEARLY_ALL * due else "bad"
        note = f"{vn_part(met, due)}, {vn_number(met)}/{vn_number(due)}"
        word = self._missing % {"count": vn_number(due - met)}
        return HeatCell(word, tone, text=_brief(due - met), note=note)

    def legend(self, rows: Sequence[BoardRow]) -> list[HeatCell]:
        shown: list[HeatCell] = []
        if any(not row.is_cell for row in rows):
            shown = [
                self._all_met,
                HeatCell(_("Number not held; nine in ten met, or more"), "warn", text="1"),
                HeatCell(_("Number not held; fewer met"), "bad", text="9"),
                self._none_met,
                self._nothing_due,
            ]
        if any(row.is_cell for row in rows):
            said = {str(cell.word) for cell in shown}
            shown += [cell for cell in self._outcomes.values() if str(cell.word) not in said]
        return shown


def _brief(count: int) -> str:
    return str(count) if count < 1000 else "…"


def attendance_multiples(board: Board, norm: NormInForce | None) -> SafeString:
    """Attendance at regular meetings, a small picture for the whole and for each block."""
    blocks = blocks_of(board)
    named = [(str(Block(block).label), months) for block, months in blocks]
    if len(blocks) != 1:
        named.insert(0, (_("All blocks"), board.overall))
    series = [_attendance_series(label, months, board.months) for label, months in named]
    return small_multiples(
        series,
        title=_("Attendance at regular meetings by block"),
        target=_target(norm),
        description=_("One picture for each block of cells; the dashed line is the target."),
    )


def blocks_of(board: Board) -> Sequence[tuple[str, Months]]:
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
        points.append(Point(_short(month), share, note))
    return Series(label, points)


def trend_of(figure: Figure, months: Sequence[MonthFigure]) -> SafeString:
    """One figure month by month, with the line it is held against."""
    name = _(figure.indicator.name)
    points = [
        Point(_short(each.month), each.figure.value, note=_fraction(each.figure)) for each in months
    ]
    unit: Unit = "percent" if figure.indicator.is_share else "count"
    return trend([Series(name, points)], title=name, target=_target(figure.norm), unit=unit)


def _target(norm: NormInForce | None) -> Target | None:
    if norm is None:
        return None
    return Target(norm.share, _("target %(share)s") % {"share": vn_percent(norm.share)})


def _fraction(figure: Figure) -> str:
    if not figure.denominator:
        return ""
    return f"{vn_number(figure.numerator)}/{vn_number(figure.denominator)}"


def _short(month: date) -> str:
    return f"{month.month}/{month.year}"
