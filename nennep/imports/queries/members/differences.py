"""What a row says that is not recorded yet of a member who is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nennep.imports.queries.members.known import KnownMember, KnownMembers
from nennep.imports.queries.members.places import CellPlace
from nennep.imports.queries.members.rows import AWAY, MemberRow
from nennep.members.actions import RollChange
from nennep.members.choices import StandingKind


@dataclass(slots=True)
class Difference:
    """The change itself, the group and the post that need rows of their own, and words for all."""

    change: RollChange
    group: str = ""
    position: str = ""
    said: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.change or self.group or self.position)


def difference(
    row: MemberRow,
    member: KnownMember,
    cell: CellPlace,
    known: KnownMembers,
    *,
    today: date,
    stay_host: int | None,
    card_mark: str,
) -> Difference:
    """An empty cell says nothing, so it changes nothing."""
    found = Difference(RollChange(member.id, today))
    for name, value, word in _fields(row, member):
        found.change.fields[name] = value
        found.said.append(word)
    if card_mark and card_mark != member.card_mark:
        found.change.card = row.card
        found.said.append(_("card number"))
    if member.standing_id is not None:
        _standing(row, member, cell, found)
    if row.is_working is not None and row.is_working != (member.id in known.working):
        found.change.is_working = row.is_working
        found.said.append(_("working"))
    _exemption(row, member, known, found, today)
    _stay(row, member, known, found, today, stay_host)
    if row.position and row.position not in known.posts.get(member.id, ()):
        found.position = row.position
        found.said.append(_("post"))
    return found


def _fields(row: MemberRow, member: KnownMember) -> Iterator[tuple[str, Any, str]]:
    if row.sex and row.sex != member.sex:
        yield "sex", row.sex, _("sex")
    if row.birth_date and member.birth_date is None:
        yield "birth_date", row.birth_date, _("birth date")
    if row.admitted and row.admitted != member.admitted:
        yield "admitted_on", row.admitted, _("date of admission")
    if row.recognised and row.recognised != member.recognised:
        yield "recognised_on", row.recognised, _("date of recognition")
    if row.phone and row.position and row.phone != member.phone:
        yield "office_phone", row.phone, _("office phone")


def _standing(row: MemberRow, member: KnownMember, cell: CellPlace, found: Difference) -> None:
    is_official = row.kind == StandingKind.OFFICIAL or row.recognised is not None
    if is_official and member.kind == StandingKind.PROBATIONARY:
        found.change.standing["kind"] = StandingKind.OFFICIAL.value
        found.change.standing_on = row.recognised or found.change.on
        found.said.append(str(StandingKind.OFFICIAL.label))
    if row.is_suspended is not None and row.is_suspended != member.is_suspended:
        found.change.standing["is_suspended"] = row.is_suspended
        found.said.append(_("suspension"))
    if row.party_group and cell.group(row.party_group) != (member.group_id or 0):
        found.group = row.party_group
        found.said.append(_("party group"))


def _exemption(
    row: MemberRow, member: KnownMember, known: KnownMembers, found: Difference, today: date
) -> None:
    if not row.exemption:
        return
    held = known.exemptions.get(member.id)
    if held is None or (held.last is not None and held.last < (row.exempt_from or today)):
        first = row.exempt_from or today
        found.change.exemption = (row.exemption, first, row.exempt_to)
        found.said.append(_("exemption"))
    elif row.exempt_to and row.exempt_to != held.last and row.exempt_to >= held.first:
        found.change.exemption_end = (held.id, row.exempt_to)
        found.said.append(_("last day of the exemption"))


def _stay(
    row: MemberRow,
    member: KnownMember,
    known: KnownMembers,
    found: Difference,
    today: date,
    host: int | None,
) -> None:
    if not row.stay or row.stay_to is None:
        return
    held = known.stays.get(member.id)
    if held is not None and held.last is not None and held.last >= (row.stay_from or today):
        if row.stay_to != held.last and row.stay_to >= held.first:
            found.change.stay_end = (held.id, row.stay_to)
            found.said.append(_("last day of temporary activity"))
    elif row.stay == AWAY:
        found.change.stay = (host, row.stay_from or today, row.stay_to)
        found.said.append(_("temporary activity"))
