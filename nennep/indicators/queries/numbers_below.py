"""The numbers of many units at once: a table of units costs as many queries as one unit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from nennep.core import clock
from nennep.core.fields import Total
from nennep.core.periods import Period
from nennep.indicators.models import (
    COUNTERS,
    STOCKS,
    CellMonth,
    MemberMonth,
    UnitMonth,
    UnitRecurrence,
    UnitStock,
)
from nennep.indicators.queries.extent import PENDING, Extent, Unstored
from nennep.indicators.queries.numbers import NAMES, have_been_committees, month_totals
from nennep.indicators.rules.months import (
    HAPPENING_COLUMNS,
    RUNNING,
    first_running_month,
    happenings_of,
)

Sums = dict[int, dict[str, int]]


def numbers_below(extent: Extent) -> Sums:
    """By unit id, everything that is counted under each unit directly below."""
    today, period = clock.today(), extent.period
    sums: Sums = {unit.pk: dict.fromkeys(NAMES, 0) for unit in extent.below}
    cells = [unit.pk for unit in extent.below if unit.is_cell]
    summed = have_been_committees(cells) if cells else frozenset()
    cells = [cell_id for cell_id in cells if cell_id not in summed]
    committees = [unit.pk for unit in extent.below if not unit.is_cell or unit.pk in summed]
    _add_months(sums, committees, period, today)
    _add_recurrences(sums, committees, period, today)
    _add_cell_months(sums, cells, period, today)
    _add_alarms(sums, cells, period)
    _add_unstored(sums, extent.unstored)
    _add_stocks(sums, [*committees, *cells], min(period.last_day, today))
    return sums


def numbers_of_row(row: CellMonth, today: date) -> dict[str, int]:
    """The numbers of one cell's one month; no stocks, which are of a day."""
    sums = dict.fromkeys(NAMES, 0)
    sums.update({name: getattr(row, name) for name in COUNTERS})
    if row.month >= first_running_month(today):
        sums.update({name: getattr(row, opened) for name, opened in RUNNING.items()})
    if row.over_on > today:
        sums.update({f"{prefix}_pending": getattr(row, f"{prefix}_unmet") for prefix in PENDING})
    sums.update({f"cells_{h.kind}": 1 for h in happenings_of(row) if h.over_on <= today})
    return sums


def _add(sums: Sums, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        target = sums[row["unit_id"]]
        for name, number in row.items():
            if name != "unit_id":
                target[name] += number or 0


def _add_months(sums: Sums, ids: Sequence[int], period: Period, today: date) -> None:
    rows = UnitMonth.objects.filter(unit_id__in=ids, month__range=(period.first, period.last))
    _add(sums, rows.order_by().values("unit_id").annotate(**month_totals(today)))


def _add_recurrences(sums: Sums, ids: Sequence[int], period: Period, today: date) -> None:
    rows = UnitRecurrence.objects.filter(
        unit_id__in=ids,
        month__range=(period.first, period.last),
        previous__lt=period.first,
        over_on__lte=today,
    )
    for unit_id, kind, count in (
        rows.order_by().values_list("unit_id", "kind").annotate(Total("count"))
    ):
        sums[unit_id][f"cells_{kind}"] += count


def _add_unstored(sums: Sums, unstored: Unstored) -> None:
    for each in unstored.all:
        for unit_id in each.place:
            if unit_id in sums:
                for name, count in each.named().items():
                    sums[unit_id][name] += count


def _add_cell_months(sums: Sums, ids: Sequence[int], period: Period, today: date) -> None:
    """Counters are summed by the database; what counts once in a period is looked for here."""
    rows = CellMonth.objects.filter(cell_id__in=ids, month__range=(period.first, period.last))
    by_cell = rows.order_by().values(unit_id=F("cell_id"))
    _add(sums, by_cell.annotate(**month_totals(today)))
    for row in rows.order_by().values_list("cell_id", *HAPPENING_COLUMNS, named=True).iterator():
        for happening in happenings_of(row):
            if happening.over_on <= today:
                sums[row.cell_id][f"cells_{happening.kind}"] = 1


def _add_alarms(sums: Sums, ids: Sequence[int], period: Period) -> None:
    alarms = MemberMonth.objects.filter(
        cell_id__in=ids, month__range=(period.first, period.last)
    ).order_by()
    for cell_id, _member, kind in alarms.values_list("cell_id", "member_id", "kind").distinct():
        sums[cell_id][f"cells_{kind}"] += 1


def _add_stocks(sums: Sums, ids: Sequence[int], as_of: date) -> None:
    rows = UnitStock.objects.filter(unit_id__in=ids, on__lte=as_of).order_by()
    _add(sums, rows.values("unit_id").annotate(**{name: Total(name) for name in STOCKS}))
