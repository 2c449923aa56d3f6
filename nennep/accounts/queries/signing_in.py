"""How an account stands towards the sign-in page."""

from dataclasses import dataclass
from datetime import datetime

from nennep.accounts.models import OpenSession, SignInTries, User
from nennep.core import clock


@dataclass(frozen=True)
class AccountState:
    """What the office needs to know before it helps somebody back in."""

    rests_until: datetime | None
    devices: int
    awaits_first_sign_in: bool


def open_sessions_of(user: User) -> list[OpenSession]:
    """Where the person is signed in now, the device seen last first."""
    rows = OpenSession.objects.filter(user=user, expire_date__gt=clock.moment())
    return list(rows.order_by("-seen_at"))


def state_of(user: User) -> AccountState:
    now = clock.moment()
    resting = SignInTries.objects.filter(key__in=SignInTries.keys_of(user), rests_until__gt=now)
    return AccountState(
        rests_until=resting.order_by("-rests_until").values_list("rests_until", flat=True).first(),
        devices=user.open_sessions.filter(expire_date__gt=now).count(),
        awaits_first_sign_in=user.must_change_password and user.last_login is None,
    )
