"""What stands between signing in and working: a password of one's own. And: a session goes on."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nennep.accounts.http import keep_alive
from nennep.core.policies import Policy

Answer = Callable[[HttpRequest], HttpResponse]
OPEN = {"accounts:change-password", "accounts:sign-out"}


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
        if not request.user.is_authenticated:
            return None
        keep_alive(request)
        if match.view_name not in OPEN and getattr(request.user, "must_change_password", False):
            return redirect("accounts:change-password")
        return None
