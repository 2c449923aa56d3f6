"""How an account stands towards the sign-in page."""

from dataclasses import dataclass
from datetime import datetime

from nennep.accounts.models import OpenSession, SignInTries, User
from nennep.core import clock
from nennep.core.models import TrailLine

SHOWN_TO_OWNER = 12
# What concerns the way in; the rest of the trail is for who may read it.
OWN_VERBS = (
    "account created",
    "password set",
    "password changed",
    "signed in",
    "sessions ended",
    "tries forgotten",
    "second factor added",
    "second factor removed",
    "second factors reset",
    "recovery codes made",
    "recovery code used",
)


@dataclass(frozen=True)
class AccountState:
    """What the office needs to know before it helps somebody back in."""

    rests_until: datetime | None
    devices: int
    second_factors: int
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
        second_factors=user.second_factors.count(),
        awaits_first_sign_in=user.must_change_password and user.last_login is None,
    )


def told_of_account(user: User) -> list[TrailLine]:
    """What was lately done to the account, for its owner to recognise or not. The latest first."""
    lines = TrailLine.objects.filter(target_type="accounts.user", target_id=user.pk)
    return list(lines.filter(verb__in=OWN_VERBS)[:SHOWN_TO_OWNER])
