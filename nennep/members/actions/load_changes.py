"""Many changes of rolls at once: what the single actions would write, written the fast way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model

from nennep.core import bulk, sealed_texts, trail
from nennep.core.person import Person
from nennep.members.actions.ground import day_before
from nennep.members.models import Exemption, Member, Position, Standing, Stay, WorkingSpell
from nennep.members.queries import CARD
from nennep.members.queries.among import among


@dataclass(slots=True)
class RollChange:
    """What changes of one member on `on`. What is None or empty stays as it is.

    `fields` are columns of the member; `standing` are columns of the present standing, which goes on
    otherwise from `standing_on`. Spans are written as they stand; `spans_end` are new last days.
    """

    member_id: int
    on: date
    fields: dict[str, Any] = field(default_factory=dict)
    standing: dict[str, Any] = field(default_factory=dict)
    standing_on: date | None = None
    is_working: bool | None = None
    exemption: tuple[str, date, date | None] | None = None
    exemption_end: tuple[int, date] | None = None
    stay: tuple[int | None, date, date] | None = None
    stay_end: tuple[int, date] | None = None
    card: str = ""

    def __bool__(self) -> bool:
        said = (
            self.fields, self.standing, self.exemption, self.exemption_end, self.stay,
            self.stay_end, self.card,
        )  # fmt: skip
        return self.is_working is not None or any(said)


# Columns that are written when a standing or spell is made; ids are given by the database.
STANDING = ("member", "unit", "kind", "party_group", "valid_from", "is_suspended")
SPAN: dict[type[Model], tuple[str, ...]] = {
    Exemption: ("member", "basis", "valid_from", "valid_to"),
    Stay: ("member", "host", "valid_from", "valid_to"),
    WorkingSpell: ("member", "valid_from"),
    Position: ("member", "body", "title", "valid_from"),
}


@transaction.atomic
def change_rolls(changes: Sequence[RollChange], *, by: Person) -> int:
    """All of them in one transaction. Sends no signal: whoever changes many recounts afterwards."""
    _correct(changes)
    _go_on(changes)
    _work(changes)
    for model in (Exemption, Stay):
        name = "exemption" if model is Exemption else "stay"
        new = [(c.member_id, *span) for c in changes if (span := getattr(c, name))]
        ended = [(last, pk) for c in changes if (end := getattr(c, f"{name}_end"))
                 for pk, last in [end]]  # fmt: skip
        bulk.insert_rows(model, SPAN[model], new)
        bulk.update_rows(model, ("valid_to",), ended)
    bulk.reset_sequences(Standing, *SPAN)
    trail.record("rolls changed", None, by=by, count=len(changes))
    return len(changes)


@transaction.atomic
def load_positions(rows: Iterable[tuple[int, int, str, date]], *, by: Person) -> int:
    """Member, body, title, first day: posts that nobody holds yet."""
    count = bulk.insert_rows(
        Position, SPAN[Position], ((m, body, str(title), on) for m, body, title, on in rows)
    )
    bulk.reset_sequences(Position)
    trail.record("posts loaded", None, by=by, count=count)
    return count


def _correct(changes: Sequence[RollChange]) -> None:
    """The fields of the members; those with the same columns are written together."""
    together: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for change in changes:
        if change.fields:
            together[tuple(change.fields)].append((*change.fields.values(), change.member_id))
    for names, rows in together.items():
        bulk.update_rows(Member, names, rows)
    cards = {change.member_id: change.card for change in changes if change.card}
    ids = Member.objects.filter(pk__in=among(cards)).values_list("pk", "public_id")
    sealed = [
        (
            sealed_texts.seal(cards[pk], purpose=CARD, row=public_id),
            sealed_texts.blind(cards[pk], purpose=CARD),
            pk,
        )
        for pk, public_id in ids
    ]
    bulk.update_rows(Member, ("sealed_card_number", "card_mark"), sealed)


def _go_on(changes: Sequence[RollChange]) -> None:
    """As `standing._go_on`: changed on its own first day a standing is replaced, else it ends."""
    wanted = {change.member_id: change for change in changes if change.standing}
    present = Standing.objects.filter(member_id__in=among(wanted), valid_to__isnull=True)
    replaced: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    ended, begun = [], []
    for standing in present:
        change = wanted[standing.member_id]
        on = change.standing_on or change.on
        if on <= standing.valid_from:
            names = tuple(change.standing)
            replaced[names].append((*change.standing.values(), standing.pk))
            continue
        ended.append((day_before(on), standing.pk))
        begun.append(_following(standing, change.standing, on))
    for names, rows in replaced.items():
        bulk.update_rows(Standing, names, rows)
    bulk.update_rows(Standing, ("valid_to",), ended)
    bulk.insert_rows(Standing, STANDING, begun)


def _following(standing: Standing, changed: dict[str, Any], on: date) -> tuple[Any, ...]:
    return (
        standing.member_id,
        standing.unit_id,
        str(changed.get("kind", standing.kind)),
        changed.get("party_group", standing.party_group_id),
        on,
        +changed.get("is_suspended", standing.is_suspended),
    )


def _work(changes: Sequence[RollChange]) -> None:
    """Working begins, or ends the day before; a spell that begins on that day is taken away."""
    begun = [(c.member_id, c.on) for c in changes if c.is_working]
    stopping = {c.member_id: c.on for c in changes if c.is_working is False}
    bulk.insert_rows(WorkingSpell, SPAN[WorkingSpell], begun)
    spells = WorkingSpell.objects.filter(member_id__in=among(stopping), valid_to__isnull=True)
    ended, gone = [], []
    for spell in spells:
        on = stopping[spell.member_id]
        if spell.valid_from >= on:
            gone.append(spell.pk)
        else:
            ended.append((day_before(on), spell.pk))
    WorkingSpell.objects.filter(pk__in=among(gone)).delete()
    bulk.update_rows(WorkingSpell, ("valid_to",), ended)
