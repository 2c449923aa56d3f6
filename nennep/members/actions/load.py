"""A whole roll at once: the same rows as the single actions make, written the fast way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils.translation import gettext as _

from nennep.core import bulk, sealed_texts, trail
from nennep.core.ids import new_public_id
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import fold, name_key, tidy
from nennep.members.models import (
    Exemption,
    Member,
    Position,
    Standing,
    Stay,
    StrengthFigure,
    WorkingSpell,
)
from nennep.members.queries import CARD
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Unit

CHUNK = 10_000
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Member: (
        "id", "public_id", "unit", "full_name", "sort_key", "folded_name", "sex", "birth_year",
        "birth_date", "admitted_on", "recognised_on", "office_phone", "sealed_card_number",
        "card_mark",
    ),
    Standing: (
        "id", "member", "unit", "kind", "party_group", "valid_from", "valid_to", "is_suspended",
    ),
    Exemption: ("id", "member", "basis", "valid_from", "valid_to"),
    Stay: ("id", "member", "host", "valid_from", "valid_to"),
    WorkingSpell: ("id", "member", "valid_from", "valid_to"),
    Position: ("id", "member", "body", "title", "valid_from", "valid_to"),
}  # fmt: skip
FIGURE = ("id", "unit", "official", "probationary", "exempt", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member with all their spells, each oldest first. Days are inclusive at both ends.

    `unit_id` is the cell of the latest standing, or the host of a guest from outside, who has none.
    """

    unit_id: int
    full_name: str
    sex: str
    birth_year: int
    birth_date: date | None = None
    admitted_on: date | None = None
    recognised_on: date | None = None
    # cell, kind, party group, first day, last day, suspended
    standings: Sequence[tuple[int, str, int | None, date, date | None, bool]] = ()
    # basis, first day, last day
    exemptions: Sequence[tuple[str, date, date | None]] = ()
    # host, first day, last day
    stays: Sequence[tuple[int | None, date, date]] = ()
    working: Sequence[tuple[date, date | None]] = ()
    # body, title, first day, last day
    positions: Sequence[tuple[int, str, date, date | None]] = ()
    office_phone: str = ""
    # Letters and digits alone, as `rules.plain_card_number` has them; stored sealed.
    card_number: str = ""


@dataclass(frozen=True)
class LoadedRoll:
    """The n-th row, counted from 0, is the member with the id `first_id` + n."""

    first_id: int
    count: int


@dataclass
class _Ids:
    last: dict[type[Model], int]

    def next(self, model: type[Model]) -> int:
        self.last[model] += 1
        return self.last[model]


@transaction.atomic
def load_roll(rows: Iterable[NewMember], *, by: Person) -> LoadedRoll:
    """Members with their history. Equal, row for row, to the single actions in the same order.

    Sends no signal: whoever loads a roll recomputes the figures afterwards. One line in the trail.
    """
    bulk.alone_with(*COLUMNS)
    ids = _Ids({model: _last_id(model) for model in COLUMNS})
    first_id = ids.last[Member] + 1
    cells = _cells_with_persons()
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        written: dict[type[Model], list[tuple[Any, ...]]] = defaultdict(list)
        for row in chunk:
            _refuse_row(row, cells)
            _write(row, ids, written)
        for model, names in COLUMNS.items():
            bulk.insert_rows(model, names, written[model])
    bulk.reset_sequences(*COLUMNS)
    count = ids.last[Member] - first_id + 1
    if count:
        trail.record("roll loaded", None, by=by, count=count)
    return LoadedRoll(first_id, count)


@transaction.atomic
def load_strength_figures(
    rows: Iterable[tuple[int, int, int, int, date, date | None]], *, by: Person
) -> int:
    """Cell, official, probationary, exempt, first day, last day: for figures-only cells."""
    last = _last_id(StrengthFigure)
    numbered = ((last + number, *row) for number, row in enumerate(rows, 1))
    count = bulk.insert_rows(StrengthFigure, FIGURE, numbered)
    bulk.reset_sequences(StrengthFigure)
    trail.record("strength figures loaded", None, by=by, count=count)
    return count


def _last_id(model: type[Model]) -> int:
    return int(QuerySet(model).aggregate(last=Max("pk"))["last"] or 0)


def _cells_with_persons() -> frozenset[int]:
    cells = Unit.objects.filter(kind__in=sorted(CELL_KINDS), is_figures_only=False)
    return frozenset(cells.order_by().values_list("pk", flat=True))


def _refuse_row(row: NewMember, cells: frozenset[int]) -> None:
    named = {row.unit_id, *(standing[0] for standing in row.standings)}
    if not named <= cells:
        raise _no(row, _("it names a unit that keeps no persons"))
    if row.birth_date is not None and row.birth_date.year != row.birth_year:
        raise _no(row, _("the birth year is not that of the birth date"))
    if row.standings and row.standings[-1][0] != row.unit_id:
        raise _no(row, _("its cell is not that of the latest standing"))
    for earlier, later in zip(row.standings, row.standings[1:], strict=False):
        if earlier[4] is None or earlier[4] >= later[3]:
            raise _no(row, _("two standings share a day"))


def _no(row: NewMember, reason: str) -> Refusal:
    return Refusal(
        _("The entry of %(name)s was not loaded: %(reason)s. Nothing was kept.")
        % {"name": row.full_name, "reason": reason},
        code="row_refused",
    )


@lru_cache(maxsize=65_536)
def _name(full_name: str) -> tuple[str, str, str]:
    """As stored, the key it is sorted by, and what it is searched by."""
    name = tidy(full_name)
    return name, name_key(name), fold(name)


def _write(row: NewMember, ids: _Ids, written: dict[type[Model], list[tuple[Any, ...]]]) -> None:
    member, public_id = ids.next(Member), new_public_id()
    written[Member].append(
        (
            member,
            public_id,
            row.unit_id,
            *_name(row.full_name),
            str(row.sex),
            row.birth_year,
            row.birth_date,
            row.admitted_on,
            row.recognised_on,
            row.office_phone,
            *_sealed(row.card_number, public_id),
        )
    )
    for unit, kind, group, *days_and_state in row.standings:
        written[Standing].append(
            (ids.next(Standing), member, unit, str(kind), group, *days_and_state)
        )
    for model, spells in _other_spells(row):
        for spell in spells:
            written[model].append((ids.next(model), member, *spell))


def _sealed(card_number: str, public_id: UUID) -> tuple[str, str]:
    if not card_number:
        return "", ""
    sealed = sealed_texts.seal(card_number, purpose=CARD, row=public_id)
    return sealed, sealed_texts.blind(card_number, purpose=CARD)


def _other_spells(row: NewMember) -> Iterator[tuple[type[Model], Iterable[tuple[Any, ...]]]]:
    if row.exemptions:
        yield Exemption, ((str(basis), *days) for basis, *days in row.exemptions)
    if row.stays:
        yield Stay, row.stays
    if row.working:
        yield WorkingSpell, row.working
    if row.positions:
        yield Position, ((body, str(title), *days) for body, title, *days in row.positions)
