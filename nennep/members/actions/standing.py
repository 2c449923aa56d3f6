"""Coming onto the roll, moving on it, leaving it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.members.actions.ground import (
    birth_fields,
    day_before,
    end_spells,
    forget_phone,
    locked,
    name_fields,
    present_standing,
    refuse_before,
    refuse_cell,
    refuse_future,
    refuse_group,
    sex_field,
    told,
)
from nennep.members.actions.rights import end_rights
from nennep.members.choices import StandingKind
from nennep.members.models import (
    Exemption,
    Member,
    Position,
    Standing,
    Stay,
    WorkingSpell,
)
from nennep.organisation.models import PartyGroup, Unit


@transaction.atomic
def admit_member(  # noqa: PLR0913 -- every field that may be known of a new member
    unit: Unit,
    *,
    full_name: str,
    sex: str,
    kind: str,
    on: date,
    by: Person,
    birth_date: date | None = None,
    birth_year: int | None = None,
    admitted_on: date | None = None,
    recognised_on: date | None = None,
    party_group: PartyGroup | None = None,
    is_working: bool = False,
) -> Member:
    """A person new to this installation comes onto the roll of a cell on `on`."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_future(on)
    refuse_cell(unit, on)
    refuse_group(party_group, unit, on)
    _refuse_dates(kind, on, admitted_on, recognised_on)
    member = Member.objects.create(
        unit=unit,
        **name_fields(full_name),
        **sex_field(sex),
        **birth_fields(birth_date, birth_year),
        admitted_on=admitted_on,
        recognised_on=recognised_on,
    )
    Standing.objects.create(
        member=member, unit=unit, party_group=party_group, kind=kind, valid_from=on
    )
    if is_working:
        WorkingSpell.objects.create(member=member, valid_from=on)
    told("member admitted", member, [unit], by=by, since=on, unit=unit.code, kind=kind, on=on)
    return member


def _refuse_dates(kind: str, on: date, admitted: date | None, recognised: date | None) -> None:
    if kind == StandingKind.PROBATIONARY and recognised is not None and recognised <= on:
        raise Refusal(
            _("A member recognised as official is not probationary. Choose “official member”."),
            code="recognised_already",
            field="kind",
        )
    if admitted is not None and admitted > on:
        raise Refusal(
            _(
                "The admission of %(day)s comes after the first day on the roll. Correct one of them."
            )
            % {"day": vn_date(admitted)},
            code="admitted_later",
            field="admitted_on",
        )
    if recognised is not None and (recognised > on or (admitted and recognised < admitted)):
        raise Refusal(
            _("The recognition comes after the admission and not after the first day on the roll."),
            code="recognised_out_of_order",
            field="recognised_on",
        )


def _go_on(present: Standing, on: date, **changes: Any) -> Standing:
    """The standing goes on otherwise from `on`. Changed again on its own first day, it is replaced."""
    refuse_future(on)
    refuse_before(on, present.valid_from)
    if on == present.valid_from:
        for name, value in changes.items():
            setattr(present, name, value)
        present.save(update_fields=list(changes))
        return present
    following = Standing(
        member_id=present.member_id,
        unit=present.unit,
        party_group_id=present.party_group_id,
        kind=present.kind,
        is_suspended=present.is_suspended,
        valid_from=on,
    )
    for name, value in changes.items():
        setattr(following, name, value)
    present.valid_to = day_before(on)
    present.save(update_fields=["valid_to"])
    following.save(force_insert=True)
    return following


@transaction.atomic
def recognise_member(member: Member, *, on: date, by: Person) -> Standing:
    """A probationary member is recognised as official."""
    member = locked(member)
    present = present_standing(member)
    if present.kind == StandingKind.OFFICIAL:
        raise Refusal(
            _("%(name)s is an official member already.") % {"name": member.full_name},
            code="official_already",
        )
    standing = _go_on(present, on, kind=StandingKind.OFFICIAL)
    member.recognised_on = on
    member.save(update_fields=["recognised_on"])
    told("member recognised", member, [standing.unit], by=by, since=on, on=on)
    return standing


@dataclass(frozen=True)
class _Origin:
    """Where a member who comes to a cell was before; None for somebody from outside."""

    standing: Standing | None
    cell: Unit | None


@transaction.atomic
def transfer_member(
    member: Member,
    *,
    to: Unit,
    on: date,
    by: Person,
    party_group: PartyGroup | None = None,
    kind: str | None = None,
) -> Standing:
    """On the roll of another cell from `on`; posts in the old cell end the day before.

    Also the way back of somebody who had left, and the way in of a guest from outside (`kind`).
    """
    member = locked(member)
    to = Unit.objects.get(pk=to.pk)
    refuse_future(on)
    origin = _origin(member, to, on)
    refuse_cell(to, on, field="to")
    refuse_group(party_group, to, on)
    if origin.standing is not None and origin.standing.valid_to is None:
        standing = _go_on(origin.standing, on, unit=to, party_group=party_group)
    else:
        standing = _come_back(member, origin.standing, to, on, party_group, kind)
    if origin.cell is not None:
        _leave_posts(member, origin.cell, on)
    end_spells(Stay.objects.filter(member=member, host=to), day_before(on))
    member.unit = to
    member.save(update_fields=["unit"])
    forget_phone(member)
    end_rights(member, last_day=day_before(on), by=by)
    old = origin.cell.code if origin.cell else ""
    cells = [origin.cell, to]
    told("member transferred", member, cells, by=by, since=on, old=old, to=to.code, on=on)
    return standing


