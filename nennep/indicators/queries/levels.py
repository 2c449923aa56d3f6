"""What superiors owe those below (PROP): from the facts, as stored, and for the units above."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from nennep.core.fields import Total
from nennep.core.periods import Period
from nennep.dialogue.queries.counting import Counts, Key, owed_counts
from nennep.indicators.models import COUNTERS, LEVEL_COUNTERS, LevelMonth
from nennep.indicators.rules.months import first_running_month
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit
from nennep.organisation.rules import ids_in

Levels = Mapping[Key, Counts]
NO_BLOCK = ""
PLACES = [COUNTERS.index(name) for name in LEVEL_COUNTERS]


def levels_from_facts(calendar: Calendar) -> Levels:
    """Of every superior, from the first month that is counted here on."""
    return owed_counts(calendar.counts_from)


def levels_stored(of: tuple[Unit, date] | None = None) -> Levels:
    """Of one superior in one month, or of all."""
    rows = LevelMonth.objects.order_by()
    if of is not None:
        rows = rows.filter(unit=of[0], month=of[1])
    columns = rows.values_list("unit_id", "month", "path", *LEVEL_COUNTERS)
    return {
        (unit_id, at, path): (due, in_time, is_open)
        for unit_id, at, path, due, in_time, is_open in columns
    }


def spread_levels(levels: Levels, sign: int = 1) -> dict[tuple[int, date, str], list[int]]:
    """What they add to the months of the superior itself and of every unit above it then."""
    found: dict[tuple[int, date, str], list[int]] = {}
    for (_unit, month, path), counts in levels.items():
        for unit_id in ids_in(path):
            row = found.setdefault((unit_id, month, NO_BLOCK), [0] * len(COUNTERS))
            for place, count in zip(PLACES, counts, strict=True):
                row[place] += sign * count
    return found


def levels_now(
    is_here: Callable[[int], bool], period: Period, today: date
) -> Iterator[dict[str, Any]]:
    """Summed for the superiors that stand where it is asked for now."""
    rows = LevelMonth.objects.filter(month__range=(period.first, period.last)).order_by()
    units = rows.values_list("unit_id", flat=True).distinct()
    due = rows.filter(unit_id__in=[unit_id for unit_id in units if is_here(unit_id)])
    pending = due.filter(month__gte=first_running_month(today))
    sums = due.aggregate(**{name: Total(name) for name in LEVEL_COUNTERS})
    waiting = pending.aggregate(prop_pending=Total("prop_open"))
    yield {"block": NO_BLOCK, **sums, **waiting}
