"""Counters that cannot be put right in the same breath: noted, and recomputed by a job."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from nennep.core.fields import below
from nennep.indicators.actions.refresh import refresh_stocks, refresh_units
from nennep.indicators.models import COUNTED, DirtyCell
from nennep.indicators.queries.computing import (
    CHUNK,
    counted_as_mixed,
    every_counted,
    mixed_units,
)
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit

Report = Callable[[int, int], None]
AT_ONCE = 60  # units that are recomputed within the transaction of the change itself


@transaction.atomic
def refresh_roll(cell: Unit) -> None:
    """Somebody joined, left, or stands differently: the stocks change, no month does.

    Unless the cell's change of kind still waits for the job: then all of it is put right now.
    """
    if mixed_units([cell.pk]) == counted_as_mixed([cell.pk]):
        refresh_stocks([cell.pk], Calendar())
    else:
        refresh_units([cell.pk])


@transaction.atomic
def refresh_rolls(cell_ids: Sequence[int], report: Report = lambda done, total: None) -> None:
    """Many rolls changed at once: the stocks of all these cells, in the same transaction."""
    calendar = Calendar()
    for start in range(0, len(cell_ids), CHUNK):
        chunk = cell_ids[start : start + CHUNK]
        waiting = mixed_units(chunk) ^ counted_as_mixed(chunk)
        refresh_units(sorted(waiting))
        refresh_stocks([pk for pk in chunk if pk not in waiting], calendar)
        report(min(start + CHUNK, len(cell_ids)), len(cell_ids))


@transaction.atomic
def note_dirty(unit_ids: Sequence[int], *, why: str) -> bool:
    """Recompute these units in a job, or at once where they are few. True when a job is due."""
    if len(unit_ids) > AT_ONCE:
        _note(unit_ids, why=why)
        return True
    refresh_units(unit_ids)
    return False


@transaction.atomic
def refresh_stocks_soon(cell_ids: Sequence[int]) -> bool:
    """What is counted of these cells on a day changed. True when they are many and wait for a job."""
    if len(cell_ids) > AT_ONCE:
        _note(cell_ids, why="stocks")
        return True
    refresh_rolls(cell_ids)
    return False


@transaction.atomic
def forget_units(unit_ids: Sequence[int]) -> None:
    """Units that are about to be deleted count for nothing any more; their places are gone already."""
    refresh_units(unit_ids)
    for model in COUNTED:
        whose = "cell" if hasattr(model, "cell") else "unit"
        QuerySet(model).filter(**{f"{whose}_id__in": unit_ids}).delete()


@transaction.atomic
def refresh_place(unit: Unit) -> bool:
    """The unit and all below it stand elsewhere or as something else, or a body's term changed.

    True when they were too many and wait for the job.
    """
    path = Unit.objects.values_list("path", flat=True).get(pk=unit.pk)
    units = list(Unit.objects.filter(below("path", path)).values_list("pk", flat=True))
    if len(units) > AT_ONCE:
        _note(units, why="place")
        return True
    refresh_units(units)
    return False


@transaction.atomic
def mark_dirty(scope_path: str, *, why: str) -> bool:
    """Rules changed for a subtree, or everywhere where the path is empty. True when a job is due."""
    cells = Unit.objects.filter(below("path", scope_path), pk__in=every_counted())
    units = list(cells.values_list("pk", flat=True))
    _note(units, why=why)
    return bool(units)


def _note(unit_ids: Sequence[int], *, why: str) -> None:
    paths = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "path"))
    DirtyCell.objects.bulk_create(
        [DirtyCell(cell_id=pk, path=path, why=why) for pk, path in sorted(paths.items())],
        ignore_conflicts=True,
    )
