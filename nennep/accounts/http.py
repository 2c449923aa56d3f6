"""What a request says about where it comes from, and how a session begins and goes on."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from nennep.accounts import rules
from nennep.accounts.models import User
from nennep.accounts.sessions import BROWSER, OPENED_AT, PUBLIC_ID
from nennep.core import clock
from nennep.core.ids import new_public_id

BACKEND = "django.contrib.auth.backends.ModelBackend"
SEEN_AT = "seen_at"
# How often a session that goes on is written anew, as a part of the time it lasts without a request.
RENEWALS = 20


def network(request: HttpRequest) -> str:
    return rules.network_of(
        str(request.META.get("REMOTE_ADDR", "")),
        str(request.META.get("HTTP_X_FORWARDED_FOR", "")),
        settings.PROXIES,
    )


def begin_session(request: HttpRequest, user: User) -> None:
    """The person is in: a new session, with what they recognise it by among their others."""
    login(request, user, backend=BACKEND)
    now = clock.moment().timestamp()
    request.session[PUBLIC_ID] = str(new_public_id())
    request.session[OPENED_AT] = request.session[SEEN_AT] = now
    request.session[BROWSER] = rules.browser_of(request.headers.get("User-Agent", ""))
    hours = settings.OFFICE_SESSION_HOURS if user.works_above_the_cell else settings.SESSION_HOURS
    request.session.set_expiry(hours * 3600)


def keep_alive(request: HttpRequest) -> None:
    """A session lasts from its last request on: it is written anew from time to time."""
    seen = request.session.get(SEEN_AT)
    now = clock.moment().timestamp()
    lasts = request.session.get_expiry_age()
    if seen is not None and now - seen > lasts / RENEWALS:
        request.session[SEEN_AT] = now


def signed_in_ago(request: HttpRequest) -> timedelta | None:
    """How long ago the person signed in; None for a session that does not say."""
    opened = request.session.get(OPENED_AT)
    return None if opened is None else timedelta(seconds=clock.moment().timestamp() - opened)
