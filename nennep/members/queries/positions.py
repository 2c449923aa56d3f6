"""Who holds which post in the bodies of a unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nennep.core.fields import holding_on
from nennep.members.choices import PositionTitle
from nennep.members.models import Position
from nennep.members.queries.among import among
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Unit

RANK = {title.value: place for place, title in enumerate(PositionTitle)}
# Bodies whose secretary speaks for the unit, and how near to the unit's own people they are.
CELL_BODIES = (BodyKind.CELL_COMMITTEE, BodyKind.CELL_SECRETARIAT)
SECRETARY_BODIES = (*CELL_BODIES, BodyKind.COMMITTEE, BodyKind.STANDING_COMMITTEE)
CHI_UY = BodyKind.CELL_COMMITTEE


@dataclass(frozen=True, slots=True)
class PositionHolder:
    member_id: int
    public_id: UUID
    name: str
    title: str
    office_phone: str
    unit_id: int

    @property
    def title_label(self) -> str:
        return str(PositionTitle(self.title).label)


HOLDER = (
    "member_id",
    "member__public_id",
    "member__full_name",
    "title",
    "member__office_phone",
    "body__unit_id",
)


def titles_in(unit: Unit, day: date) -> dict[int, str]:
    """The highest post of each member in the cell's own bodies."""
    rows = (
        Position.objects.filter(holding_on(day), body__unit=unit, body__kind__in=CELL_BODIES)
        .order_by()
        .values_list("member_id", "title")
    )
    highest: dict[int, str] = {}
    for member, title in rows:
        if member not in highest or RANK[title] < RANK[highest[member]]:
            highest[member] = title
    return highest


def committee_on(unit: Unit, day: date) -> list[PositionHolder]:
    """The cell committee; in a cell without one, the secretary and the deputies."""
    rows = (
        Position.objects.filter(holding_on(day), body__unit=unit, body__kind__in=CELL_BODIES)
        .order_by("member__sort_key", "id")
        .values_list("body__kind", *HOLDER)
    )
    holders = [(row[0], PositionHolder(*row[1:])) for row in rows]
    has_committee = any(kind == CHI_UY for kind, _ in holders)
    chosen = [holder for kind, holder in holders if not has_committee or kind == CHI_UY]
    return sorted(chosen, key=lambda holder: RANK[holder.title])


def secretary_on(unit: Unit, day: date) -> PositionHolder | None:
    return secretaries_on([unit.pk], day).get(unit.pk)


def secretaries_on(unit_ids: Collection[int], day: date) -> dict[int, PositionHolder]:
    """The secretary of each unit that has one on the day, with the office phone. One query."""
    rows = (
        Position.objects.filter(
            holding_on(day),
            title=PositionTitle.SECRETARY,
            body__unit_id__in=among(unit_ids),
            body__kind__in=SECRETARY_BODIES,
        )
        .order_by("-valid_from", "id")
        .values_list(*HOLDER)
    )
    secretaries: dict[int, PositionHolder] = {}
    for row in rows:
        holder = PositionHolder(*row)
        secretaries.setdefault(holder.unit_id, holder)
    return secretaries
