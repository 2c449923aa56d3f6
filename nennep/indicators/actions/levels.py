"""After a proposal was made, passed on, answered or withdrawn: what its level owes is counted anew."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from nennep.core.bulk import add_rows
from nennep.core.periods import month_end
from nennep.dialogue.queries.counting import owed_counts
from nennep.indicators.actions.refresh import lock_units
from nennep.indicators.models import COUNTERS, LEVEL_COUNTERS, LevelMonth, UnitMonth
from nennep.indicators.queries.levels import Levels, levels_stored, spread_levels
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit


@transaction.atomic
def refresh_level(unit: Unit, month: date) -> None:
    """Recompute one superior's month and add the difference to it and to the units above."""
    if month < Calendar().counts_from:
        return
    lock_units([unit.pk])
    stored = levels_stored((unit, month))
    fresh = owed_counts(month, month_end(month), [unit.pk])
    LevelMonth.objects.filter(unit=unit, month=month).delete()
    write_levels(fresh)
    sums: dict[tuple[int, date, str], list[int]] = defaultdict(lambda: [0] * len(COUNTERS))
    for change in (spread_levels(stored, sign=-1), spread_levels(fresh)):
        for key, row in change.items():
            sums[key] = [a + b for a, b in zip(sums[key], row, strict=True)]
    rows = [(*key, *row) for key, row in sorted(sums.items()) if any(row)]
    add_rows(UnitMonth, ("unit", "month", "block"), COUNTERS, rows)


def write_levels(levels: Levels) -> None:
    LevelMonth.objects.bulk_create(
        LevelMonth(
            unit_id=unit_id,
            month=month,
            path=path,
            **dict(zip(LEVEL_COUNTERS, counts, strict=True)),
        )
        for (unit_id, month, path), counts in levels.items()
    )
