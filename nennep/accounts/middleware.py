"""What stands between signing in and working: a password of one's own, a second step where a role
asks for one. And: a session goes on while it is used.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nennep.accounts import queries
from nennep.accounts.http import keep_alive, remember_half
from nennep.accounts.models import User
from nennep.core.policies import Policy

Answer = Callable[[HttpRequest], HttpResponse]
OPEN = {"accounts:change-password", "accounts:sign-out"}
SETTING_UP = {
    "accounts:second-factors",
    "accounts:add-telephone",
    "accounts:add-passkey",
    "accounts:recovery-codes",
}


class WayInMiddleware:
    """Looks at guarded pages only: what is public and what is static costs no session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        policy = getattr(view, "policy", None)
        match = request.resolver_match
        if not isinstance(policy, Policy) or policy.is_public or match is None:
            return None
        person = request.user
        if not isinstance(person, User):
            return None
        keep_alive(request)
        if match.view_name in OPEN:
            return None
        if person.must_change_password:
            return redirect("accounts:change-password")
        if queries.owes_second_factor(person, request.session):
            return _second_step(request, person, match.view_name)
        return None


def _second_step(request: HttpRequest, person: User, asked: str) -> HttpResponse | None:
    """To set one up, where there is none; else through it, for who came in before it was asked for."""
    if not queries.has_second_factor(person):
        return None if asked in SETTING_UP else redirect("accounts:second-factors")
    remember_half(request, person, request.get_full_path() if request.method == "GET" else "/")
    return redirect("accounts:second-step")
