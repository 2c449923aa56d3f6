"""Devices on which somebody is signed in, and how that ends."""

from django.db import transaction

from nennep.accounts.actions.reach import refuse_beyond
from nennep.accounts.models import OpenSession, User
from nennep.core import clock, trail


@transaction.atomic
def end_session(session: OpenSession, *, by: User) -> None:
    """One device of the person's own is signed out; what it still has open ends at its next request."""
    session.delete()
    trail.record("sessions ended", by, by=by, count=1)


@transaction.atomic
def end_other_sessions(user: User, *, but: str, by: User) -> int:
    """Every device but the one whose session has this key."""
    count = _end(user, but)
    trail.record("sessions ended", user, by=by, username=user.username, count=count)
    return count


@transaction.atomic
def end_sessions(user: User, *, by: User) -> int:
    """All devices, for somebody who lost a telephone, at the word of who looks after them."""
    refuse_beyond(by, user)
    count = _end(user)
    trail.record("sessions ended", user, by=by, username=user.username, count=count)
    return count


def _end(user: User, but: str | None = None) -> int:
    rows = OpenSession.objects.filter(user=user)
    if but is not None:
        rows = rows.exclude(session_key=but)
    return rows.delete()[0]


def forget_expired_sessions() -> int:
    """Called every night."""
    return OpenSession.objects.filter(expire_date__lt=clock.moment()).delete()[0]
