"""What a request says about where it comes from, and how a session begins and goes on."""

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from nennep.accounts import rules
from nennep.accounts.models import AccountBatch, User
from nennep.accounts.queries.second_factors import PASSED
from nennep.accounts.sessions import BROWSER, OPENED_AT, PUBLIC_ID, SINCE
from nennep.core import clock
from nennep.core.ids import new_public_id

if TYPE_CHECKING:
    from nennep.ui import http

    class Request(http.Request):
        """A request whose person is an account, which the actions of the apps above ask for."""

        user: User

else:
    Request = HttpRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"
SEEN_AT, PENDING = "seen_at", "half_signed_in"


def network(request: HttpRequest) -> str:
    return rules.network_of(
        str(request.META.get("REMOTE_ADDR", "")),
        str(request.META.get("HTTP_X_FORWARDED_FOR", "")),
        settings.PROXIES,
    )


def begin_session(request: HttpRequest, user: User, *, with_second_factor: bool = False) -> None:
    """The person is in: a new session, with what they recognise it by among their others."""
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    User.objects.filter(pk=user.pk).update(last_login=clock.now())
    if with_second_factor:
        request.session[PASSED] = True
    now = clock.moment().timestamp()
    request.session[PUBLIC_ID] = str(new_public_id())
    request.session[OPENED_AT] = request.session[SEEN_AT] = now
    request.session[SINCE] = clock.now().isoformat()
    request.session[BROWSER] = rules.browser_of(request.headers.get("User-Agent", ""))
    hours = settings.OFFICE_SESSION_HOURS if user.works_above_the_cell else settings.SESSION_HOURS
    request.session.set_expiry(hours * 3600)


def keep_alive(request: HttpRequest) -> None:
    """A session lasts from its last request on: it is written anew, at most once in a few minutes."""
    seen = request.session.get(SEEN_AT)
    now = clock.moment().timestamp()
    if seen is not None and now - seen > rules.limits().seen_within.total_seconds():
        request.session[SEEN_AT] = now


def signed_in_ago(request: HttpRequest) -> timedelta | None:
    """How long ago the person signed in; None for a session that does not say."""
    opened = request.session.get(OPENED_AT)
    return None if opened is None else timedelta(seconds=clock.moment().timestamp() - opened)


def public_address(request: HttpRequest) -> str:
    """Where people open the product: as the installation says, else as this request did."""
    return settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")


def opens_here_alone(request: HttpRequest) -> bool:
    """Whether that address leads every other machine to itself."""
    return urlsplit(public_address(request)).hostname in {"127.0.0.1", "localhost", "::1"}


def remember_key(response: HttpResponse, batch: AccountBatch, key: str) -> None:
    """The key of a box of slips stays with the browser that asked for them."""
    response.set_cookie(
        key_name(batch),
        key,
        max_age=int(rules.limits().slips_wait.total_seconds()),
        path=reverse("accounts:batch", args=[batch.public_id]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def key_name(batch: AccountBatch) -> str:
    return f"slips-{batch.public_id.hex}"


def remember_half(request: HttpRequest, user: User, next_url: str) -> None:
    """The password was right; the second step is still to come, within a few minutes."""
    request.session[PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": clock.moment().timestamp(),
        "next": next_url,
    }


def half_signed_in(request: HttpRequest) -> tuple[User, str] | None:
    """Whose password was right a moment ago, and where they wanted to go."""
    told = request.session.get(PENDING)
    if told is None:
        return None
    lasts = rules.limits().second_step.total_seconds()
    if clock.moment().timestamp() - told["at"] > lasts:
        return None
    user = User.objects.filter(pk=told["user"], is_active=True).first()
    if user is None or not constant_time_compare(told["hash"], user.get_session_auth_hash()):
        return None
    return user, told["next"]
