"""Accounts for those who hold a post in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts import rules
from nennep.accounts.actions import opening
from nennep.accounts.actions.opening import FirstPassword, Opened, Opening, Report
from nennep.accounts.choices import Gets
from nennep.accounts.models import User
from nennep.accounts.queries.slips import slip_of
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.text import vn_number
from nennep.members.choices import OfficeState
from nennep.members.models import Member
from nennep.members.queries.offices import Office, as_offices, offices_under
from nennep.organisation.models import Unit
from nennep.papers.slips import Slip, slips_pdf


@dataclass(frozen=True)
class OfficeAccount:
    """What came of one post: the account, and a first password where one was made."""

    office: Office
    opened: Opened


def lacking(unit: Unit, role: str, *, renews: bool = False) -> list[Office]:
    """Whoever holds the post and has no account or not the role; with `renews` also who never came."""
    wanted = {OfficeState.NO_ACCOUNT, OfficeState.NO_ROLE}
    if renews:
        wanted.add(OfficeState.NOT_YET)
    offices = as_offices(offices_under(unit, clock.today(), role=role))
    return [office for office in offices if office.state in wanted]


def open_office_accounts(
    unit: Unit,
    role: str,
    *,
    by: User,
    valid_to: date | None = None,
    renews: bool = False,
    report: Report | None = None,
) -> list[OfficeAccount]:
    """An account for everybody who holds the post under the unit and has none; all or none.

    Who has an account gets the role; who never used their first password gets another on request.
    """
    offices = lacking(unit, role, renews=renews)
    _refuse_count(offices)
    count = len({office.member_id for office in offices if office.state != OfficeState.NO_ROLE})
    passwords = opening.first_passwords(count, report)
    return _open(unit, role, passwords, by=by, valid_to=valid_to, renews=renews)


def _refuse_count(offices: Sequence[Office]) -> None:
    if not offices:
        raise Refusal(
            _("Everybody who holds this post has an account with its role."), code="nobody_lacks"
        )
    at_most = rules.limits().batch_at_most
    if len(offices) > at_most:
        raise Refusal(
            _(
                "%(count)s accounts at once are more than %(most)s. Choose an organisation further"
                " down, one after the other."
            )
            % {"count": vn_number(len(offices)), "most": vn_number(at_most)},
            code="too_many",
        )


@transaction.atomic
def _open(
    unit: Unit,
    role: str,
    passwords: list[FirstPassword],
    *,
    by: User,
    valid_to: date | None,
    renews: bool,
) -> list[OfficeAccount]:
    """Looked up anew: who was given an account meanwhile does not get a second one."""
    offices = lacking(unit, role, renews=renews)
    members = Member.objects.select_for_update(of=("self",)).order_by("pk")
    people = {m.pk: m for m in members.filter(pk__in={office.member_id for office in offices})}
    units = Unit.objects.in_bulk({office.unit_id for office in offices})
    first, again = _once_each(offices)
    made = _open_for(first, people, units, passwords, by=by, valid_to=valid_to)
    return made + _open_for(again, people, units, [], by=by, valid_to=valid_to)


def _once_each(offices: Sequence[Office]) -> tuple[list[Office], list[Office]]:
    """Somebody with the post in two cells gets one account, then the role in the second cell."""
    seen: set[int] = set()
    first: list[Office] = []
    again: list[Office] = []
    for office in offices:
        (again if office.member_id in seen else first).append(office)
        seen.add(office.member_id)
    return first, again


def _open_for(
    offices: Sequence[Office],
    people: dict[int, Member],
    units: dict[int, Unit],
    passwords: Sequence[FirstPassword],
    *,
    by: User,
    valid_to: date | None,
) -> list[OfficeAccount]:
    users = User.objects.in_bulk({m.user_id for m in people.values() if m.user_id is not None})
    openings = [_opening(office, people, units, users) for office in offices]
    opened = opening.open_accounts(openings, passwords, by=by, valid_to=valid_to)
    for office, each in zip(offices, opened, strict=True):
        if each.opening.gets is Gets.ACCOUNT:
            link_account(people[office.member_id], each.user, by=by)
    return [OfficeAccount(o, each) for o, each in zip(offices, opened, strict=True)]


def _opening(
    office: Office, people: dict[int, Member], units: dict[int, Unit], users: dict[int, User]
) -> Opening:
    member = people[office.member_id]
    user = users.get(member.user_id or 0)
    if user is None or not user.is_active:
        gets, user = Gets.ACCOUNT, None
    else:
        gets = Gets.SLIP if office.state == OfficeState.NOT_YET else Gets.ROLE
    return Opening(member.full_name, units[office.unit_id], office.role, gets, user)


def link_account(member: Member, user: User, *, by: User) -> None:
    """The account is this member's: a change of post finds it, and so does whoever asks."""
    member.user = user
    member.save(update_fields=["user"])
    trail.record("account of a member", member, by=by, username=user.username)


def slips_of(made: Sequence[OfficeAccount], *, address: str, call: str) -> list[Slip]:
    """A slip for each first password, in the order of the cells."""
    return [
        slip_of(
            each.opened.user,
            each.opened.password,
            role=each.office.role,
            unit=each.office.place,
            address=address,
            call=call,
            day=clock.today(),
        )
        for each in made
        if each.opened.password
    ]


def slips_file(made: Sequence[OfficeAccount], *, address: str, call: str) -> bytes:
    """All slips as one PDF; nothing where only roles were given."""
    slips = slips_of(made, address=address, call=call)
    return slips_pdf(slips, title=_("Slips"), day=clock.today()) if slips else b""
