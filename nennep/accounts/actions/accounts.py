"""Accounts: who may sign in, and with which password."""

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts import rules
from nennep.accounts.actions.reach import refuse_beyond, refuse_last_administrator
from nennep.accounts.actions.trying import forget_tries, trying
from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.accounts.models.signing_in import OWNER
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
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
    if must_change_password and password is not None:
        _await_change(user)
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


def check_password(username: str, password: str, *, network: str) -> User:
    """Whose name and password these are.

    A name nobody has, a wrong password, a closed account and a machine's are refused in the same
    words after the same work: one hash.
    """
    name = username.strip().lower()
    with trying(name, network=network):
        user = authenticate(None, username=name, password=password)
        if not isinstance(user, User):
            raise Refusal(
                _("The user name or the password is not right. Type both again, slowly."),
                code="wrong_sign_in",
            )
    _refuse_old_slip(user)
    return user


def _refuse_old_slip(user: User) -> None:
    given, days = user.password_given_on, rules.limits().first_password
    if given is not None and clock.today() > given + days:
        raise Refusal(
            _(
                "This first password was printed on %(day)s and is too old. Ask the office above"
                " for a new slip."
            )
            % {"day": vn_date(given)},
            code="old_slip",
        )


def confirm_password(user: User, password: str, *, field: str = "password") -> None:
    """The owner's word on their own pages: an open session alone does not change what guards it."""
    with trying(user.username, kind=OWNER):
        if not user.check_password(password):
            raise Refusal(
                _("That is not your present password. Type it again."),
                code="wrong_password",
                field=field,
            )


@transaction.atomic
def set_password(user: User, password: str, *, by: User) -> User:
    """A new password for somebody who lost theirs, to be changed by them at the next sign-in.

    Every device of theirs is signed out, and the user name may be tried afresh.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_beyond(by, user)
    _give_password(user, password)
    _await_change(user)
    user.save(update_fields=["password", "must_change_password", "password_given_on"])
    user.open_sessions.all().delete()
    forget_tries(user)
    trail.record("password set", user, by=by, username=user.username)
    return user


def change_own_password(user: User, *, old: str, new: str) -> User:
    """The session it is changed in goes on; every other one ends, its password being another."""
    confirm_password(user, old, field="old")
    if old == new:
        raise _same_password()
    return _change_password(user, new)


def choose_first_password(user: User, *, new: str) -> User:
    """Instead of one that somebody else chose, which its owner typed to come in: no session is older."""
    if not user.must_change_password:
        raise Refusal(_("Type your present password."), code="own_password")
    if user.check_password(new):
        raise _same_password()
    return _change_password(user, new)


def _same_password() -> Refusal:
    return Refusal(
        _("The new password is the old one. Choose another."), code="same_password", field="new"
    )


@transaction.atomic
def _change_password(user: User, new: str) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    _give_password(user, new, field="new")
    user.must_change_password, user.password_given_on = False, None
    user.save(update_fields=["password", "must_change_password", "password_given_on"])
    trail.record("password changed", user, by=user)
    return user


@transaction.atomic
def deactivate_user(user: User, *, by: User) -> User:
    """The person can no longer sign in, and their grants end. What they did stays theirs."""
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_beyond(by, user)
    refuse_last_administrator(user)
    user.grants.filter(ended_at__isnull=True).update(ended_at=clock.now())
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.open_sessions.all().delete()
    trail.record("account closed", user, by=by, username=user.username)
    return user


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


def _await_change(user: User) -> None:
    """The password is somebody else's word, good for the first sign-in and not for ever."""
    user.must_change_password, user.password_given_on = True, clock.today()


def _give_password(user: User, password: str | None, field: str = "password") -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), code="weak_password", field=field) from error
    user.set_password(password)
