"""EHB of a unit on a day, from the counts of its cells: of all members, and of those not exempt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from nennep.core.fields import below
from nennep.members.queries import Strength, strength_on
from nennep.members.queries.among import among
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Placement, Unit
from nennep.organisation.queries import place_on
from nennep.organisation.rules import ids_in
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import RuleSource
from nennep.training.choices import HandbookApp, Reason
from nennep.training.models import EHandbookAdoption
from nennep.training.queries.in_force import APP_KEY, days_of_app, rules_on


@dataclass
class Sum:
    """What counts add up to. `cells` of `all_cells` were counted."""

    all_cells: int = 0
    cells: int = 0
    members: int = 0
    exempt: int = 0
    installed: int = 0
    installed_exempt: int = 0
    signed_in: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, row: EHandbookAdoption) -> None:
        self.cells += 1
        self.members += row.members
        self.exempt += row.exempt
        self.installed += row.installed
        self.installed_exempt += row.installed_exempt
        self.signed_in += row.signed_in
        self.reasons.update(row.reasons)

    @property
    def of_all(self) -> tuple[int, int]:
        return self.installed, self.members

    @property
    def of_liable(self) -> tuple[int, int]:
        return self.installed - self.installed_exempt, self.members - self.exempt

    @property
    def signing_in(self) -> tuple[int, int]:
        return self.signed_in, self.members

    @property
    def counted(self) -> tuple[int, int]:
        return self.cells, self.all_cells

    @property
    def reason_words(self) -> list[tuple[str, int]]:
        return [(str(r.label), self.reasons[r]) for r in Reason if self.reasons[r]]


@dataclass(frozen=True)
class BelowSum:
    unit: Unit
    total: Sum


@dataclass(frozen=True)
class Adoption:
    """`app` and `source`: which e-handbook is asked about that day, and the rule that says so."""

    unit: Unit
    on: date
    app: HandbookApp | None
    source: RuleSource | None
    total: Sum
    below: Sequence[BelowSum]


def adoption_of(unit: Unit, on: date) -> Adoption:
    """By the structure of the day. Five queries, however many cells."""
    rules = rules_on(unit, on)
    word = rules.values.handbook_app
    stood = place_on(unit, on)
    cells = _cells(stood.path, on) if stood else {}
    latest = latest_counts(list(cells), on)
    total, below_sums = Sum(), dict[int, Sum]()
    depth = len(ids_in(stood.path)) if stood else 0
    for cell, path in cells.items():
        ids = ids_in(path)
        sums = [total]
        if len(ids) > depth:
            sums.append(below_sums.setdefault(ids[depth], Sum()))
        for each in sums:
            each.all_cells += 1
            if cell in latest:
                each.add(latest[cell])
    units = Unit.objects.filter(pk__in=among(below_sums.keys())).order_by("sort_key", "pk")
    return Adoption(
        unit,
        on,
        HandbookApp(word) if word else None,
        rules.source_of("handbook_app"),
        total,
        [BelowSum(each, below_sums[each.pk]) for each in units],
    )


def _cells(path: str, on: date) -> dict[int, str]:
    placed = Placement.objects.on(on).filter(below("path", path), kind__in=sorted(CELL_KINDS))
    return dict(placed.order_by("path").values_list("unit_id", "path"))


def latest_counts(cells: Sequence[int], on: date) -> dict[int, EHandbookAdoption]:
    """The count that holds in each cell on the day: the last one of the app asked about then."""
    book = RuleBook.load()
    rows = EHandbookAdoption.objects.filter(unit_id__in=among(cells), on__lte=on)
    latest: dict[int, EHandbookAdoption] = {}
    for row in rows.select_related("unit").order_by("unit_id", "on"):
        days = days_of_app(book, row.unit.path, row.app, row.on)
        if days is not None:
            latest[row.unit_id] = row
    return {
        cell: row
        for cell, row in latest.items()
        if (days := days_of_app(book, row.unit.path, row.app, row.on)) is not None
        and (days[1] is None or on <= days[1])
    }


@dataclass(frozen=True, slots=True)
class GridRow:
    """A cell on the grid: its strength that day, and what was counted last."""

    cell: Unit
    strength: Strength
    last: EHandbookAdoption | None

    @property
    def liable(self) -> int:
        return self.strength.total - self.strength.exempt


def grid_rows(cells: Sequence[Unit], on: date) -> list[GridRow]:
    ids = [cell.pk for cell in cells]
    strengths, latest = strength_on(ids, on), latest_counts(ids, on)
    return [GridRow(cell, strengths[cell.pk], latest.get(cell.pk)) for cell in cells]


def app_word(unit: Unit, on: date) -> str:
    entry = RuleBook.load().entry_on(APP_KEY, unit.path, on)
    return str(HandbookApp(entry.value).label) if entry else ""


def adoption_json(unit: Unit, on: date) -> dict[str, object]:
    found = adoption_of(unit, on)
    total = found.total
    return {
        "unit": unit.code,
        "on": on.isoformat(),
        "app": found.app.value if found.app else None,
        "cells": {"all": total.all_cells, "counted": total.cells},
        "members": {
            "all": total.members,
            "not_exempt": total.members - total.exempt,
            "installed": total.installed,
            "installed_not_exempt": total.installed - total.installed_exempt,
            "signed_in": total.signed_in,
        },
        "reasons": {reason.value: total.reasons[reason] for reason in Reason},
    }
