"""The proof that every counter equals a recomputation from the facts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min

from nennep.indicators.models import (
    COUNTERS,
    STOCKS,
    CellMonth,
    MemberMonth,
    UnitMonth,
    UnitRecurrence,
    UnitStock,
)
from nennep.indicators.queries.computing import (
    CHUNK,
    AlarmKey,
    ChunkCounters,
    Sums,
    count_all,
    every_counted,
)
from nennep.indicators.queries.levels import levels_from_facts, levels_stored, spread_levels
from nennep.indicators.queries.stocks import stocks_of
from nennep.indicators.rules.recurrences import RecurrenceKey
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class Verdict:
    """How many rows were compared, and each difference in words."""

    cell_months: int
    unit_months: int
    differences: tuple[str, ...]


def verify(
    report: Callable[[int, int], None] = lambda done, total: None, workers: int = 1
) -> Verdict:
    """Recompute everything and compare. Rows of zeros and missing rows are the same.

    More than one worker sees committed facts only.
    """
    calendar, sums = Calendar(), Sums()
    differences: list[str] = []
    done = cell_months = 0
    total = len(every_counted())
    for chunk in count_all(*_stored_span(calendar), workers):
        sums.add_chunk(chunk.months, chunk.recurrences)
        cell_months += len(chunk.rows)
        differences += _compare_chunk(chunk)
        done += len(chunk.cell_ids)
        report(done, total)
    levels = levels_from_facts(calendar)
    sums.add_chunk(spread_levels(levels), Counter())
    differences += _unequal("level", levels_stored(), levels)
    unit_months, others = _verify_sums(sums)
    return Verdict(cell_months, unit_months, tuple(differences + others + _verify_stocks(calendar)))


def _stored_span(calendar: Calendar) -> tuple[date, date]:
    months = CellMonth.objects.order_by().aggregate(first=Min("month"), last=Max("month"))
    last = months["last"] or date.min
    return max(months["first"] or last, calendar.counts_from), last


def _compare_chunk(chunk: ChunkCounters) -> list[str]:
    stored = _stored_months(chunk.cell_ids)
    differences = []
    for cell_id, month, *fresh in chunk.rows:
        differences += _compare("cell", (cell_id, month), stored, tuple(fresh))
    differences += [f"cell {key}: a row without facts" for key in stored]
    alarms = _stored_alarms(chunk.cell_ids)
    if sorted(chunk.alarms) != sorted(alarms):
        differences.append(f"alarms of cells {chunk.cell_ids[0]} to {chunk.cell_ids[-1]}")
    return differences


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


def _stored_alarms(cell_ids: list[int]) -> list[tuple[int, AlarmKey]]:
    rows = MemberMonth.objects.filter(cell_id__in=cell_ids).order_by()
    columns = rows.values_list("cell_id", "member_id", "kind", "month")
    return [(cell_id, (member_id, kind, month)) for cell_id, member_id, kind, month in columns]


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
