"""After a change: recompute the cell's counters and add the difference to every unit above."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from nennep.core.bulk import add_rows
from nennep.core.periods import quarter_months
from nennep.indicators.models import (
    COUNTERS,
    STOCKS,
    CellMonth,
    CountedPlace,
    MemberMonth,
    UnitMonth,
    UnitRecurrence,
    UnitStock,
)
from nennep.indicators.queries.computing import (
    AlarmKey,
    CellCounters,
    Sums,
    cell_counters,
    counters_of,
    happenings,
    open_through,
)
from nennep.indicators.queries.stocks import UnitStocks, counted_stocks_of, stocks_of
from nennep.indicators.rules.recurrences import RecurrenceKey, first_times
from nennep.indicators.rules.stocks import Stock, StockKey
from nennep.meetings.queries.facts import MonthFacts
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit

RECURRENCE_KEY = ("unit", "kind", "block", "month", "previous", "over_on")
MONTH_COLUMNS = ("path", "block", "over_on", *COUNTERS)


@transaction.atomic
def refresh_month(cell: Unit, month: date) -> None:
    """Recompute what a change in `month` can touch: the month and its quarter's last one.

    The cell is locked first and the units above last, in the order of their ids, so that two
    cells that close at once wait for each other only while the sums are written.
    """
    _lock([cell.pk])
    last = quarter_months(month)[-1]
    through = max(open_through(), month)
    refresh_span([cell.pk], month, min(last, through) if last > month else month)


@transaction.atomic
def refresh_units(unit_ids: Sequence[int]) -> None:
    """Recompute all months and stocks of these units, after a move or a change of the roll."""
    _lock(unit_ids)
    calendar = Calendar()
    refresh_span(unit_ids, calendar.counts_from, open_through(), calendar)
    refresh_stocks(unit_ids, calendar)


def _lock(unit_ids: Iterable[int]) -> None:
    list(Unit.objects.filter(pk__in=unit_ids).order_by("pk").select_for_update(no_key=True))


def refresh_span(
    cell_ids: Sequence[int], first: date, last: date, calendar: Calendar | None = None
) -> None:
    """Recompute these months of these cells and add the differences to the units above."""
    calendar = calendar or Calendar()
    before = _counted(cell_ids)
    sums = Sums()
    for cell in cell_counters(cell_ids, first, last, calendar):
        _refresh_cell(before[cell.cell_id], cell, (first, last), sums)
    _add_sums(sums)


def _refresh_cell(
    old: CellCounters, fresh: CellCounters, span: tuple[date, date], sums: Sums
) -> None:
    """Write the cell's own rows and collect the differences for the units above it."""
    months = {row.month: row for row in old.months}
    gone = [m for m in months if span[0] <= m <= span[1]]
    for month in gone:
        row = months.pop(month)
        sums.add_month(row, [-n for n in counters_of(row)])
    for row in fresh.months:
        months[row.month] = row
        sums.add_month(row, counters_of(row))
    alarms = _alarms_now(old.alarms, fresh.alarms, span)
    rows = [months[month] for month in sorted(months)]
    sums.recurrences.update(first_times(happenings(rows, alarms)))
    sums.recurrences.subtract(first_times(happenings(old.months, old.alarms)))
    _write_months(old.cell_id, fresh.months, set(gone))
    if sorted(alarms) != sorted(old.alarms):
        _write_alarms(old.cell_id, alarms)


def _alarms_now(
    old: Iterable[AlarmKey], fresh: Iterable[AlarmKey], span: tuple[date, date]
) -> list[AlarmKey]:
    """Alarms are worked out for whole calendar years: those of other years stay."""
    kept = [alarm for alarm in old if not span[0].year <= alarm[2].year <= span[1].year]
    return [*kept, *fresh]


def _counted(cell_ids: Sequence[int]) -> dict[int, CellCounters]:
    """The counters as they are stored."""
    cells = {cell_id: CellCounters(cell_id) for cell_id in cell_ids}
    rows = CellMonth.objects.filter(cell_id__in=cell_ids).order_by("cell_id", "month")
    for cell_id, month, path, block, over_on, *counters in rows.values_list(
        "cell_id", "month", *MONTH_COLUMNS
    ):
        numbers = dict(zip(COUNTERS, counters, strict=True))
        cells[cell_id].months.append(MonthFacts(cell_id, month, path, block, over_on, **numbers))
    alarms = MemberMonth.objects.filter(cell_id__in=cell_ids)
    for cell_id, member_id, kind, month in alarms.values_list(
        "cell_id", "member_id", "kind", "month"
    ):
        cells[cell_id].alarms.append((member_id, kind, month))
    return cells


def _write_months(cell_id: int, rows: Sequence[MonthFacts], gone: set[date]) -> None:
    if left := gone - {row.month for row in rows}:
        CellMonth.objects.filter(cell_id=cell_id, month__in=left).delete()
    CellMonth.objects.bulk_create(
        [
            CellMonth(
                cell_id=cell_id,
                month=row.month,
                **{name: getattr(row, name) for name in MONTH_COLUMNS},
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["cell", "month"],
        update_fields=MONTH_COLUMNS,
    )


def _write_alarms(cell_id: int, alarms: Iterable[AlarmKey]) -> None:
    MemberMonth.objects.filter(cell_id=cell_id).delete()
    MemberMonth.objects.bulk_create(
        MemberMonth(cell_id=cell_id, member_id=member_id, kind=kind, month=month)
        for member_id, kind, month in alarms
    )


def _add_sums(sums: Sums) -> None:
    months = [(*key, *row) for key, row in sorted(sums.months.items()) if any(row)]
    add_rows(UnitMonth, ("unit", "month", "block"), COUNTERS, months)
    add_rows(UnitRecurrence, RECURRENCE_KEY, ("count",), recurrence_rows(sums.recurrences))


def recurrence_rows(counts: Counter[RecurrenceKey]) -> list[tuple[object, ...]]:
    """The rows to add, in the order of their keys; what cancels out is left away."""
    return [
        (key.unit_id, key.kind, key.block, key.month, key.previous, key.over_on, count)
        for key, count in sorted(counts.items())
        if count
    ]


def refresh_stocks(unit_ids: Sequence[int], calendar: Calendar) -> None:
    """Add the difference between what these units count for now and what they should."""
    changes: dict[StockKey, list[int]] = defaultdict(lambda: [0] * len(STOCKS))
    for counted in counted_stocks_of(unit_ids):
        _collect(changes, counted.changes, sign=-1)
    fresh = list(stocks_of(unit_ids, calendar))
    for unit in fresh:
        _collect(changes, unit.changes, sign=1)
    rows = [
        (unit_id, on, block, *row)
        for (unit_id, block, on), row in sorted(changes.items())
        if any(row)
    ]
    add_rows(UnitStock, ("unit", "on", "block"), STOCKS, rows)
    write_counted_places(fresh)


def _collect(
    changes: dict[StockKey, list[int]], added: dict[StockKey, Stock], *, sign: int
) -> None:
    for key, stock in added.items():
        changes[key] = [a + sign * b for a, b in zip(changes[key], stock, strict=True)]


def write_counted_places(units: Sequence[UnitStocks]) -> None:
    CountedPlace.objects.filter(unit_id__in=[unit.unit_id for unit in units]).delete()
    CountedPlace.objects.bulk_create(
        CountedPlace(
            unit_id=unit.unit_id,
            path=place.path,
            kind=place.kind,
            block=place.block,
            valid_from=place.valid_from,
            valid_to=place.valid_to,
        )
        for unit in units
        for place in unit.stood
    )
