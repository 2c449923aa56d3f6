"""The position of a unit at a glance: who met in which month, and how many came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from nennep.core import clock
from nennep.core.fields import Total
from nennep.core.periods import Period
from nennep.indicators.models import CellMonth, UnitMonth
from nennep.indicators.queries.extent import Extent
from nennep.meetings.choices import Outcome
from nennep.organisation.models import Unit

SHOWN = (
    "reg_expected",
    "reg_held",
    "reg_late",
    "reg_excused",
    "reg_waiting",
    "reg_unmet",
    "att_required",
    "att_present",
)

# How an outcome looks: a tone and a shape beside its word.
LOOKS = {
    Outcome.HELD: ("good", "dot"),
    Outcome.LATE: ("warn", "half"),
    Outcome.EXCUSED: ("neutral", "ring"),
    Outcome.WAITING: ("info", "ring"),
    Outcome.SILENT: ("bad", "cross"),
    Outcome.PENDING: ("none", "dash"),
}


@dataclass(slots=True)
class MonthPosition:
    """Regular meetings and attendance of one unit in one month."""

    expected: int = 0
    held: int = 0
    late: int = 0
    excused: int = 0
    waiting: int = 0
    unmet: int = 0
    required: int = 0
    present: int = 0
    pending: int = 0

    @property
    def silent(self) -> int:
        return self.unmet - self.pending

    @property
    def due(self) -> int:
        """Meetings that should have been held by now."""
        return self.expected - self.pending

    @property
    def met(self) -> int:
        return self.held + self.late

    @property
    def share(self) -> Fraction | None:
        """Held of due; None where nothing is due."""
        return Fraction(self.met, self.due) if self.due else None

    @property
    def attendance(self) -> Fraction | None:
        return Fraction(self.present, self.required) if self.required else None

    @property
    def outcome(self) -> Outcome | None:
        """Of a single cell: what became of its one expected meeting."""
        if self.expected != 1:
            return None
        if self.held:
            return Outcome.HELD
        if self.late:
            return Outcome.LATE
        if self.excused:
            return Outcome.EXCUSED
        if self.waiting:
            return Outcome.WAITING
        return Outcome.PENDING if self.pending else Outcome.SILENT

    @property
    def is_in_order(self) -> bool:
        """Everything that is due was held in time."""
        return not (self.late or self.excused or self.waiting or self.silent)

    def add(self, other: "MonthPosition") -> None:
        self.expected += other.expected
        self.held += other.held
        self.late += other.late
        self.excused += other.excused
        self.waiting += other.waiting
        self.unmet += other.unmet
        self.required += other.required
        self.present += other.present
        self.pending += other.pending


Months = dict[date, MonthPosition]


@dataclass(frozen=True)
class BoardRow:
    """A unit directly below, month by month."""

    unit_id: int
    public_id: UUID
    code: str
    name: str
    kind: str
    is_cell: bool
    months: Mapping[date, MonthPosition]

    @cached_property
    def total(self) -> MonthPosition:
        return summed(self.months.values())


@dataclass(frozen=True)
class Board:
    """`rows` are the units directly below; `by_block` is the whole unit, block by block."""

    unit: Unit
    period: Period
    as_of: date
    rows: tuple[BoardRow, ...]
    by_block: Mapping[str, Months] = field(default_factory=dict)

    @property
    def months(self) -> Sequence[date]:
        return self.period.months

    @property
    def troubled(self) -> list[BoardRow]:
        """Units with a meeting that was late, explained or not held, in the order of the rows."""
        return [row for row in self.rows if not row.total.is_in_order]

    @property
    def orderly(self) -> list[BoardRow]:
        return [row for row in self.rows if row.total.is_in_order]

    @cached_property
    def overall(self) -> Months:
        """The whole unit, month by month."""
        return {
            month: summed(b[month] for b in self.by_block.values() if month in b)
            for month in self.months
        }


def summed(positions: Iterable[MonthPosition]) -> MonthPosition:
    total = MonthPosition()
    for position in positions:
        total.add(position)
    return total


def board(extent: Extent) -> Board:
    """By the structure of then; a handful of queries, whatever the size of the unit."""
    unit, period = extent.unit, extent.period
    months = _months_below(extent)
    rows = tuple(
        BoardRow(u.pk, u.public_id, u.code, u.name, u.kind, u.is_cell, months.get(u.pk, {}))
        for u in extent.below
    )
    as_of = min(period.last_day, clock.today())
    return Board(unit, period, as_of, rows, _block_months(extent))


def _months_below(extent: Extent) -> dict[int, Months]:
    months: dict[int, Months] = defaultdict(dict)
    for unit_id, month, *counts in chain(_committee_months(extent), _cell_months(extent)):
        months[unit_id][month] = MonthPosition(*counts)
    for each in extent.unstored.pending:
        for unit_id in each.place:
            if each.month in months.get(unit_id, ()):
                months[unit_id][each.month].pending += each.reg
    return months


def _committee_months(extent: Extent) -> Iterable[tuple[Any, ...]]:
    ids = [each.pk for each in extent.below if not each.is_cell]
    rows = UnitMonth.objects.filter(unit__in=ids, month__range=extent.span).order_by()
    return rows.values_list("unit_id", "month").annotate(*(Total(name) for name in SHOWN))


def _cell_months(extent: Extent) -> Iterable[tuple[Any, ...]]:
    ids = [each.pk for each in extent.below if each.is_cell]
    rows = CellMonth.objects.filter(cell__in=ids, month__range=extent.span).order_by()
    return rows.values_list("cell_id", "month", *SHOWN)


def _block_months(extent: Extent) -> dict[str, Months]:
    """The whole unit, block by block and month by month."""
    unit = extent.unit
    source: QuerySet[CellMonth] | QuerySet[UnitMonth] = (
        CellMonth.objects.filter(cell=unit) if unit.is_cell else UnitMonth.objects.filter(unit=unit)
    )
    rows = source.filter(month__range=extent.span).order_by()
    blocks: dict[str, Months] = defaultdict(dict)
    for block, month, *counts in rows.values_list("block", "month", *SHOWN):
        blocks[block][month] = MonthPosition(*counts)
    for each in extent.unstored.pending_under(unit):
        if each.month in blocks[each.block]:
            blocks[each.block][each.month].pending += each.reg
    return blocks