def _leave_posts(member: Member, cell: Unit, on: date) -> None:
    """Posts in the cell end the day before; one that begins later speaks against the day given."""
    posts = Position.objects.filter(member=member, body__unit=cell)
    later = posts.filter(valid_from__gte=on).first()
    if later is not None:
        raise Refusal(
            _(
                "%(name)s holds a post in “%(unit)s” from %(day)s. Give a later day, or remove that"
                " post first."
            )
            % {"name": member.full_name, "unit": cell.name, "day": vn_date(later.valid_from)},
            code="post_begins_later",
            field="on",
        )
    end_spells(posts, day_before(on))


def _origin(member: Member, to: Unit, on: date) -> _Origin:
    latest = (
        Standing.objects.filter(member=member)
        .select_related("unit")
        .order_by("-valid_from")
        .first()
    )
    if latest is None:
        return _Origin(None, None)
    if latest.valid_to is not None:
        _refuse_not_left_yet(member, latest.valid_to, on)
        return _Origin(latest, None)
    if latest.unit_id == to.pk:
        raise Refusal(
            _("%(name)s is on the roll of “%(unit)s” already. Choose another cell.")
            % {"name": member.full_name, "unit": to.name},
            code="there_already",
            field="to",
        )
    return _Origin(latest, latest.unit)


def _refuse_not_left_yet(member: Member, last_day: date, on: date) -> None:
    if on <= last_day:
        raise Refusal(
            _("%(name)s was on a roll until %(day)s. Give a later day.")
            % {"name": member.full_name, "day": vn_date(last_day)},
            code="before_present_spell",
            field="on",
        )


def _come_back(
    member: Member,
    latest: Standing | None,
    to: Unit,
    on: date,
    party_group: PartyGroup | None,
    kind: str | None,
) -> Standing:
    kind = kind or (latest.kind if latest else None)
    if kind not in StandingKind.values:
        raise Refusal(
            _("Say whether %(name)s comes as an official or a probationary member.")
            % {"name": member.full_name},
            code="no_kind",
            field="kind",
        )
    return Standing.objects.create(
        member=member, unit=to, party_group=party_group, kind=kind, valid_from=on
    )


@transaction.atomic
def member_leaves(member: Member, *, last_day: date, by: Person) -> Standing:
    """The last day on the roll. No reason is kept; everything that ran ends with it."""
    member = locked(member)
    present = present_standing(member)
    refuse_future(last_day, "last_day")
    refuse_before(last_day, present.valid_from, "last_day")
    stays = Stay.objects.filter(member=member, valid_to__gt=last_day).select_related("host")
    hosts = [stay.host for stay in stays]
    present.valid_to = last_day
    present.save(update_fields=["valid_to"])
    for spells in (Position, Exemption, Stay, WorkingSpell):
        end_spells(spells.objects.filter(member=member), last_day)
    member.office_phone = ""
    member.save(update_fields=["office_phone"])
    end_rights(member, last_day=last_day, by=by)
    told("member left", member, [present.unit, *hosts], by=by, since=last_day, last_day=last_day)
    return present


@transaction.atomic
def suspend_member(member: Member, *, on: date, by: Person) -> Standing:
    """Suspended from activities: in the strength, neither required nor voting. No reason is kept."""
    return _set_suspended(member, on, is_suspended=True, by=by)


@transaction.atomic
def lift_suspension(member: Member, *, on: date, by: Person) -> Standing:
    return _set_suspended(member, on, is_suspended=False, by=by)


def _set_suspended(member: Member, on: date, *, is_suspended: bool, by: Person) -> Standing:
    member = locked(member)
    present = present_standing(member)
    if present.is_suspended == is_suspended:
        said = (
            _("%(name)s is suspended already.") if is_suspended else _("%(name)s is not suspended.")
        )
        raise Refusal(said % {"name": member.full_name}, code="suspended_already")
    standing = _go_on(present, on, is_suspended=is_suspended)
    verb = "member suspended" if is_suspended else "suspension lifted"
    told(verb, member, [standing.unit], by=by, since=on, on=on)
    return standing


@transaction.atomic
def join_party_group(
    member: Member, *, party_group: PartyGroup | None, on: date, by: Person
) -> Standing:
    """In this party group of the own cell from `on`; None: in none of them."""
    member = locked(member)
    present = present_standing(member)
    refuse_group(party_group, present.unit, on)
    if present.party_group_id == (party_group.pk if party_group else None):
        raise Refusal(
            _("%(name)s is there already. Choose another party group.")
            % {"name": member.full_name},
            code="there_already",
            field="party_group",
        )
    standing = _go_on(present, on, party_group=party_group)
    group = party_group.name if party_group else ""
    told("party group joined", member, [standing.unit], by=by, since=on, group=group, on=on)
    return standing
