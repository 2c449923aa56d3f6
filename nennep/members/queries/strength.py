"""How many members a cell has on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from nennep.core.fields import holding_on
from nennep.members.choices import StandingKind
from nennep.members.models import Exemption, Standing, Stay, StrengthFigure
from nennep.members.queries.among import among
from nennep.members.rules import StrengthCount as Strength
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Placement, Unit
from nennep.organisation.rules import SEGMENT

__all__ = ["Strength", "strength_of_units", "strength_on", "sums_on", "totals_on"]

SEGMENT_WIDTH = SEGMENT + 1

Counters = dict[str, int]


def strength_on(unit_ids: Collection[int], day: date) -> dict[int, Strength]:
    """The strength of each of these units' own people on the day; no sums over the tree.

    Five queries, however many units. `exempt`, `away` and `suspended` count everybody of the
    strength for whom it holds; a person for whom two hold is missing from `required` once.
    """
    counted: dict[int, Counters] = defaultdict(lambda: defaultdict(int))
    asked = among(unit_ids)
    for rows in (_standings(asked, day), _away(asked, day), _exempt(asked, day), _here(asked, day)):
        for row in rows:
            cell = counted[row.pop("cell")]
            for name, count in row.items():
                cell[name] += count
    figures = _figures(asked, day)
    return {
        unit: figures[unit] if unit in figures else _strength(counted.get(unit, {}))
        for unit in unit_ids
    }


def _strength(cell: Counters) -> Strength:
    official, probationary = cell.get("official", 0), cell.get("probationary", 0)
    away, exempt, suspended = cell.get("away", 0), cell.get("exempt", 0), cell.get("suspended", 0)
    missing = suspended + cell.get("only_away", 0) + cell.get("only_exempt", 0)
    here = cell.get("here", 0)
    return Strength(
        official=official,
        probationary=probationary,
        exempt=exempt,
        away=away,
        suspended=suspended,
        here=here,
        required=official + probationary - missing + here,
    )


def _standings(asked: Any, day: date) -> Any:
    return (
        Standing.objects.filter(holding_on(day), unit_id__in=asked)
        .order_by()
        .values(cell=F("unit_id"))
        .annotate(
            official=Count("id", filter=Q(kind=StandingKind.OFFICIAL)),
            probationary=Count("id", filter=Q(kind=StandingKind.PROBATIONARY)),
            suspended=Count("id", filter=Q(is_suspended=True)),
        )
    )


def _away(asked: Any, day: date) -> Any:
    return (
        Stay.objects.filter(
            holding_on(day),
            holding_on(day, "member__standings__"),
            member__standings__unit_id__in=asked,
        )
        .order_by()
        .values(cell=F("member__standings__unit_id"))
        .annotate(
            away=Count("member_id", distinct=True),
            only_away=Count(
                "member_id", distinct=True, filter=Q(member__standings__is_suspended=False)
            ),
        )
    )


def _exempt(asked: Any, day: date) -> Any:
    is_away = Exists(Stay.objects.filter(holding_on(day), member=OuterRef("member")))
    return (
        Exemption.objects.filter(
            holding_on(day),
            holding_on(day, "member__standings__"),
            member__standings__unit_id__in=asked,
        )
        .order_by()
        .values(cell=F("member__standings__unit_id"))
        .annotate(
            exempt=Count("member_id", distinct=True),
            only_exempt=Count(
                "member_id",
                distinct=True,
                filter=Q(member__standings__is_suspended=False) & ~Q(is_away),
            ),
        )
    )


def _here(asked: Any, day: date) -> Any:
    return (
        Stay.objects.filter(holding_on(day), host_id__in=asked)
        .order_by()
        .values(cell=F("host_id"))
        .annotate(here=Count("member_id", distinct=True))
    )


def _figures(asked: Any, day: date) -> dict[int, Strength]:
    rows = StrengthFigure.objects.filter(holding_on(day), unit_id__in=asked).values_list(
        "unit_id", "official", "probationary", "exempt"
    )
    return {
        unit: Strength(official, probationary, exempt, required=official + probationary - exempt)
        for unit, official, probationary, exempt in rows
    }


def totals_on(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """The strength alone, of these cells. Two queries."""
    asked = among(unit_ids)
    totals = dict.fromkeys(unit_ids, 0)
    counted = (
        Standing.objects.filter(holding_on(day), unit_id__in=asked)
        .order_by()
        .values_list("unit_id")
        .annotate(count=Count("id"))
    )
    totals.update(counted)
    totals.update({unit: figures.total for unit, figures in _figures(asked, day).items()})
    return totals


def sums_on(places: Iterable[tuple[int, str]], day: date) -> dict[int, int]:
    """Units given with their paths on the day → the strength of the cells at and below each."""
    paths = dict(places)
    below = _cells_at(paths.values(), day)
    totals = totals_on(below.keys(), day)
    by_path = {path: unit for unit, path in paths.items()}
    sums = dict.fromkeys(paths, 0)
    for cell, path in below.items():
        for length in range(SEGMENT_WIDTH, len(path) + 1, SEGMENT_WIDTH):
            if (unit := by_path.get(path[:length])) is not None:
                sums[unit] += totals[cell]
    return sums


def strength_of_units(units: Sequence[Unit], day: date) -> dict[int, int]:
    """For the tree of organisations: each unit with the strength of its cells that day."""
    ids = [unit.pk for unit in units]
    stood = Placement.objects.on(day).filter(unit_id__in=among(ids)).order_by()
    return sums_on(stood.values_list("unit_id", "path"), day)


def _cells_at(paths: Iterable[str], day: date) -> dict[int, str]:
    """The cells placed at or below one of these paths that day; a path inside another asks no more."""
    tops: list[str] = []
    for path in sorted(paths):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    if not tops:
        return {}
    first, last = tops[0], tops[-1]
    placed = (
        Placement.objects.on(day)
        .filter(kind__in=sorted(CELL_KINDS), path__gte=first, path__lt=last + "~")
        .order_by()
        .values_list("unit_id", "path")
    )
    return {unit: path for unit, path in placed if path.startswith(tuple(tops))}
