"""Posts in the bodies of a unit."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import below, holding_on
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import tidy, vn_date
from nennep.members import rules
from nennep.members.actions.ground import (
    day_before,
    end_spells,
    forget_phone,
    locked,
    refuse_before,
    refuse_future,
    told,
)
from nennep.members.actions.rights import end_rights
from nennep.members.choices import PositionTitle, StandingKind
from nennep.members.models import Member, Position, Standing
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body, Unit


@transaction.atomic
def appoint(
    member: Member,
    *,
    body: Body,
    title: str,
    valid_from: date,
    by: Person,
    replaces_holder: bool = False,
    office_phone: str | None = None,
) -> Position:
    """A post from a day on. Whoever takes another post in the same body leaves the one before.

    A body has one secretary: the former one's post ends the day before when that is asked for. The
    role that came with a post that ends, ends with it; one for the new post is given on purpose.
    """
    refuse_future(valid_from, "valid_from")
    position, left = put_in_post(
        member, body=body, title=title, valid_from=valid_from, replaces_holder=replaces_holder
    )
    member, body = position.member, position.body
    for former in left:
        forget_phone(former)
        end_rights(former, last_day=day_before(valid_from), by=by)
    if office_phone is not None:
        _store_phone(member, office_phone)
    told(
        "member appointed",
        member,
        [body.unit],
        by=by,
        since=valid_from,
        unit=body.unit.code,
        body=body.kind,
        title=title,
        valid_from=valid_from,
    )
    return position


def put_in_post(
    member: Member,
    *,
    body: Body,
    title: str,
    valid_from: date,
    replaces_holder: bool = False,
) -> tuple[Position, list[Member]]:
    """The post, whether its day has come or not, and who leaves one for it; inside a transaction."""
    body = Body.objects.select_for_update(of=("self",)).select_related("unit").get(pk=body.pk)
    member = locked(member)
    _refuse_title(body, title)
    _refuse_outsider(member, body.unit, valid_from)
    left = _leave_other_post(member, body, title, valid_from)
    if title == PositionTitle.SECRETARY:
        left += _make_room(body, valid_from, replaces_holder=replaces_holder)
    position = Position.objects.create(member=member, body=body, title=title, valid_from=valid_from)
    return position, left


def _refuse_title(body: Body, title: str) -> None:
    if title not in PositionTitle.values or (
        body.kind == BodyKind.CELL_SECRETARIAT and title == PositionTitle.COMMITTEE_MEMBER
    ):
        raise Refusal(
            _(
                "This body has no such post. A cell without a committee has a secretary and deputies."
            ),
            code="wrong_title",
            field="title",
        )


def _refuse_outsider(member: Member, unit: Unit, day: date) -> None:
    standing = Standing.objects.filter(
        holding_on(day), below("unit__path", unit.path), member=member
    ).first()
    if standing is None:
        raise Refusal(
            _("%(name)s was not on a roll under “%(unit)s” on %(day)s. Transfer them first.")
            % {"name": member.full_name, "unit": unit.name, "day": vn_date(day)},
            code="outsider",
            field="member",
        )
    if standing.kind != StandingKind.OFFICIAL:
        raise Refusal(
            _("%(name)s was a probationary member on %(day)s and cannot hold a post yet.")
            % {"name": member.full_name, "day": vn_date(day)},
            code="probationary",
            field="member",
        )


def _leave_other_post(member: Member, body: Body, title: str, day: date) -> list[Member]:
    held = Position.objects.filter(member=member, body=body, valid_to__isnull=True).first()
    if held is None:
        return []
    if held.title == title:
        raise Refusal(
            _("%(name)s holds this post already, since %(day)s.")
            % {"name": member.full_name, "day": vn_date(held.valid_from)},
            code="held_already",
            field="title",
        )
    refuse_before(day, held.valid_from, "valid_from")
    end_spells(Position.objects.filter(pk=held.pk), day_before(day))
    return [member]


def _make_room(body: Body, day: date, *, replaces_holder: bool) -> list[Member]:
    """The days from `day` on are free of another secretary, or he leaves them on request."""
    secretaries = Position.objects.filter(body=body, title=PositionTitle.SECRETARY)
    holder = (
        secretaries.filter(valid_to__isnull=True).select_related("member").first()
        or secretaries.filter(valid_to__gte=day).select_related("member").first()
    )
    if holder is None:
        return []
    if not replaces_holder:
        raise Refusal(
            _(
                "%(name)s is the secretary since %(day)s. Say that the new secretary takes over"
                " the post, or end it first."
            )
            % {"name": holder.member.full_name, "day": vn_date(holder.valid_from)},
            code="one_secretary",
            field="replaces_holder",
        )
    refuse_before(day, holder.valid_from, "valid_from")
    end_spells(secretaries.filter(pk=holder.pk), day_before(day))
    return [holder.member]


@transaction.atomic
def dismiss(position: Position, *, last_day: date, by: Person) -> Position:
    """The last day of a post. The office phone is forgotten with the last post."""
    member = locked(position.member)
    position = Position.objects.select_related("body__unit").get(pk=position.pk)
    refuse_future(last_day, "last_day")
    refuse_before(last_day, position.valid_from, "last_day")
    position.valid_to = last_day
    position.save(update_fields=["valid_to"])
    forget_phone(member)
    end_rights(member, last_day=last_day, by=by)
    told(
        "post ended",
        member,
        [position.body.unit],
        by=by,
        since=last_day,
        title=position.title,
        last_day=last_day,
    )
    return position


@transaction.atomic
def set_office_phone(member: Member, *, phone: str, by: Person) -> Member:
    """Only of those who hold a post: committee roles above may call them."""
    member = locked(member)
    held = Position.objects.filter(holding_on(clock.today()), member=member)
    if tidy(phone) and not held.exists():
        raise Refusal(
            _("An office phone is kept only for those who hold a post. Appoint them first."),
            code="no_post",
            field="phone",
        )
    _store_phone(member, phone)
    told("office phone set", member, [], by=by)
    return member


def _store_phone(member: Member, phone: str) -> None:
    text = tidy(phone)
    if text and not rules.is_phone(text):
        raise Refusal(
            _("Write the phone number in digits, for example 024 3885 1234."),
            code="bad_phone",
            field="office_phone",
        )
    member.office_phone = text
    member.save(update_fields=["office_phone"])
