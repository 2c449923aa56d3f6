"""The whole numbers that figures are made of: a handful of sums, whatever the size of the unit."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import Total, holding_on
from nennep.core.periods import Period
from nennep.core.refusal import Refusal
from nennep.indicators.choices import Recurrence, Structure
from nennep.indicators.models import (
    COUNTERS,
    STOCKS,
    CellMonth,
    CountedStock,
    MemberMonth,
    UnitMonth,
    UnitRecurrence,
    UnitStock,
)
from nennep.indicators.queries.extent import PENDING, Unstored, unstored_under
from nennep.indicators.queries.levels import levels_now
from nennep.indicators.queries.registers import (
    REGISTERED,
    registered_of,
    registered_units,
)
from nennep.indicators.rules.months import (
    HAPPENING_COLUMNS,
    RUNNING,
    first_running_month,
    happenings_of,
)
from nennep.organisation.choices import CELL_KINDS, UnitKind
from nennep.organisation.models import Placement, Unit
from nennep.organisation.queries import principal_successors

NAMES = (
    *COUNTERS,
    *STOCKS,
    *(f"{prefix}_pending" for prefix in PENDING),
    *RUNNING,
    *(f"cells_{kind}" for kind in Recurrence.values),
    *REGISTERED,
)


@dataclass(frozen=True)
class Numbers:
    """Sums by block; a name that nothing was counted for is 0. `as_of` is the day of the stocks."""

    by_block: Mapping[str, Mapping[str, int]]
    as_of: date

    def total(self, block: str | None = None) -> dict[str, int]:
        """Over all blocks, or of one."""
        rows = self.by_block.values() if block is None else [self.by_block.get(block, {})]
        sums = dict.fromkeys(NAMES, 0)
        for row in rows:
            for name, number in row.items():
                sums[name] += number
        return sums

    @property
    def blocks(self) -> list[str]:
        return sorted(block for block, row in self.by_block.items() if block and any(row.values()))


Table = dict[str, dict[str, int]]


def numbers(
    unit: Unit,
    period: Period,
    structure: Structure = Structure.THEN,
    unstored: Unstored | None = None,
) -> Numbers:
    """Everything that is counted under the unit in the period.

    `unstored` is what no stored sum has of that period, where it was asked for already. Refuses a unit that does not exist in the structure asked for.
    """
    today = clock.today()
    as_of = min(period.last_day, today)
    table: Table = defaultdict(lambda: defaultdict(int))
    _refuse_absent(unit, period, structure)
    if structure == Structure.NOW and unit.parent_id is not None:
        _add_now(table, unit, period, as_of, today)
    elif unit.is_cell and not have_been_committees([unit.pk]):
        _add_cells(table, CellMonth.objects.filter(cell=unit), period, today)
        _add(table, registered_of([unit.pk], period))
        _add_stocks(table, [unit.pk], as_of)
    else:
        _add_then(table, unit, period, today)
        _add_unstored(table, unit, unstored or unstored_under([unit], period))
        _add_stocks(table, [unit.pk], as_of)
    return Numbers(table, as_of)


def have_been_committees(cell_ids: Sequence[int]) -> frozenset[int]:
    """Of these cells, those that were committees: months are summed for them as well."""
    summed = UnitMonth.objects.filter(unit_id__in=cell_ids).order_by()
    return frozenset(summed.values_list("unit_id", flat=True).distinct())


def _refuse_absent(unit: Unit, period: Period, structure: Structure) -> None:
    if structure == Structure.NOW and unit.ended_on is not None and unit.ended_on < clock.today():
        raise Refusal(
            _("%(unit)s does not exist in the structure of now. Ask for the structure of then.")
            % {"unit": unit.name},
            code="unit_not_in_structure",
        )
    lived = unit.founded_on <= period.last_day and (
        unit.ended_on is None or unit.ended_on >= period.first
    )
    if structure == Structure.THEN and not lived:
        raise Refusal(
            _("%(unit)s did not exist in this period. Choose another period or its successor.")
            % {"unit": unit.name},
            code="unit_not_in_structure",
        )


def _add(table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        target = table[row["block"]]
        for name, number in row.items():
            if name != "block":
                target[name] += number or 0


def _add_then(table: Table, unit: Unit, period: Period, today: date) -> None:
    span = (period.first, period.last)
    months = UnitMonth.objects.filter(unit=unit, month__range=span).order_by()
    _add(table, months.values("block").annotate(**month_totals(today)))
    firsts = (
        UnitRecurrence.objects.filter(
            unit=unit, month__range=span, previous__lt=period.first, over_on__lte=today
        )
        .order_by()
        .values_list("kind", "block")
        .annotate(Total("count"))
    )
    for kind, block, count in firsts:
        table[block][f"cells_{kind}"] += count


def month_totals(today: date) -> dict[str, Total]:
    """Every counter summed, and what is still open in months not over yet.

    These come first: after the sum of the same name the counter itself can no longer be named.
    """
    is_running = Q(month__gte=first_running_month(today))
    pending = {name: Total(opened, filter=is_running) for name, opened in RUNNING.items()}
    return pending | {name: Total(name) for name in COUNTERS}


def _add_unstored(table: Table, unit: Unit, unstored: Unstored) -> None:
    for each in unstored.under(unit):
        for name, count in each.named().items():
            table[each.block][name] += count


def _add_stocks(table: Table, unit_ids: Iterable[int], as_of: date) -> None:
    changes = UnitStock.objects.filter(unit_id__in=list(unit_ids), on__lte=as_of).order_by()
    _add(table, changes.values("block").annotate(**{name: Total(name) for name in STOCKS}))


def _add_cells(table: Table, rows: QuerySet[CellMonth], period: Period, today: date) -> None:
    """Straight from the cells' own months: for one cell, and for the structure of now.

    Counters are summed by the database; what counts once in a period is looked for here.
    """
    rows = rows.filter(month__range=(period.first, period.last)).order_by()
    _add(table, rows.values("block").annotate(**month_totals(today)))
    pending = {f"{prefix}_pending": Total(f"{prefix}_unmet") for prefix in PENDING}
    _add(table, rows.filter(over_on__gt=today).values("block").annotate(**pending))
    in_order = rows.order_by("cell_id", "month")
    seen: set[tuple[int, str]] = set()
    for row in in_order.values_list("cell_id", *HAPPENING_COLUMNS, named=True).iterator():
        for happening in happenings_of(row):
            key = (row.cell_id, happening.kind)
            if happening.over_on <= today and key not in seen:
                seen.add(key)
                table[happening.block][f"cells_{happening.kind}"] += 1
    _add_alarms(table, in_order, period)


def _add_alarms(table: Table, rows: QuerySet[CellMonth], period: Period) -> None:
    alarms = MemberMonth.objects.filter(
        cell_id__in=rows.order_by().values("cell_id"), month__range=(period.first, period.last)
    )
    blocks = dict(rows.order_by("month").values_list("cell_id", "block"))
    for cell_id, _member, kind in (
        alarms.order_by().values_list("cell_id", "member_id", "kind").distinct()
    ):
        table[blocks.get(cell_id, "")][f"cells_{kind}"] += 1


def _add_now(table: Table, unit: Unit, period: Period, as_of: date, today: date) -> None:
    is_here = _present_under(unit)
    cells = [cell_id for cell_id in _every_cell() if is_here(cell_id)]
    supervised = [unit_id for unit_id in _committees_counted() if is_here(unit_id)]
    counted = CellMonth.objects.filter(cell_id__in=[*cells, *supervised])
    _add_cells(table, counted, period, today)
    mixed = set(CountedStock.objects.values_list("unit_id", flat=True)).intersection(cells)
    _add_stocks(table, [cell_id for cell_id in cells if cell_id not in mixed], as_of)
    _add_own_stocks(table, mixed, as_of)
    _add(table, levels_now(is_here, period, today))
    _add(table, registered_of(filter(is_here, registered_units(period)), period))
    committees = (
        Unit.objects.within(unit).living_on(as_of).filter(kind=UnitKind.GRASSROOTS_COMMITTEE)
    )
    table[""]["grassroots_committees"] += committees.count()


def _add_own_stocks(table: Table, unit_ids: Iterable[int], as_of: date) -> None:
    """Of units that have been cells and committees: without what stands below them."""
    day = holding_on(as_of)
    blocks = dict(Placement.objects.filter(day, unit__in=unit_ids).values_list("unit_id", "block"))
    rows = CountedStock.objects.filter(unit__in=unit_ids, on__lte=as_of).order_by("on")
    latest = {row.unit_id: row for row in rows}
    for unit_id, row in latest.items():
        for name in STOCKS:
            if name != "grassroots_committees":  # counted by their present kind
                table[blocks.get(unit_id, "")][name] += getattr(row, name)


def _present_under(unit: Unit) -> Callable[[int], bool]:
    """Whether the present place of a unit, or of its principal successor in the end, is under `unit`."""
    heirs = principal_successors()
    living = set(Unit.objects.within(unit).values_list("pk", flat=True))
    return lambda unit_id: heirs.get(unit_id, unit_id) in living


def _every_cell() -> QuerySet[Any, int]:
    """Units that are or were cells."""
    placed = Placement.objects.filter(kind__in=sorted(CELL_KINDS)).order_by("unit_id")
    return placed.values_list("unit_id", flat=True).distinct()


def _committees_counted() -> QuerySet[Any, int]:
    """Units that never were a cell and have months of their own, in which they were supervised."""
    counted = CellMonth.objects.exclude(cell_id__in=_every_cell().order_by())
    return counted.order_by("cell_id").values_list("cell_id", flat=True).distinct()
