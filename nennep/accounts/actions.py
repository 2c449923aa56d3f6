"""Accounts and grants: who may sign in, and what they may do where."""

import secrets
from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts import rules
from nennep.accounts.choices import Can, Role
from nennep.accounts.models import Grant, User
from nennep.accounts.queries import last_administrator
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.core.text import tidy, vn_date
from nennep.organisation.models import Unit


@transaction.atomic
def create_user(
    username: str,
    *,
    display_name: str,
    by: User,
    password: str | None = None,
    must_change_password: bool = True,
) -> User:
    """An account without any right yet. A password set by somebody else is changed at first use."""
    user = _new_user(username, display_name)
    _give_password(user, password)
    user.must_change_password = must_change_password and password is not None
    user.save()
    trail.record("account created", user, by=by, username=user.username)
    return user


@transaction.atomic
def create_first_administrator(
    username: str, *, display_name: str, password: str, unit: Unit
) -> User:
    """The first account of an organisation, who then gives the others theirs."""
    if Grant.objects.exists():
        raise Refusal(
            _("There is an administrator already. Ask them for an account."),
            code="administrator_exists",
        )
    user = _new_user(username, display_name)
    _give_password(user, password)
    user.save()
    Grant.objects.create(
        user=user, role=Role.ADMINISTRATOR, unit=unit, valid_from=clock.today(), given_by=None
    )
    trail.record("first administrator created", unit, by=user, username=user.username)
    return user


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
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    _refuse_out_of_reach(by, grant.unit)
    if grant.ended_at is not None:
        raise Refusal(_("This role was withdrawn already."), code="grant_ended")
    if grant.role == Role.ADMINISTRATOR and grant.unit.depth == 0:
        _refuse_last_administrator(grant.user)
    return _end(grant, by)


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
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    return grant if grant.ended_at is not None else _end(grant, by)


@transaction.atomic
def set_password(user: User, password: str, *, by: User) -> User:
    """A new password for somebody who lost theirs, to be changed by them at the next sign-in."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse_beyond(by, user)
    _give_password(user, password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    trail.record("password set", user, by=by, username=user.username)
    return user


@transaction.atomic
def change_own_password(user: User, *, old: str, new: str) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.check_password(old):
        raise Refusal(
            _("That is not your present password. Type it again."),
            code="wrong_password",
            field="old",
        )
    if old == new:
        raise Refusal(
            _("The new password is the old one. Choose another."), code="same_password", field="new"
        )
    _give_password(user, new, field="new")
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    trail.record("password changed", user, by=user)
    return user


@transaction.atomic
def deactivate_user(user: User, *, by: User) -> User:
    """The person can no longer sign in, and their grants end. What they did stays theirs."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse_beyond(by, user)
    _refuse_last_administrator(user)
    user.grants.filter(ended_at__isnull=True).update(ended_at=clock.now())
    user.is_active = False
    user.save(update_fields=["is_active"])
    trail.record("account closed", user, by=by, username=user.username)
    return user


def _end(grant: Grant, by: User) -> Grant:
    grant.ended_at = clock.now()
    grant.save(update_fields=["ended_at"])
    trail.record("role withdrawn", grant, by=by, user=grant.user.username, role=grant.role)
    return grant


def _new_user(username: str, display_name: str) -> User:
    name = username.strip().lower()
    if not rules.is_username(name):
        raise Refusal(
            _(
                "“%(name)s” cannot be a user name. Use 3 to 60 letters without accents, digits,"
                " dots, hyphens or underscores."
            )
            % {"name": username},
            code="bad_username",
            field="username",
        )
    if User.objects.filter(username=name).exists():
        raise Refusal(
            _("The user name “%(name)s” is taken. Choose another.") % {"name": name},
            code="username_taken",
            field="username",
        )
    if not tidy(display_name):
        raise Refusal(
            _("Write the person's full name."), code="no_display_name", field="display_name"
        )
    return User(username=name, display_name=tidy(display_name))


def _give_password(user: User, password: str | None, field: str = "password") -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), code="weak_password", field=field) from error
    user.set_password(password)


def _refuse_out_of_reach(by: User, unit: Unit) -> None:
    """Nobody gives or takes beyond their own reach; the machine's own account reaches everything."""
    if not by.is_machine and not may(by, Can.MANAGE_GRANTS, unit):
        raise Refusal(
            _("Your own rights do not reach “%(unit)s”. Ask the administrator above.")
            % {"unit": unit.name},
            code="beyond_reach",
            field="unit",
        )


def _refuse_giver(by: User, user: User, unit: Unit) -> None:
    _refuse_out_of_reach(by, unit)
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


def _refuse_beyond(by: User, user: User) -> None:
    """An account is looked after by who reaches all of its grants."""
    if by.pk == user.pk:
        raise Refusal(
            _("This is your own account. Change your password on your own page."),
            code="own_account",
        )
    standing = user.grants.filter(ended_at__isnull=True).select_related("unit")
    units = [grant.unit for grant in standing] or list(Unit.objects.filter(depth=0))
    if not by.is_machine and not all(may(by, Can.MANAGE_GRANTS, unit) for unit in units):
        raise Refusal(
            _("%(user)s also has roles beyond your reach. Ask the administrator above.")
            % {"user": user.display_name},
            code="beyond_reach",
        )


def _refuse_last_administrator(user: User) -> None:
    if last_administrator(user):
        raise Refusal(
            _("This is the last administrator. Give the role to another person first."),
            code="last_administrator",
        )
