"""The proof that every counter equals a recomputation from the facts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nennep.indicators.models import (
    COUNTERS,
    STOCKS,
    CellMonth,
    MemberMonth,
    UnitMonth,
    UnitRecurrence,
    UnitStock,
)
from nennep.indicators.queries.computing import Sums, cell_counters, counters_of, every_cell
from nennep.indicators.queries.stocks import stocks_of
from nennep.indicators.rules.recurrences import RecurrenceKey
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit

CHUNK = 400


@dataclass(frozen=True)
class Verdict:
    """How many rows were compared, and each difference in words."""

    cell_months: int
    unit_months: int
    differences: tuple[str, ...]


def verify(report: Callable[[int, int], None] = lambda done, total: None) -> Verdict:
    """Recompute everything and compare. Rows of zeros and missing rows are the same."""
    calendar, sums = Calendar(), Sums()
    differences: list[str] = []
    cell_months = 0
    cells = every_cell()
    last = CellMonth.objects.order_by("-month").values_list("month", flat=True).first() or date.min
    first = CellMonth.objects.order_by("month").values_list("month", flat=True).first() or last
    first = max(first, calendar.counts_from)
    for start in range(0, len(cells), CHUNK):
        chunk = cells[start : start + CHUNK]
        stored, alarms = _stored_months(chunk), _stored_alarms(chunk)
        for cell in cell_counters(chunk, first, last, calendar):
            sums.add(cell)
            for row in cell.months:
                cell_months += 1
                place = (row.path, row.block, row.over_on)
                fresh = (*place, *counters_of(row))
                differences += _compare("cell", (cell.cell_id, row.month), stored, fresh)
            if sorted(cell.alarms) != sorted(alarms.pop(cell.cell_id, [])):
                differences.append(f"alarms of cell {cell.cell_id}")
        differences += [f"cell {key}: a row without facts" for key in stored]
        report(min(start + CHUNK, len(cells)), len(cells))
    unit_months, others = _verify_sums(sums)
    return Verdict(cell_months, unit_months, tuple(differences + others + _verify_stocks(calendar)))


def _compare(
    what: str,
    key: tuple[object, ...],
    stored: dict[tuple[object, ...], tuple[object, ...]],
    fresh: object,
) -> list[str]:
    was = stored.pop(key, None)
    return [] if was == fresh else [f"{what} {key}: stored {was}, from the facts {fresh}"]


def _stored_months(cell_ids: list[int]) -> dict[tuple[object, ...], tuple[object, ...]]:
    rows = CellMonth.objects.filter(cell_id__in=cell_ids).order_by()
    columns = rows.values_list("cell_id", "month", "path", "block", "over_on", *COUNTERS)
    return {(row[0], row[1]): tuple(row[2:]) for row in columns.iterator()}


def _stored_alarms(cell_ids: list[int]) -> dict[int, list[tuple[int, str, date]]]:
    alarms: dict[int, list[tuple[int, str, date]]] = {}
    rows = MemberMonth.objects.filter(cell_id__in=cell_ids)
    for cell_id, member_id, kind, month in rows.values_list(
        "cell_id", "member_id", "kind", "month"
    ):
        alarms.setdefault(cell_id, []).append((member_id, kind, month))
    return alarms


def _verify_sums(sums: Sums) -> tuple[int, list[str]]:
    stored = {
        (row[0], row[1], row[2]): list(row[3:])
        for row in UnitMonth.objects.order_by()
        .values_list("unit_id", "month", "block", *COUNTERS)
        .iterator()
    }
    differences = _unequal("unit", _nonzero(stored.items()), _nonzero(sums.months.items()))
    recurrences: Counter[RecurrenceKey] = Counter()
    rows = UnitRecurrence.objects.order_by().values_list(
        "unit_id", "kind", "block", "month", "previous", "over_on", "count"
    )
    for unit_id, kind, block, month, previous, over_on, count in rows.iterator():
        recurrences[RecurrenceKey(unit_id, kind, block, month, previous, over_on)] += count
    wanted = {key: count for key, count in sums.recurrences.items() if count}
    found = {key: count for key, count in recurrences.items() if count}
    return len(stored), differences + _unequal("recurrence", found, wanted)


def _nonzero(rows: Iterable[tuple[object, list[int]]]) -> dict[object, list[int]]:
    return {key: row for key, row in rows if any(row)}


def _unequal(what: str, stored: Mapping[Any, Any], fresh: Mapping[Any, Any]) -> list[str]:
    return [
        f"{what} {key}: stored {stored.get(key)}, from the facts {fresh.get(key)}"
        for key in {*stored, *fresh}
        if stored.get(key) != fresh.get(key)
    ]


def _verify_stocks(calendar: Calendar) -> list[str]:
    fresh: dict[object, list[int]] = {}
    units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(units), CHUNK * 5):
        for unit in stocks_of(units[start : start + CHUNK * 5], calendar):
            for key, stock in unit.changes.items():
                row = fresh.setdefault(key, [0] * len(STOCKS))
                fresh[key] = [a + b for a, b in zip(row, stock, strict=True)]
    stored = {
        (unit_id, block, on): list(stock)
        for unit_id, block, on, *stock in UnitStock.objects.values_list(
            "unit_id", "block", "on", *STOCKS
        )
    }
    return _unequal("stock", _nonzero(stored.items()), _nonzero(fresh.items()))
