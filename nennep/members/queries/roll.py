"""The roll of a cell on a day: its own members and those here temporarily."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from nennep.core.fields import holding_on
from nennep.members import rules
from nennep.members.choices import PositionTitle, RollStatus, StandingKind
from nennep.members.models import Exemption, Standing, Stay, WorkingSpell
from nennep.members.queries.among import among
from nennep.members.queries.positions import titles_in
from nennep.organisation.models import Unit

PERSON = ("member_id", "member__public_id", "member__full_name", "member__sort_key")


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A person on the roll call of one cell on one day.

    Somebody here temporarily is neither official nor probationary: they are so elsewhere.
    """

    member_id: int
    public_id: UUID
    name: str
    sort_key: str
    status: RollStatus
    is_official: bool
    is_probationary: bool
    is_working: bool
    party_group_id: int | None
    position: str | None
    is_exempt: bool = False
    is_away: bool = False
    is_suspended: bool = False

    @property
    def position_label(self) -> str:
        return str(PositionTitle(self.position).label) if self.position else ""

    @property
    def is_required(self) -> bool:
        return rules.is_required(self.status)

    @property
    def in_strength(self) -> bool:
        return rules.in_strength(self.status)

    @property
    def may_vote(self) -> bool:
        """May vote when present; in the base unless exempt and absent."""
        return rules.may_vote(self.status, is_official=self.is_official)


@dataclass(frozen=True, slots=True)
class _Own:
    """A standing of the day, before what else holds is known."""

    member_id: int
    public_id: UUID
    name: str
    sort_key: str
    kind: str
    party_group_id: int | None
    is_suspended: bool


def roll_on(unit: Unit, day: date) -> list[RollEntry]:
    """Everybody the roll call of the day may name, by given name. Five queries at most."""
    own = [_Own(*row) for row in _standings(unit, day)]
    mine = {person.member_id for person in own}
    exempt = set(_holding(Exemption, mine, day))
    stays = _stays(unit, mine, day)
    guests = [row[:4] for row in stays if row[4] == unit.pk and row[0] not in mine]
    away = {row[0] for row in stays if row[4] != unit.pk}
    working = set(_holding(WorkingSpell, mine | {row[0] for row in guests}, day))
    titles = titles_in(unit, day) if own else {}
    roll = [
        _entry(
            person,
            is_exempt=person.member_id in exempt,
            is_away=person.member_id in away,
            is_working=person.member_id in working,
            position=titles.get(person.member_id),
        )
        for person in own
    ]
    roll += [_guest(row, is_working=row[0] in working) for row in dict.fromkeys(guests)]
    return sorted(roll, key=lambda entry: (entry.sort_key, entry.member_id))


def _entry(
    person: _Own, *, is_exempt: bool, is_away: bool, is_working: bool, position: str | None
) -> RollEntry:
    return RollEntry(
        member_id=person.member_id,
        public_id=person.public_id,
        name=person.name,
        sort_key=person.sort_key,
        status=rules.status_of(
            is_exempt=is_exempt, is_away=is_away, is_suspended=person.is_suspended
        ),
        is_official=person.kind == StandingKind.OFFICIAL,
        is_probationary=person.kind == StandingKind.PROBATIONARY,
        is_working=is_working,
        party_group_id=person.party_group_id,
        position=position,
        is_exempt=is_exempt,
        is_away=is_away,
        is_suspended=person.is_suspended,
    )


def _guest(row: tuple[int, UUID, str, str], *, is_working: bool) -> RollEntry:
    return RollEntry(
        *row,
        status=RollStatus.HERE,
        is_official=False,
        is_probationary=False,
        is_working=is_working,
        party_group_id=None,
        position=None,
    )


def _standings(unit: Unit, day: date) -> list[tuple[int, UUID, str, str, str, int | None, bool]]:
    return list(
        Standing.objects.filter(holding_on(day), unit=unit)
        .order_by()
        .values_list(*PERSON, "kind", "party_group_id", "is_suspended")
    )


def _stays(
    unit: Unit, mine: Collection[int], day: date
) -> list[tuple[int, UUID, str, str, int | None]]:
    """Stays of the cell's own members anywhere, and of anybody here."""
    return list(
        Stay.objects.filter(holding_on(day))
        .filter(Q(member_id__in=among(mine)) | Q(host=unit))
        .order_by("id")
        .values_list(*PERSON, "host_id")
    )


def _holding(
    spells: type[Exemption | WorkingSpell], members: Collection[int], day: date
) -> list[int]:
    if not members:
        return []
    return list(
        spells.objects.filter(holding_on(day), member_id__in=among(members))
        .order_by()
        .values_list("member_id", flat=True)
    )
