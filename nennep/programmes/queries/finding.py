"""Which programme a person means."""

from __future__ import annotations

from django.db.models import Q

from nennep.core.text import fold
from nennep.organisation.models import Unit
from nennep.programmes.models import Programme, ProgrammeQuerySet
from nennep.regulations.models import paths_over


def programme_by_symbol(symbol: str, unit: Unit) -> Programme | None:
    """The one that binds at the unit: its own, else the nearest above, else of a dissolved one."""
    wanted = fold(symbol).replace(" ", "")
    rows = binding_at(
        unit,
        Programme.objects.select_related(
            "unit", "basis", "carries_out__basis", "carries_out__carries_out__basis"
        ),
    )
    found = [each for each in rows if fold(each.symbol).replace(" ", "") == wanted]
    return max(found, key=lambda each: each.unit.depth, default=None)


def binding_at(unit: Unit, rows: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """The programmes of the unit, of those above it and of dissolved ones they followed."""
    over = Q(unit__path__in=paths_over(unit.path)[1:])
    inherited = Q(unit__successions__successor__path__in=paths_over(unit.path)[1:])
    return rows.filter(over | inherited).distinct()


def higher_than(unit: Unit) -> ProgrammeQuerySet:
    """What a new programme of the unit may carry out."""
    return binding_at(unit, Programme.objects.select_related("basis", "unit"))
