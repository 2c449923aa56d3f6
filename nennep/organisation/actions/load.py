"""Many units at once: the same rows as the single actions make, written the fast way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from nennep.core import bulk, trail
from nennep.core.ids import new_public_id
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import fold, tidy, title_key
from nennep.organisation.actions.tree import lock_tree
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Body, PartyGroup, Placement, Term, Unit
from nennep.organisation.rules import (
    depth_of,
    is_code,
    keeps_figures_only,
    may_stand_under,
    path_of,
    plain_national_code,
)

UNIT = (
    "id", "public_id", "code", "national_code", "name", "kind", "block", "parent", "path", "depth",
    "is_figures_only", "founded_on", "ended_on", "sort_key", "folded_name",
)  # fmt: skip
PLACEMENT = (
    "id", "unit", "parent", "path", "name", "kind", "block", "valid_from", "valid_to"
)  # fmt: skip
BODY = ("id", "unit", "kind")
TERM = ("id", "body", "label", "starts_on", "ends_on")
PARTY_GROUP = ("id", "unit", "name", "valid_from", "valid_to")


@dataclass(frozen=True)
class NewBody:
    """A body and its terms, oldest first: label, first day, last day or none."""

    kind: str
    terms: tuple[tuple[str, date, date | None], ...] = ()


@dataclass(frozen=True)
class NewUnit:
    """One unit to load. Its parent stands before it in the list, or in the database already."""

    code: str
    name: str
    kind: str
    parent_code: str
    founded_on: date
    block: str = ""
    national_code: str = ""
    bodies: tuple[NewBody, ...] = ()
    party_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Place:
    id: int
    path: str
    kind: str
    is_figures_only: bool


@dataclass
class _Rows:
    """The rows of five tables, and the ids that come next."""

    ids: dict[type[Model], int]
    units: list[tuple[Any, ...]] = field(default_factory=list)
    placements: list[tuple[Any, ...]] = field(default_factory=list)
    bodies: list[tuple[Any, ...]] = field(default_factory=list)
    terms: list[tuple[Any, ...]] = field(default_factory=list)
    groups: list[tuple[Any, ...]] = field(default_factory=list)

    def next_id(self, model: type[Model]) -> int:
        self.ids[model] += 1
        return self.ids[model]


TABLES: tuple[type[Model], ...] = (Unit, Placement, Body, Term, PartyGroup)


@transaction.atomic
def load_units(rows: Iterable[NewUnit], *, by: Person) -> dict[str, int]:
    """Ids by code. Equal, field by field, to the single actions called in the same order.

    Sends no signal: whoever loads many units recomputes the figures afterwards.
    """
    lock_tree()
    bulk.alone_with(*TABLES)
    known = _known()
    written = _Rows({model: _last_id(model) for model in TABLES})
    loaded: dict[str, int] = {}
    for row in rows:
        place = _add_unit(row, known, written)
        _add_bodies(row, place.id, written)
        known[row.code] = place
        loaded[row.code] = place.id
    bulk.insert_rows(Unit, UNIT, written.units)
    bulk.insert_rows(Placement, PLACEMENT, written.placements)
    bulk.insert_rows(Body, BODY, written.bodies)
    bulk.insert_rows(Term, TERM, written.terms)
    bulk.insert_rows(PartyGroup, PARTY_GROUP, written.groups)
    bulk.reset_sequences(*TABLES)
    trail.record("units loaded", None, by=by, count=len(loaded))
    return loaded


@transaction.atomic
def load_bodies(wanted: Iterable[tuple[int, str]], *, by: Person) -> dict[tuple[int, str], int]:
    """Bodies without a term yet, by unit and kind; their ids. Those that are there are none of these."""
    bulk.alone_with(Body)
    last = _last_id(Body)
    rows = [(last + n, unit, str(kind)) for n, (unit, kind) in enumerate(wanted, 1)]
    bulk.insert_rows(Body, BODY, rows)
    bulk.reset_sequences(Body)
    trail.record("bodies loaded", None, by=by, count=len(rows))
    return {(unit, kind): pk for pk, unit, kind in rows}


@transaction.atomic
def load_party_groups(
    wanted: Iterable[tuple[int, str, date]], *, by: Person
) -> dict[tuple[int, str], int]:
    """Party groups by cell, name and first day; their ids by cell and name."""
    bulk.alone_with(PartyGroup)
    last = _last_id(PartyGroup)
    rows = [
        (last + n, unit, tidy(name), since, None) for n, (unit, name, since) in enumerate(wanted, 1)
    ]
    bulk.insert_rows(PartyGroup, PARTY_GROUP, rows)
    bulk.reset_sequences(PartyGroup)
    trail.record("party groups loaded", None, by=by, count=len(rows))
    return {(unit, name): pk for pk, unit, name, *_days in rows}


def _known() -> dict[str, _Place]:
    listed = Unit.objects.order_by().values_list("code", "id", "path", "kind", "is_figures_only")
    return {
        code: _Place(unit_id, path, kind, figures_only)
        for code, unit_id, path, kind, figures_only in listed.iterator(chunk_size=5_000)
    }


def _last_id(model: type[Model]) -> int:
    last: int | None = model._meta.default_manager.aggregate(last=Max("pk"))["last"]  # type: ignore[union-attr]  # every model has one
    return last or 0


def _add_unit(row: NewUnit, known: dict[str, _Place], written: _Rows) -> _Place:
    parent = known.get(row.parent_code) if row.parent_code else None
    _refuse_row(row, parent, known)
    unit_id = written.next_id(Unit)
    path = path_of(unit_id, parent.path if parent else "")
    figures_only = keeps_figures_only(
        row.block, parent_keeps_figures_only=parent is not None and parent.is_figures_only
    )
    name, kind, parent_id = tidy(row.name), str(row.kind), parent.id if parent else None
    digits = plain_national_code(row.national_code) or ""
    written.units.append(
        (
            unit_id,
            new_public_id(),
            row.code,
            digits,
            name,
            kind,
            str(row.block),
            parent_id,
            path,
            depth_of(path),
            figures_only,
            row.founded_on,
            None,
            title_key(name),
            fold(name),
        )
    )
    written.placements.append(
        (
            written.next_id(Placement),
            unit_id,
            parent_id,
            path,
            name,
            kind,
            str(row.block),
            row.founded_on,
            None,
        )
    )
    for group in row.party_groups:
        written.groups.append(
            (written.next_id(PartyGroup), unit_id, tidy(group), row.founded_on, None)
        )
    return _Place(unit_id, path, kind, figures_only)


def _add_bodies(row: NewUnit, unit_id: int, written: _Rows) -> None:
    for body in row.bodies:
        body_id = written.next_id(Body)
        written.bodies.append((body_id, unit_id, str(body.kind)))
        written.terms.extend(_terms_of(body, body_id, written))


def _terms_of(body: NewBody, body_id: int, written: _Rows) -> Iterator[tuple[Any, ...]]:
    for number, (label, starts_on, ends_on) in enumerate(body.terms):
        later = body.terms[number + 1 :]
        # A term that runs ends when the next begins.
        gives_way = later[0][1] - timedelta(days=1) if ends_on is None and later else ends_on
        yield (written.next_id(Term), body_id, tidy(label), starts_on, gives_way)


def _refuse_row(row: NewUnit, parent: _Place | None, known: dict[str, _Place]) -> None:
    if row.code in known:
        raise _no(row, _("the code is taken"))
    if not is_code(row.code):
        raise _no(row, _("the code is not one"))
    if row.kind not in UnitKind.values:
        raise _no(row, _("the kind is unknown"))
    if parent is None and (row.parent_code or known):
        raise _no(row, _("the organisation above it is not known"))
    if parent is not None and not may_stand_under(row.kind, parent.kind):
        raise _no(row, _("it cannot stand under that kind of organisation"))
    if row.national_code and plain_national_code(row.national_code) is None:
        raise _no(row, _("the national code is not one"))


def _no(row: NewUnit, reason: str) -> Refusal:
    return Refusal(
        _("%(code)s was not loaded: %(reason)s. Nothing was kept.")
        % {"code": row.code, "reason": reason},
        code="row_refused",
    )
