"""What registers of apps above count, straight from their rows; each says so in `apps.ready()`.

No sum of it is stored: a register has few rows, which carry the place they had on their day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.db.models.functions import Left, TruncMonth

from nennep.core import clock
from nennep.core.periods import Period
from nennep.organisation.rules import ids_in

REGISTERED = ("commended_collectives", "commended_persons")


@dataclass(frozen=True, slots=True)
class RegisteredMonth:
    """What one register counts of one block and month; `place` as in `extent.PendingMonth`."""

    place: frozenset[int]
    block: str
    month: date
    counts: Mapping[str, int]

    def named(self) -> Mapping[str, int]:
        return self.counts


Counted = Mapping[str, Q]
_registers: dict[type[Model], tuple[QuerySet[Any], Counted]] = {}


def register_counts(rows: QuerySet[Any], counted: Counted) -> None:
    """Rows with `unit`, `path`, `block` and the day `on`; each name counts those that fit it."""
    if not set(counted) <= set(REGISTERED):
        raise ValueError(counted)
    _registers[rows.model] = rows, counted


def registered_months(is_under: Q, period: Period, length: int) -> list[RegisteredMonth]:
    """By the first `length` letters of the place, block and month. One query for each register."""
    found = []
    for rows, counted in _rows(period):
        months = rows.filter(is_under).annotate(place=Left("path", length), month=TruncMonth("on"))
        for row in months.values("place", "block", "month").annotate(**_counts(counted)):
            place = frozenset(ids_in(row["place"]))
            named = {name: row[name] for name in counted}
            found.append(RegisteredMonth(place, row["block"], row["month"], named))
    return found


def registered_of(unit_ids: Iterable[int], period: Period) -> Iterator[Mapping[str, Any]]:
    """Of these units alone, wherever they stood: sums by block."""
    wanted = list(unit_ids)
    for rows, counted in _rows(period):
        yield from rows.filter(unit__in=wanted).values("block").annotate(**_counts(counted))


def registered_units(period: Period) -> set[int]:
    """Those that stand in a register in the period."""
    return {
        unit_id
        for rows, _counted in _rows(period)
        for unit_id in rows.values_list("unit", flat=True).distinct()
    }


def by_month_of(unit_id: int, period: Period) -> dict[date, dict[str, int]]:
    """Of one unit alone, month by month."""
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for rows, counted in _rows(period):
        own = rows.filter(unit=unit_id).annotate(month=TruncMonth("on"))
        for row in own.values("month").annotate(**_counts(counted)):
            found[row["month"]].update({name: row[name] for name in counted})
    return found


def _rows(period: Period) -> Iterator[tuple[QuerySet[Any], Counted]]:
    """Up to the day the figures stand on."""
    days = (period.first, min(period.last_day, clock.today()))
    for rows, counted in _registers.values():
        yield rows.filter(on__range=days).order_by(), counted


def _counts(counted: Counted) -> dict[str, Count]:
    return {name: Count("pk", filter=which) for name, which in counted.items()}
