"""Grants: what people may do, where, and until when."""

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts import rules
from nennep.accounts.actions.reach import (
    beyond_reach,
    refuse_last_administrator,
    refuse_out_of_reach,
)
from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.accounts.queries.grants import may_look_after
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.text import tidy, vn_date
from nennep.organisation.models import Unit


@transaction.atomic
def grant_role(
    user: User,
    role: str,
    unit: Unit,
    *,
    valid_from: date,
    by: User,
    valid_to: date | None = None,
    reads_content: bool = False,
) -> Grant:
    """A role at a unit and everything below it, from day to day."""
    user = User.objects.select_for_update().get(pk=user.pk)
    unit = Unit.objects.get(pk=unit.pk)
    _refuse_giver(by, user, unit)
    _refuse_role(role, unit, reads_content=reads_content)
    _refuse_days(valid_from, valid_to)
    _refuse_twice(user, role, unit)
    grant = Grant.objects.create(
        user=user,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        reads_content=reads_content,
        given_by=by,
    )
    trail.record(
        "role granted",
        grant,
        by=by,
        user=user.username,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        reads_content=reads_content,
    )
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, by: User) -> Grant:
    """Withdrawal: it works at the person's next request."""
    grant = _locked(grant)
    _refuse_not_looked_after(by, grant)
    if grant.ended_at is not None:
        raise Refusal(_("This role was withdrawn already."), code="grant_ended")
    if grant.role == Role.ADMINISTRATOR and grant.unit.depth == 0:
        refuse_last_administrator(grant.user)
    return _end(grant, by)


@transaction.atomic
def prolong_grants(grants: Sequence[Grant], *, valid_to: date, by: User) -> list[Grant]:
    """A later last day for each of them; all or none.

    One that is over begins anew today, so that the days in between stay without it. One that has no
    end needs none, and is left as it is.
    """
    _refuse_days(clock.today(), valid_to)
    ids = sorted(grant.pk for grant in grants if grant.valid_to is not None)
    locked = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit")
    return [_prolonged(grant, valid_to, by) for grant in locked.filter(pk__in=ids).order_by("pk")]


def _prolonged(grant: Grant, valid_to: date, by: User) -> Grant:
    _refuse_not_looked_after(by, grant)
    _refuse_role(grant.role, grant.unit, reads_content=grant.reads_content)
    before = grant.valid_to
    if grant.ended_at is not None or before is None or valid_to <= before:
        raise Refusal(
            _("The role of %(user)s lasts until %(day)s already. Give a later day.")
            % {"user": grant.user.display_name, "day": vn_date(before)},
            code="not_longer",
            field="valid_to",
        )
    if before < clock.today():
        grant = _begun_anew(grant, by)
    grant.valid_to = valid_to
    grant.save()
    trail.record(
        "role prolonged",
        grant,
        by=by,
        user=grant.user.username,
        role=grant.role,
        before=before,
        valid_to=valid_to,
    )
    return grant


def _begun_anew(grant: Grant, by: User) -> Grant:
    Grant.objects.filter(pk=grant.pk).update(ended_at=clock.now())
    return Grant(
        user=grant.user,
        role=grant.role,
        unit=grant.unit,
        valid_from=clock.today(),
        reads_content=grant.reads_content,
        given_by=by,
    )


def _locked(grant: Grant) -> Grant:
    rows = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit")
    return rows.get(pk=grant.pk)


def _refuse_not_looked_after(by: User, grant: Grant) -> None:
    """An administrator all roles in their reach; the office above a cell those of the cell."""
    if not may_look_after(by, grant):
        raise beyond_reach(grant.unit)


@transaction.atomic
def give_pass(
    display_name: str, *, unit: Unit, only: UUID, valid_to: date | None, by: User
) -> Grant:
    """The minute-taker of one meeting, as an account of its own that has no password.

    Whether `by` may give it is asked where the meeting is known.
    """
    user = User(
        username=f"pass-{secrets.token_hex(8)}", display_name=tidy(display_name)[:200] or "–"
    )
    user.set_unusable_password()
    user.save()
    grant = Grant.objects.create(
        user=user,
        role=Role.MINUTE_TAKER,
        unit=unit,
        valid_from=clock.today(),
        valid_to=valid_to,
        only=only,
        given_by=by,
    )
    trail.record("minute pass given", grant, by=by, only=str(only), valid_to=valid_to)
    return grant


@transaction.atomic
def end_pass(grant: Grant, *, by: User) -> Grant:
    """A pass ends once; ending it again changes nothing."""
    grant = _locked(grant)
    return grant if grant.ended_at is not None else _end(grant, by)


def _end(grant: Grant, by: User) -> Grant:
    grant.ended_at = clock.now()
    grant.save(update_fields=["ended_at"])
    trail.record("role withdrawn", grant, by=by, user=grant.user.username, role=grant.role)
    return grant


def _refuse_giver(by: User, user: User, unit: Unit) -> None:
    refuse_out_of_reach(by, unit)
    if by.pk == user.pk:
        raise Refusal(
            _("Nobody gives a role to themselves. Ask another administrator."), code="to_oneself"
        )
    if not user.is_active or user.is_machine:
        raise Refusal(
            _("This account is closed. Make a new one for the person."),
            code="account_closed",
            field="username",
        )


def _refuse_role(role: str, unit: Unit, *, reads_content: bool) -> None:
    if rules.names_one_record(role):
        raise Refusal(
            _("The minute-taker of one meeting gets a code from the page of that meeting."),
            code="pass_not_here",
            field="role",
        )
    if not rules.fits(role, is_cell=unit.is_cell):
        message = (
            _("“%(role)s” is a role above the cell; “%(unit)s” is a cell.")
            if unit.is_cell
            else _("“%(role)s” is a role in a cell; “%(unit)s” is not one.")
        )
        raise Refusal(
            message % {"role": Role(role).label, "unit": unit.name},
            code="role_misplaced",
            field="role",
        )
    if unit.ended_on is not None:
        raise Refusal(
            _("“%(unit)s” closed on %(day)s; no role is given there any more.")
            % {"unit": unit.name, "day": vn_date(unit.ended_on)},
            code="unit_closed",
            field="unit",
        )
    if reads_content and not rules.may_read_content(role):
        raise Refusal(
            _("“%(role)s” never reads minutes and names of the cells below. Leave that box empty.")
            % {"role": Role(role).label},
            code="content_closed",
            field="reads_content",
        )


def _refuse_days(valid_from: date, valid_to: date | None) -> None:
    if valid_to is None:
        return
    if valid_to < valid_from:
        raise Refusal(
            _("The last day comes before the first. Swap the two days."),
            code="days_backwards",
            field="valid_to",
        )
    if valid_to < clock.today():
        raise Refusal(
            _("%(day)s is over already. Give a last day that is still to come.")
            % {"day": vn_date(valid_to)},
            code="days_over",
            field="valid_to",
        )


def _refuse_twice(user: User, role: str, unit: Unit) -> None:
    held = Grant.objects.filter(
        user=user, role=role, unit=unit, ended_at__isnull=True, only__isnull=True
    )
    if held.exists():
        raise Refusal(
            _("%(user)s has this role here already. Withdraw it first to change its days.")
            % {"user": user.display_name},
            code="granted_already",
            field="role",
        )
