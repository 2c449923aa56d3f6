"""Exemptions, stays and working time: what holds beside the standing, from day to day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.members.actions.ground import (
    birth_fields,
    cells_of,
    day_before,
    is_on_roll,
    locked,
    name_fields,
    present_standing,
    refuse_backwards,
    refuse_before,
    refuse_cell,
    refuse_future,
    refuse_overlap,
    sex_field,
    told,
)
from nennep.members.choices import ExemptionBasis
from nennep.members.models import Exemption, Member, Standing, Stay, WorkingSpell
from nennep.organisation.models import Unit


@transaction.atomic
def exempt_member(
    member: Member, *, basis: str, valid_from: date, by: Person, valid_to: date | None = None
) -> Exemption:
    """Exempt from work and activities: for age or illness, or for a case of limited time."""
    member = locked(member)
    present_standing(member)
    if basis == ExemptionBasis.CASE and valid_to is None:
        raise Refusal(
            _("An exemption for a case has a last day. Give it."),
            code="case_without_end",
            field="valid_to",
        )
    refuse_backwards(valid_from, valid_to)
    _refuse_before_roll(member, valid_from)
    refuse_overlap(Exemption.objects.filter(member=member), valid_from, valid_to)
    exemption = Exemption.objects.create(
        member=member, basis=basis, valid_from=valid_from, valid_to=valid_to
    )
    cells = cells_of(member, valid_from, valid_to)
    told(
        "member exempted",
        member,
        cells,
        by=by,
        since=valid_from,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return exemption


@transaction.atomic
def end_exemption(exemption: Exemption, *, last_day: date, by: Person) -> Exemption:
    """Its last day, earlier or later than was said before."""
    member = locked(exemption.member)
    exemption = Exemption.objects.get(pk=exemption.pk)
    refuse_before(last_day, exemption.valid_from, "last_day")
    others = Exemption.objects.filter(member=member).exclude(pk=exemption.pk)
    refuse_overlap(others, exemption.valid_from, last_day)
    since = _earlier(exemption.valid_to, last_day)
    exemption.valid_to = last_day
    exemption.save(update_fields=["valid_to"])
    cells = cells_of(member, exemption.valid_from, None)
    told("exemption ended", member, cells, by=by, since=since, last_day=last_day)
    return exemption


@transaction.atomic
def send_away(
    member: Member, *, valid_from: date, valid_to: date, by: Person, host: Unit | None = None
) -> Stay:
    """Temporary activity elsewhere; `host` where that cell is known here."""
    member = locked(member)
    present = present_standing(member)
    refuse_backwards(valid_from, valid_to)
    _refuse_before_roll(member, valid_from)
    if host is not None:
        host = Unit.objects.get(pk=host.pk)
        _refuse_host(member, present, host, valid_from)
    refuse_overlap(Stay.objects.filter(member=member), valid_from, valid_to)
    stay = Stay.objects.create(member=member, host=host, valid_from=valid_from, valid_to=valid_to)
    cells = [*cells_of(member, valid_from, valid_to), host]
    told(
        "member sent away",
        member,
        cells,
        by=by,
        since=valid_from,
        host=host.code if host else "",
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return stay


def _refuse_host(member: Member, present: Standing, host: Unit, day: date) -> None:
    if host.pk == present.unit_id:
        raise Refusal(
            _("“%(unit)s” is the member's own cell. Choose another, or none.")
            % {"unit": host.name},
            code="own_cell",
            field="host",
        )
    refuse_cell(host, day, field="host")
    if is_on_roll(member, host, day):
        raise Refusal(
            _("On that day %(name)s was on the roll of “%(unit)s” itself. Check the days.")
            % {"name": member.full_name, "unit": host.name},
            code="own_cell",
            field="host",
        )


@transaction.atomic
def welcome_guest_member(
    host: Unit,
    *,
    full_name: str,
    sex: str,
    valid_from: date,
    valid_to: date,
    by: Person,
    birth_date: date | None = None,
    birth_year: int | None = None,
) -> Member:
    """Somebody from outside this installation takes part here for a time; in no strength of ours."""
    host = Unit.objects.select_for_update().get(pk=host.pk)
    refuse_cell(host, valid_from)
    refuse_backwards(valid_from, valid_to)
    member = Member.objects.create(
        unit=host,
        **name_fields(full_name),
        **sex_field(sex),
        **birth_fields(birth_date, birth_year),
    )
    Stay.objects.create(member=member, host=host, valid_from=valid_from, valid_to=valid_to)
    told(
        "guest welcomed",
        member,
        [host],
        by=by,
        since=valid_from,
        unit=host.code,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return member


@transaction.atomic
def end_stay(stay: Stay, *, last_day: date, by: Person) -> Stay:
    """Its last day, earlier or later than was said before."""
    member = locked(stay.member)
    stay = Stay.objects.select_related("host").get(pk=stay.pk)
    refuse_before(last_day, stay.valid_from, "last_day")
    others = Stay.objects.filter(member=member).exclude(pk=stay.pk)
    refuse_overlap(others, stay.valid_from, last_day)
    since = _earlier(stay.valid_to, last_day)
    stay.valid_to = last_day
    stay.save(update_fields=["valid_to"])
    cells = [*cells_of(member, stay.valid_from, None), stay.host]
    told("stay ended", member, cells, by=by, since=since, last_day=last_day)
    return stay


@transaction.atomic
def set_working(member: Member, *, is_working: bool, on: date, by: Person) -> None:
    """Working, or no longer, from `on`."""
    member = locked(member)
    present = present_standing(member)
    refuse_future(on)
    latest = WorkingSpell.objects.filter(member=member).order_by("-valid_from").first()
    works = latest is not None and latest.valid_to is None
    if works == is_working:
        said = _("%(name)s is working already.") if works else _("%(name)s is not working now.")
        raise Refusal(said % {"name": member.full_name}, code="working_already")
    if is_working:
        _begin_working(member, latest, on)
    elif latest is not None:
        _stop_working(latest, on)
    told("working changed", member, [present.unit], by=by, since=on, is_working=is_working, on=on)


def _begin_working(member: Member, latest: WorkingSpell | None, on: date) -> None:
    """A spell that ended the day before goes on."""
    if latest is not None and latest.valid_to is not None:
        refuse_before(on, latest.valid_to)
        if day_before(on) <= latest.valid_to:
            latest.valid_to = None
            latest.save(update_fields=["valid_to"])
            return
    WorkingSpell.objects.create(member=member, valid_from=on)


def _stop_working(latest: WorkingSpell, on: date) -> None:
    refuse_before(on, latest.valid_from)
    if latest.valid_from == on:
        latest.delete()
        return
    latest.valid_to = day_before(on)
    latest.save(update_fields=["valid_to"])


def _refuse_before_roll(member: Member, day: date) -> None:
    first = Standing.objects.filter(member=member).order_by("valid_from").first()
    if first is not None:
        refuse_before(day, first.valid_from, "valid_from")


def _earlier(one: date | None, other: date) -> date:
    return min(one, other) if one is not None else other
