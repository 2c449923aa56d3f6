"""The conversation with the browser about passkeys: our question, its answer."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nennep.accounts import actions, queries
from nennep.accounts.models import User
from nennep.accounts.rules import passkeys
from nennep.core.refusal import Refusal

QUESTION = "passkey_question"


def work_here(request: HttpRequest) -> bool:
    return passkeys.work_at(request.get_host(), is_secure=request.is_secure())


def passkey_question(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the page hands to the browser, for somebody who has a passkey and may use it here."""
    known = queries.passkeys_of(user)
    if not known or not work_here(request):
        return {"has_passkey_elsewhere": bool(known)}
    options, state = passkeys.ask_for_known(request.get_host(), known)
    request.session[QUESTION] = state
    return {"passkey_options": options}


def question_for_new(request: HttpRequest, user: User) -> dict[str, Any]:
    if not work_here(request):
        return {}
    options, state = passkeys.ask_for_new(
        request.get_host(),
        owner=user.public_id.bytes,
        name=user.username,
        label=user.display_name,
        known=queries.passkeys_of(user),
    )
    request.session[QUESTION] = state
    return {"passkey_options": options}


def use_passkey(request: HttpRequest, user: User, answer: dict[str, Any]) -> bool:
    try:
        used = passkeys.used(request.get_host(), _state(request), queries.passkeys_of(user), answer)
    except passkeys.WrongAnswer as error:
        raise _refused() from error
    actions.pass_by_passkey(user, used)
    return True


def passkey_made(request: HttpRequest, answer: dict[str, Any]) -> passkeys.Passkey:
    try:
        return passkeys.made(request.get_host(), _state(request), answer)
    except passkeys.WrongAnswer as error:
        raise _refused() from error


def _state(request: HttpRequest) -> dict[str, Any]:
    """The question this is the answer to; it is answered once."""
    state = request.session.pop(QUESTION, None)
    if not isinstance(state, dict):
        raise _refused()
    return state


def _refused() -> Refusal:
    return Refusal(
        _("The passkey was not taken. Try again, or use the code of your telephone."),
        code="wrong_passkey",
    )
