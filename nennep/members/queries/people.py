"""Finding people, and what was true of one of them through time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nennep.core.person import Person
from nennep.core.text import fold
from nennep.members.models import (
    Exemption,
    Member,
    MemberQuerySet,
    Position,
    Standing,
    Stay,
    WorkingSpell,
)
from nennep.members.queries.among import among


def find_members(text: str, person: Person) -> MemberQuerySet:
    """Members in the person's sight whose name has words that begin so, with or without accents."""
    found = Member.objects.visible_to(person).filter(merged_into__isnull=True)
    words = fold(text).split()
    if not words:
        return found.none()
    for word in words:
        found = found.filter(Q(folded_name__startswith=word) | Q(folded_name__contains=f" {word}"))
    return found.select_related("unit")


def possible_duplicates(full_name: str, birth_date: date | None, person: Person) -> list[Member]:
    """Members of the same name and full birth date, looked for in the person's own sight only."""
    if birth_date is None:
        return []
    return list(
        Member.objects.visible_to(person)
        .filter(folded_name=fold(full_name), birth_date=birth_date, merged_into__isnull=True)
        .select_related("unit")
    )


def visible_ids(member_ids: Collection[int], person: Person) -> set[int]:
    """Of these members, those whose own page the person may open."""
    seen = Member.objects.visible_to(person).filter(pk__in=among(member_ids))
    return set(seen.order_by().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class History:
    """Everything that is kept of a member beside the fields of the row itself, latest first."""

    standings: list[Standing]
    positions: list[Position]
    exemptions: list[Exemption]
    stays: list[Stay]
    working: list[WorkingSpell]

    @property
    def side_spells(self) -> list[Exemption | Stay | WorkingSpell]:
        """What held beside the standing."""
        return [*self.exemptions, *self.stays, *self.working]

    @property
    def present(self) -> Standing | None:
        return next((spell for spell in self.standings if spell.valid_to is None), None)


def history_of(member: Member) -> History:
    return History(
        standings=list(
            member.standings.select_related("unit", "party_group").order_by("-valid_from")
        ),
        positions=list(member.positions.select_related("body__unit").order_by("-valid_from")),
        exemptions=list(member.exemptions.order_by("-valid_from")),
        stays=list(member.stays.select_related("host").order_by("-valid_from")),
        working=list(member.working_spells.order_by("-valid_from")),
    )
