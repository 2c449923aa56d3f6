"""Every view says who may come in. The start is refused while one does not (`core.checks`)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class Policy:
    """`verb` must be held somewhere; without a verb, being signed in is enough, or nothing is."""

    verb: str = ""
    is_public: bool = False


def policy(verb: str) -> Callable[[View], View]:
    """Let in who holds `verb` anywhere; which records they reach is for `fetch` to say."""
    return _guarded(Policy(verb=str(verb)))


def signed_in(view: View) -> View:
    return _guarded(Policy())(view)


def public(view: View) -> View:
    return _guarded(Policy(is_public=True))(view)


def _guarded(rule: Policy) -> Callable[[View], View]:
    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule.is_public and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if rule.verb and not request.user.reaches(rule.verb):  # type: ignore[union-attr]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.policy = rule  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare
