"""A password that somebody else chose is changed before anything else is done."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nennep.core.policies import Policy

Answer = Callable[[HttpRequest], HttpResponse]
OPEN = {"accounts:change-password", "accounts:sign-out"}


class OwnPasswordMiddleware:
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
        if match.view_name in OPEN or not getattr(request.user, "must_change_password", False):
            return None
        return redirect("accounts:change-password")
