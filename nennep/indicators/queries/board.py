"""The position of a unit at a glance: who met in which month, and how many came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import Left

from nennep.core import clock
from nennep.core.periods import Period
from nennep.indicators.models import CellMonth, UnitMonth
from nennep.indicators.queries.numbers import then_under
from nennep.indicators.queries.numbers_below import units_below
from nennep.meetings.choices import Outcome
from nennep.organisation.models import Unit
from nennep.organisation.rules import ids_in, prefix_length

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


def board(unit: Unit, period: Period) -> Board:
    """By the structure of then; a handful of queries, whatever the size of the unit."""
    today = clock.today()
    children = units_below(unit, period)
    ids = [child.pk for child in children]
    months = _committee_months([c.pk for c in children if not c.is_cell], period)
    months |= _cell_months([c.pk for c in children if c.is_cell], period)
    _note_pending(months, unit, ids, period, today)
    rows = tuple(
        BoardRow(c.pk, c.public_id, c.code, c.name, c.kind, c.is_cell, months.get(c.pk, {}))
        for c in children
    )
    return Board(unit, period, min(period.last_day, today), rows, block_months(unit, period, today))


def _committee_months(unit_ids: Sequence[int], period: Period) -> dict[int, Months]:
    rows = (
        UnitMonth.objects.filter(unit_id__in=unit_ids, month__range=(period.first, period.last))
        .order_by()
        .values_list("unit_id", "month")
        .annotate(*(Sum(name) for name in SHOWN))
    )
    return _months_of(rows.iterator())


def _cell_months(cell_ids: Sequence[int], period: Period) -> dict[int, Months]:
    rows = CellMonth.objects.filter(
        cell_id__in=cell_ids, month__range=(period.first, period.last)
    ).order_by()
    return _months_of(rows.values_list("cell_id", "month", *SHOWN).iterator())


def _months_of(rows: Iterable[tuple[int, date, *tuple[int, ...]]]) -> dict[int, Months]:
    months: dict[int, Months] = defaultdict(dict)
    for unit_id, month, *counts in rows:
        months[unit_id][month] = MonthPosition(*counts)
    return months


def _note_pending(
    months: dict[int, Months], unit: Unit, child_ids: Sequence[int], period: Period, today: date
) -> None:
    """Only rows whose time is not over are read, by the child they lie under."""
    wanted = set(child_ids)
    rows = (
        CellMonth.objects.filter(
            then_under(unit),
            reg_unmet__gt=0,
            over_on__gt=today,
            month__range=(period.first, period.last),
        )
        .annotate(below=Left("path", prefix_length(unit.depth + 1)))
        .order_by()
        .values_list("below", "month")
        .annotate(Sum("reg_unmet"))
    )
    for path, month, count in rows:
        child = ids_in(path)[-1]
        if child in wanted and month in months.get(child, {}):
            months[child][month].pending += count


def block_months(unit: Unit, period: Period, today: date) -> dict[str, Months]:
    """The whole unit, block by block and month by month."""
    blocks: dict[str, Months] = defaultdict(dict)
    span = (period.first, period.last)
    source = (
        CellMonth.objects.filter(cell=unit, month__range=span)
        if unit.is_cell
        else UnitMonth.objects.filter(unit=unit, month__range=span)
    )
    for block, month, *counts in source.order_by().values_list("block", "month", *SHOWN):
        blocks[block][month] = MonthPosition(*counts)
    pending = (
        CellMonth.objects.filter(
            Q(cell=unit) if unit.is_cell else then_under(unit),
            reg_unmet__gt=0,
            over_on__gt=today,
            month__range=span,
        )
        .order_by()
        .values_list("block", "month")
        .annotate(Sum("reg_unmet"))
    )
    for block, month, count in pending:
        if month in blocks[block]:
            blocks[block][month].pending += count
    return blocks
