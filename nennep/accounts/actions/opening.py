"""Accounts for many at once: first passwords reckoned beforehand, rows written in one go."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts import rules
from nennep.accounts.actions.trying import forget_tries
from nennep.accounts.choices import CELL_ROLES, Can, Gets
from nennep.accounts.models import Grant, User
from nennep.accounts.queries.grants import reaches_account
from nennep.accounts.queries.usernames import free_usernames
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.core.text import tidy
from nennep.organisation.models import Unit

Report = Callable[[int, int], bool]
AT_ONCE = 20  # passwords between two reports


@dataclass(frozen=True)
class FirstPassword:
    """Shown once on a slip; only `encoded` is stored."""

    plain: str = field(repr=False)
    encoded: str = field(repr=False)


@dataclass(frozen=True)
class Opening:
    """Somebody who holds a post in a cell, and the account they have already, if any."""

    name: str
    unit: Unit
    role: str
    gets: Gets
    user: User | None = None


@dataclass(frozen=True)
class Opened:
    """What came of it. Without a password where the account is in use and got a role only."""

    opening: Opening
    user: User
    password: str = field(default="", repr=False)


def first_passwords(count: int, report: Report | None = None) -> list[FirstPassword]:
    """Each costs 58 ms of a processor by design; as many at once as the machine has processors.

    Done before the transaction that stores them, so that nobody waits for its locks meanwhile.
    Raises Refusal when the person has cancelled.
    """
    made: list[FirstPassword] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        while len(made) < count:
            plain = [rules.new_password() for _ in range(min(AT_ONCE, count - len(made)))]
            made += map(FirstPassword, plain, pool.map(make_password, plain))
            if report is not None and not report(len(made), count):
                raise Refusal(_("Cancelled. No account was made."), code="cancelled")
    return made


@transaction.atomic
def open_accounts(
    openings: Sequence[Opening],
    passwords: Sequence[FirstPassword],
    *,
    by: User,
    valid_to: date | None = None,
) -> list[Opened]:
    """Accounts and roles from today on, all or none. A password for each that needs one.

    That each of them holds the post is for the caller to know: whoever looks after the accounts of
    a cell may give its people the roles of their posts, and no others.
    """
    _refuse_openings(openings, by)
    given = iter(passwords)
    new = [opening.name for opening in openings if opening.gets is Gets.ACCOUNT]
    users = iter(_new_users(new, given, by))
    opened = [_open(opening, users, given, by) for opening in openings]
    _give_roles([o for o in opened if o.opening.gets is not Gets.SLIP], by, valid_to)
    return opened


@transaction.atomic
def open_account(name: str, password: FirstPassword, *, by: User) -> User:
    """An account for one person, without a role yet. That `by` may is for the caller to know."""
    (made,) = _new_users([name], iter([password]), by)
    return made[0]


def _refuse_openings(openings: Sequence[Opening], by: User) -> None:
    for opening in openings:
        unit = opening.unit
        reaches = by.is_machine or any(
            may(by, can, unit) for can in (Can.LOOK_AFTER_ACCOUNTS, Can.MANAGE_GRANTS)
        )
        if opening.role not in CELL_ROLES or not unit.is_cell or not reaches:
            raise Refusal(
                _("Your own rights do not reach “%(unit)s”. Ask the administrator above.")
                % {"unit": unit.name},
                code="beyond_reach",
            )
        renewed = opening.user if opening.gets is Gets.SLIP else None
        if renewed is not None and not reaches_account(by, renewed):
            raise Refusal(
                _("%(user)s also has roles beyond your reach. Ask the administrator above.")
                % {"user": renewed.display_name},
                code="beyond_reach",
            )


def _new_users(
    full_names: Sequence[str], given: Iterator[FirstPassword], by: User
) -> list[tuple[User, str]]:
    passwords = [next(given) for _ in full_names]
    usernames = free_usernames(full_names)
    rows = [
        User(
            username=username,
            display_name=tidy(name),
            password=password.encoded,
            must_change_password=True,
            password_given_on=clock.today(),
        )
        for name, username, password in zip(full_names, usernames, passwords, strict=True)
    ]
    users = User.objects.bulk_create(rows)
    for user in users:
        trail.record("account created", user, by=by, username=user.username)
    return [(user, password.plain) for user, password in zip(users, passwords, strict=True)]


def _open(
    opening: Opening,
    users: Iterator[tuple[User, str]],
    given: Iterator[FirstPassword],
    by: User,
) -> Opened:
    if opening.gets is Gets.ACCOUNT:
        return Opened(opening, *next(users))
    user = opening.user
    assert user is not None  # noqa: S101 -- only an account can get a role or a new slip
    return Opened(opening, user, _renew(user, next(given), by) if opening.gets is Gets.SLIP else "")


def _renew(user: User, password: FirstPassword, by: User) -> str:
    """Another first password for somebody who never used theirs."""
    user.password, user.must_change_password = password.encoded, True
    user.password_given_on = clock.today()
    user.save(update_fields=["password", "must_change_password", "password_given_on"])
    forget_tries(user)
    trail.record("password set", user, by=by, username=user.username)
    return password.plain


def _give_roles(opened: Sequence[Opened], by: User, valid_to: date | None) -> None:
    today = clock.today()
    _put_away_expired(opened)
    grants = Grant.objects.bulk_create(
        Grant(
            user=each.user,
            role=each.opening.role,
            unit=each.opening.unit,
            valid_from=today,
            valid_to=valid_to,
            given_by=by,
        )
        for each in opened
    )
    for grant in grants:
        trail.record(
            "role granted",
            grant,
            by=by,
            user=grant.user.username,
            role=grant.role,
            valid_from=today,
            valid_to=valid_to,
        )


def _put_away_expired(opened: Sequence[Opened]) -> None:
    """A role that is over makes room for the same one from today on."""
    known = [each for each in opened if each.opening.gets is Gets.ROLE]
    for each in known:
        each.user.grants.filter(
            unit=each.opening.unit,
            role=each.opening.role,
            only__isnull=True,
            ended_at__isnull=True,
            valid_to__lt=clock.today(),
        ).update(ended_at=clock.now())
