"""The one place that limits how often somebody may try: passwords, codes, passes alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nennep.accounts import rules
from nennep.accounts.actions.reach import refuse_beyond
from nennep.accounts.models import SignInTries, User
from nennep.accounts.models.signing_in import ACCOUNT, NETWORK
from nennep.core import clock, trail
from nennep.core.refusal import Refusal

AFRESH = {"count": 0, "began_at": None, "rests_until": None}


@dataclass(frozen=True)
class Limited:
    kind: str
    name: str

    @property
    def key(self) -> str:
        return SignInTries.key_of(self.kind, self.name)

    @property
    def limit(self) -> int:
        told = rules.limits()
        return told.per_network if self.kind == NETWORK else told.per_account


@contextmanager
def trying(name: str = "", *, kind: str = ACCOUNT, network: str = "") -> Iterator[None]:
    """A try, counted before it is judged; a Refusal inside leaves it counted, success clears it.

    Refuses at once, in the same words and without any further work, where the user name or the
    network rests; a name nobody has rests like any other. Call it outside a transaction, which
    would take the count back.
    """
    told = [Limited(*pair) for pair in ((kind, name), (NETWORK, network)) if pair[1]]
    told.sort(key=lambda limited: limited.key)
    _count(told)
    yield
    _take_back(told)


@transaction.atomic
def _count(told: list[Limited]) -> None:
    now = clock.moment()
    rows = [(limited, _row(limited)) for limited in told]
    for limited, row in rows:
        if row.tries.is_resting(now):
            raise _resting(limited, row.rests_until or now, now)
    for limited, row in rows:
        row.tries = row.tries.one_more(now, limited.limit, rules.limits())
        row.save()


def _row(limited: Limited) -> SignInTries:
    row, _made = SignInTries.objects.select_for_update().get_or_create(key=limited.key)
    return row


@transaction.atomic
def _take_back(told: list[Limited]) -> None:
    """A name starts afresh; a network is rid of this one try, not of those of others."""
    for limited in told:
        row = _row(limited)
        is_shared = limited.kind == NETWORK
        row.tries = row.tries.one_less(limited.limit) if is_shared else rules.Tries()
        row.save()


def _resting(limited: Limited, until: datetime, now: datetime) -> Refusal:
    minutes = rules.minutes_left(until, now)
    wait = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if limited.kind != NETWORK:
        words = _(
            "Too many wrong tries: this user name rests for another %(wait)s. Wait, then type"
            " slowly. If it is urgent, ask the office above to open it."
        )
    else:
        words = _(
            "Too many wrong tries came from this network: it rests for another %(wait)s. Wait,"
            " then try again."
        )
    return Refusal(
        words % {"wait": wait},
        code="network_rests" if limited.kind == NETWORK else "account_rests",
    )


def forget_tries(user: User) -> None:
    """A new password or a word of the office: the name may be tried afresh."""
    SignInTries.objects.filter(key__in=SignInTries.keys_of(user)).update(**AFRESH)


def forget_old_tries() -> int:
    """What counts for nothing any more; called every night.

    Only then are rows deleted: while people sign in, one that vanishes between two of them would
    be made twice.
    """
    now = clock.moment()
    over = Q(rests_until__isnull=True) | Q(rests_until__lt=now)
    past = Q(began_at__isnull=True) | Q(began_at__lt=now - rules.limits().window)
    return SignInTries.objects.filter(over & past).delete()[0]


@transaction.atomic
def unlock(user: User, *, by: User) -> None:
    """The office lets somebody try again before the time is over."""
    refuse_beyond(by, user)
    forget_tries(user)
    trail.record("tries forgotten", user, by=by, username=user.username)


@transaction.atomic
def forget_networks(*, by: User) -> int:
    """Every network may be tried from afresh; the rows do not say which is whose."""
    count = SignInTries.objects.filter(rests_until__gt=clock.moment()).update(**AFRESH)
    trail.record("tries forgotten", None, by=by, count=count)
    return count
