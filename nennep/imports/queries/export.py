"""What is recorded, in the columns of the template: corrected by hand, it can be taken in again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import below, holding_on
from nennep.imports.choices import Kind
from nennep.imports.queries.shapes import shape_of
from nennep.members.choices import ExemptionBasis, PositionTitle, Sex, StandingKind
from nennep.members.models import Exemption, Position, Standing, Stay, WorkingSpell
from nennep.members.queries.positions import CELL_BODIES
from nennep.organisation.choices import Block, UnitKind
from nennep.organisation.models import Unit
from nennep.papers.xlsx import Sheet, SheetColumn, Value

# Columns of the template that repeat another one, or are in no list: the card number is sealed.
NOT_WRITTEN = frozenset(
    {"family_name", "given_name", "sex_male", "sex_female", "birth_male", "birth_female",
     "committee", "card", "has_committee", "term", "term_from", "term_to"}
)  # fmt: skip
DAYS = frozenset({"admitted", "recognised", "since", "exempt_from", "exempt_to", "stay_from",
                  "stay_to", "position_from", "founded"})  # fmt: skip
YES = "x"


def export_of(kind: str, unit: Unit) -> Sheet:
    """The table of this kind at a unit and below it, as of today."""
    columns = [c for c in shape_of(kind).columns if c.key not in NOT_WRITTEN]
    return Sheet(
        title=_("List"),
        columns=[
            SheetColumn(c.title, c.width, "date" if c.key in DAYS else "text") for c in columns
        ],
        rows=[[row.get(c.key) for c in columns] for row in ROWS[Kind(kind)](unit)],
    )


def _units(unit: Unit) -> Iterator[dict[str, Value]]:
    units = Unit.objects.within(unit).living().exclude(pk=unit.pk).select_related("parent")
    for below_it in units.order_by("path"):
        yield {
            "code": below_it.code,
            "national_code": below_it.dotted_national_code,
            "name": below_it.name,
            "kind": str(UnitKind(below_it.kind).label),
            "block": str(Block(below_it.block).label) if below_it.block else "",
            "parent": below_it.parent.code if below_it.parent else "",
            "founded": below_it.founded_on,
        }


def _members(unit: Unit) -> Iterator[dict[str, Value]]:
    """Six queries, however many members there are; cells in the order of the tree."""
    day = clock.today()
    working = _by_member(WorkingSpell, unit, day)
    exempt, away = _by_member(Exemption, unit, day), _by_member(Stay, unit, day, "host")
    posts = _posts(unit, day)
    standings = (
        Standing.objects.on(day)
        .filter(below("unit__path", unit.path), member__merged_into__isnull=True)
        .select_related("member", "unit", "party_group")
        .order_by("unit__path", "member__sort_key", "member_id")
    )
    for standing in standings.iterator(chunk_size=2_000):
        pk = standing.member_id
        yield {
            **_person(standing),
            "working": YES if pk in working else "",
            **_exemption(exempt.get(pk)),
            **_stay(away.get(pk)),
            **posts.get(pk, {}),
        }


def _person(standing: Standing) -> dict[str, Value]:
    member = standing.member
    return {
        "full_name": member.full_name,
        "sex": str(Sex(member.sex).label),
        "birth": _written(member.birth_date) if member.birth_date else str(member.birth_year),
        "admitted": member.admitted_on,
        "recognised": member.recognised_on,
        "standing": str(StandingKind(standing.kind).label),
        "suspended": YES if standing.is_suspended else "",
        "cell": standing.unit.code,
        "since": standing.valid_from,
        "party_group": standing.party_group.name if standing.party_group else "",
        "office_phone": member.office_phone,
    }


def _written(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _exemption(held: Exemption | None) -> dict[str, Value]:
    if held is None:
        return {}
    is_case = held.basis == ExemptionBasis.CASE
    word = _("for a time") if is_case else YES
    return {"exempt": word, "exempt_from": held.valid_from, "exempt_to": held.valid_to}


def _stay(held: Stay | None) -> dict[str, Value]:
    if held is None:
        return {}
    return {
        "stay": _("away"),
        "stay_at": held.host.code if held.host else "",
        "stay_from": held.valid_from,
        "stay_to": held.valid_to,
    }


def _by_member(
    model: type[Exemption | Stay | WorkingSpell], unit: Unit, day: date, *related: str
) -> dict[int, Any]:
    rows = model.objects.filter(holding_on(day), below("member__unit__path", unit.path))
    rows = rows.select_related(*related) if related else rows
    return {row.member_id: row for row in rows.order_by("valid_from")}


def _posts(unit: Unit, day: date) -> dict[int, dict[str, Value]]:
    """The post of each member in the cell's own bodies."""
    held: dict[int, dict[str, Value]] = defaultdict(dict)
    rows = Position.objects.filter(
        holding_on(day), below("body__unit__path", unit.path), body__kind__in=CELL_BODIES
    )
    for member_id, title, since in rows.order_by("-title").values_list(
        "member_id", "title", "valid_from"
    ):
        held[member_id] = {
            "position": str(PositionTitle(title).label), "position_from": since
        }  # fmt: skip
    return held


ROWS: dict[Kind, Callable[[Unit], Iterable[dict[str, Value]]]] = {
    Kind.UNITS: _units,
    Kind.MEMBERS: _members,
}
