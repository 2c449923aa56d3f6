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
    CountedStock,
    MemberMonth,
    UnitMonth,
    UnitRecurrence,
    UnitStock,
)
from nennep.indicators.queries.computing import (
    AlarmKey,
    CellCounters,
    CellMonthFacts,
    Sums,
    cell_counters,
    counted_as_mixed,
    counters_of,
    happenings,
    mixed_units,
    open_through,
)
from nennep.indicators.queries.stocks import UnitStocks, counted_stocks_of, stocks_of
from nennep.indicators.rules.recurrences import RecurrenceKey, first_times
from nennep.indicators.rules.stocks import Stock, StockKey
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit

RECURRENCE_KEY = ("unit", "kind", "block", "month", "previous", "over_on")
MONTH_COLUMNS = ("path", "block", "over_on", *COUNTERS)


@transaction.atomic
def refresh_month(cell_ids: Sequence[int], month: date) -> None:
    """Recompute what a change in `month` can touch: the month and its quarter's last one.

    A month that is not open yet is counted when it opens. Cells are locked first and the units above
    last, in the order of their ids, so that two cells that close at once wait for each other only
    while the sums are written.
    """
    lock_units(cell_ids)
    last = min(quarter_months(month)[-1], open_through())
    if month <= last:
        refresh_span(cell_ids, month, last)


@transaction.atomic
def refresh_tasks(cell: Unit, month: date | None) -> None:
    """The tasks due in a month changed; without a month, who has one."""
    if month is None:
        refresh_stocks([cell.pk], Calendar())
    else:
        refresh_counted(cell, month)


@transaction.atomic
def refresh_counted(cell: Unit, month: date) -> None:
    """Something that is counted in this month alone changed, and in no other of its quarter.

    What belongs to a month whose counters are not kept yet is counted when it is opened.
    """
    calendar = Calendar()
    if calendar.counts_from <= month <= open_through():
        lock_units([cell.pk])
        refresh_span([cell.pk], month, month, calendar)


@transaction.atomic
def refresh_units(unit_ids: Sequence[int]) -> None:
    """Recompute all months and stocks of these units, after a move or a change of the roll."""
    lock_units(unit_ids)
    calendar = Calendar()
    mixed = mixed_units(unit_ids)
    refresh_span(unit_ids, calendar.counts_from, open_through(), calendar, mixed)
    refresh_stocks(unit_ids, calendar)


def lock_units(unit_ids: Iterable[int]) -> None:
    """Cells and superiors whose own counters are worked out; the units above come last."""
    list(Unit.objects.filter(pk__in=unit_ids).order_by("pk").select_for_update(no_key=True))


def refresh_span(
    cell_ids: Sequence[int],
    first: date,
    last: date,
    calendar: Calendar | None = None,
    mixed: frozenset[int] | None = None,
) -> None:
    """Recompute these months of these cells and add the differences to the units they count for.

    `mixed` are the cells that count for themselves from now on, and the span is then all months;
    None: no place has changed.
    """
    calendar = calendar or Calendar()
    before = _counted(cell_ids)
    was_mixed = counted_as_mixed(cell_ids)
    sums = Sums(was_mixed if mixed is None else mixed)
    for cell in cell_counters(cell_ids, first, last, calendar):
        _refresh_cell(before[cell.cell_id], cell, (first, last), sums, was_mixed)
    _add_sums(sums)


def _refresh_cell(
    old: CellCounters,
    fresh: CellCounters,
    span: tuple[date, date],
    sums: Sums,
    was_mixed: frozenset[int],
) -> None:
    """Write the cell's own rows and collect the differences for the units it counts for."""
    gone = {row.month for row in old.months if span[0] <= row.month <= span[1]}
    kept = [row for row in old.months if row.month not in gone]
    for row in old.months:
        if row.month in gone:
            sums.add_month(row, [-n for n in counters_of(row)], was_mixed)
    for row in fresh.months:
        sums.add_month(row, counters_of(row), sums.mixed)
    rows = sorted([*kept, *fresh.months], key=lambda row: row.month)
    alarms = _alarms_now(old.alarms, fresh.alarms, span)
    sums.recurrences.update(first_times(happenings(rows, alarms), sums.mixed))
    sums.recurrences.subtract(old.recurrences(was_mixed))
    _write_months(old.cell_id, fresh.months, gone)
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
        cells[cell_id].months.append(
            CellMonthFacts(cell_id, month, path, block, over_on, **numbers)
        )
    alarms = MemberMonth.objects.filter(cell_id__in=cell_ids)
    for cell_id, member_id, kind, month in alarms.values_list(
        "cell_id", "member_id", "kind", "month"
    ):
        cells[cell_id].alarms.append((member_id, kind, month))
    return cells


def _write_months(cell_id: int, rows: Sequence[CellMonthFacts], gone: set[date]) -> None:
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
    write_counted(fresh)


def _collect(
    changes: dict[StockKey, list[int]], added: dict[StockKey, Stock], *, sign: int
) -> None:
    for key, stock in added.items():
        changes[key] = [a + sign * b for a, b in zip(changes[key], stock, strict=True)]


def write_counted(units: Sequence[UnitStocks]) -> None:
    """What was counted for each, so that it can be taken back exactly."""
    unit_ids = [unit.unit_id for unit in units]
    CountedStock.objects.filter(unit_id__in=unit_ids).delete()
    CountedStock.objects.bulk_create(
        CountedStock(unit_id=unit.unit_id, on=on, **dict(zip(STOCKS, stock, strict=True)))
        for unit in units
        if unit.is_mixed
        for on, stock in sorted(unit.own.items())
    )
    CountedPlace.objects.filter(unit_id__in=unit_ids).delete()
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
