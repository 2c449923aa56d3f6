"""A post in a cell passes on: with its account, its roles, and not a day of both holding it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nennep.accounts.actions import (
    Cut,
    give_role_of_post,
    opening,
    take_back_roles,
)
from nennep.accounts.actions.opening import FirstPassword
from nennep.accounts.choices import Can
from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.members.actions.ground import day_before, forget_phone, locked, told
from nennep.members.actions.offices import link_account
from nennep.members.actions.positions import put_in_post
from nennep.members.actions.rights import end_rights
from nennep.members.choices import ROLE_OF_TITLE, PositionTitle
from nennep.members.models import Handover, Member, Position
from nennep.members.queries.positions import CELL_BODIES
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class HandedOver:
    """The handover, the successor's account, and its first password where one had to be made."""

    handover: Handover
    user: User
    password: str = ""


def hand_over(
    position: Position, *, to: Member, on: date, by: User, stays_as: str = ""
) -> HandedOver:
    """From `on`, today or later, `to` holds the post and everything that goes with it.

    The former holder has it to the last day before, and from `on` nothing of it; or another post in
    the same body (`stays_as`). Nothing has to be done on the day itself: posts and roles are dated,
    and are read at every request.
    """
    passwords = [] if _active(to.user) else opening.first_passwords(1)
    return _hand_over(position, to, on, by, stays_as, passwords)


@transaction.atomic
def _hand_over(
    position: Position,
    to: Member,
    on: date,
    by: User,
    stays_as: str,
    passwords: list[FirstPassword],
) -> HandedOver:
    position = Position.objects.select_related("body__unit", "member__user").get(pk=position.pk)
    former, unit = position.member, position.body.unit
    _refuse_day(position, on)
    _refuse_post(position, by)
    before = _running(former, to, unit)
    if position.title != PositionTitle.SECRETARY:
        Position.objects.filter(pk=position.pk).update(valid_to=day_before(on))
    new, _left = put_in_post(
        to, body=position.body, title=position.title, valid_from=on, replaces_holder=True
    )
    posts = [new.pk]
    if stays_as:
        kept, _left = put_in_post(former, body=position.body, title=stays_as, valid_from=on)
        posts.append(kept.pk)
    user, password = _account_of(new.member, passwords, by)
    rights = _Rights(unit, on, by)
    rights.end(former, new.member)
    rights.give(user, position.title)
    if stays_as and former.user is not None and former.user.is_active:
        rights.give(former.user, stays_as)
    handover = Handover.objects.create(
        unit=unit,
        title=position.title,
        former=position,
        successor=new,
        on=on,
        made_by=by,
        made_at=clock.now(),
        done=rights.told() | {"posts": posts, "ended": _ended(before, on)},
    )
    if on <= clock.today():
        forget_phone(former)
    trail.record("post handed over", handover, by=by, title=position.title, on=on)
    told("member appointed", new.member, [unit], by=by, since=on, title=position.title, on=on)
    return HandedOver(handover, user, password)


def _running(former: Member, to: Member, unit: Unit) -> list[int]:
    """Their posts in the cell that have no end yet: what a handover may end, and give back."""
    posts = Position.objects.filter(member__in=[former, to], body__unit=unit, valid_to__isnull=True)
    return list(posts.values_list("pk", flat=True))


def _ended(before: list[int], on: date) -> list[int]:
    ended = Position.objects.filter(pk__in=before, valid_to=day_before(on))
    return list(ended.values_list("pk", flat=True))


def _account_of(member: Member, passwords: list[FirstPassword], by: User) -> tuple[User, str]:
    if member.user is not None and member.user.is_active:
        return member.user, ""
    user = opening.open_account(member.full_name, passwords[0], by=by)
    link_account(member, user, by=by)
    return user, passwords[0].plain


@dataclass
class _Rights:
    """What is cut and given for one handover, to be told and, before its day, taken back."""

    unit: Unit
    on: date
    by: User
    cuts: list[Cut] = field(default_factory=list)
    given: list[int] = field(default_factory=list)

    def end(self, *members: Member) -> None:
        """Of both: who moves up in the same cell leaves the role of the post before."""
        for member in members:
            self.cuts += end_rights(member, last_day=day_before(self.on), by=self.by)

    def give(self, user: User, title: str) -> None:
        role = ROLE_OF_TITLE[PositionTitle(title)]
        grant, before = give_role_of_post(user, role, self.unit, valid_from=self.on, by=self.by)
        if before is None:
            self.given.append(grant.pk)
        else:
            self.cuts.append(before)

    def told(self) -> dict[str, list[Any]]:
        return {"cuts": [cut.told() for cut in self.cuts], "given": self.given}


def _active(user: User | None) -> bool:
    return user is not None and user.is_active


def _refuse_day(position: Position, on: date) -> None:
    if on < clock.today():
        raise Refusal(
            _(
                "%(day)s is over. A handover is for today or a day to come; what happened before is"
                " recorded on the page of the member."
            )
            % {"day": vn_date(on)},
            code="day_over",
            field="on",
        )
    if on <= position.valid_from:
        raise Refusal(
            _("%(name)s holds this post since %(day)s. Give a later day.")
            % {"name": position.member.full_name, "day": vn_date(position.valid_from)},
            code="before_present_spell",
            field="on",
        )


def _refuse_post(position: Position, by: User) -> None:
    unit = position.body.unit
    if position.body.kind not in CELL_BODIES or not unit.is_cell:
        raise Refusal(_("Only posts in a cell are handed over here."), code="not_in_a_cell")
    if not by.is_machine and not may(by, Can.LOOK_AFTER_ACCOUNTS, unit):
        raise Refusal(
            _("Your own rights do not reach “%(unit)s”. Ask the administrator above.")
            % {"unit": unit.name},
            code="beyond_reach",
        )
    if position.valid_to is not None:
        raise Refusal(
            _(
                "This post ends on %(day)s already. Take that handover back first, or open the page of"
                " the member."
            )
            % {"day": vn_date(position.valid_to)},
            code="ends_already",
        )


@transaction.atomic
def take_back(handover: Handover, *, by: User) -> Handover:
    """A handover whose day has not come does not happen: posts and roles are as they were."""
    handover = (
        Handover.objects.select_for_update(of=("self",)).select_related("unit").get(pk=handover.pk)
    )
    if handover.taken_back_at is not None or handover.on <= clock.today():
        raise Refusal(
            _("This handover has happened or was taken back. Hand the post over again instead."),
            code="handover_over",
        )
    posts = Position.objects.select_related("member")
    for post in posts.filter(pk__in=[handover.former_id, handover.successor_id]).order_by("member"):
        locked(post.member)
    done = handover.done
    Position.objects.filter(pk__in=done["posts"]).delete()
    Position.objects.filter(pk__in=done["ended"]).update(valid_to=None)
    take_back_roles([Cut.read(cut) for cut in done["cuts"]], done["given"], by=by)
    handover.taken_back_at, handover.successor = clock.now(), None
    handover.save(update_fields=["taken_back_at", "successor"])
    trail.record("handover taken back", handover, by=by, title=handover.title, on=handover.on)
    return handover


def forget_phones_without_post() -> int:
    """Called every night: an office phone is kept only while a post is held."""
    today = clock.today()
    held = Position.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    stale = Member.objects.exclude(office_phone="").exclude(pk__in=held.values("member_id"))
    return stale.update(office_phone="")
