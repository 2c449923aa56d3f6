"""The organisations below the one a table is taken in at, and the codes that are taken anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nennep.core.text import fold
from nennep.organisation.models import Body, Term, Unit


@dataclass(frozen=True, slots=True)
class KnownUnit:
    id: int
    code: str
    national_code: str
    name: str
    kind: str
    block: str
    parent_id: int | None
    founded_on: date
    is_living: bool


@dataclass(frozen=True)
class KnownUnits:
    """Found by code, national code or name, in the part of the tree the table is about.

    `taken` are codes of units elsewhere: they may not be used, and nothing else is told of them.
    """

    under: KnownUnit
    by_id: dict[int, KnownUnit]
    by_code: dict[str, KnownUnit]
    by_national_code: dict[str, KnownUnit]
    by_name: dict[str, list[KnownUnit]]
    taken: frozenset[str]
    taken_national: frozenset[str]
    terms: dict[int, set[date]] = field(default_factory=dict)
    bodies: dict[int, set[str]] = field(default_factory=dict)

    def named(self, text: str) -> list[KnownUnit]:
        """By its code or national code, or all that have this name."""
        digits = text.replace(".", "")
        unit = self.by_code.get(text.upper()) or self.by_national_code.get(digits)
        return [unit] if unit else [u for u in self.by_name.get(fold(text), []) if u.is_living]


FIELDS = (
    "id", "code", "national_code", "name", "kind", "block", "parent_id", "founded_on", "ended_on",
)  # fmt: skip


def known_units(under: Unit, codes: Collection[str], national_codes: Collection[str]) -> KnownUnits:
    rows = Unit.objects.within(under).order_by("path").values_list(*FIELDS)
    units = [_known(row) for row in rows]
    by_name: dict[str, list[KnownUnit]] = defaultdict(list)
    for unit in units:
        by_name[fold(unit.name)].append(unit)
    by_code = {unit.code: unit for unit in units}
    by_national = {unit.national_code: unit for unit in units if unit.national_code}
    top = next(unit for unit in units if unit.id == under.pk)
    return KnownUnits(
        under=top,
        by_id={unit.id: unit for unit in units},
        by_code=by_code,
        by_national_code=by_national,
        by_name=by_name,
        taken=_held("code", codes) - by_code.keys(),
        taken_national=_held("national_code", national_codes) - by_national.keys(),
        terms=_terms(under),
        bodies=_bodies(under),
    )


def _known(row: tuple[Any, ...]) -> KnownUnit:
    unit_id, code, national_code, name, kind, block, parent_id, founded_on, ended_on = row
    return KnownUnit(
        unit_id, code, national_code, name, kind, block, parent_id, founded_on, ended_on is None
    )


def _held(name: str, wanted: Collection[str]) -> frozenset[str]:
    """Which of these are held by any unit at all."""
    found: set[str] = set()
    listed = sorted(set(wanted) - {""})
    for start in range(0, len(listed), 500):
        part = listed[start : start + 500]
        units = Unit.objects.filter(**{f"{name}__in": part}).order_by()
        found.update(units.values_list(name, flat=True))
    return frozenset(found)


def _terms(under: Unit) -> dict[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    terms = Term.objects.filter(body__unit__in=_within(under)).order_by()
    for unit_id, starts_on in terms.values_list("body__unit_id", "starts_on"):
        found[unit_id].add(starts_on)
    return found


def _bodies(under: Unit) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    bodies = Body.objects.filter(unit__in=_within(under))
    for unit_id, kind in bodies.values_list("unit_id", "kind"):
        found[unit_id].add(kind)
    return found


def _within(under: Unit) -> Iterable[int]:
    return Unit.objects.within(under).order_by().values("pk")  # type: ignore[return-value]  # a subquery
