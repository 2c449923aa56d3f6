"""Access for the minute-taker of one meeting, by a code of eight letters, while the minutes are open."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nennep.accounts.actions import end_pass as end_grant_of_pass
from nennep.accounts.actions import give_pass
from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.meetings.actions.locks import changeable
from nennep.meetings.models import Meeting, MinutePass
from nennep.members.models import Member

# Letters nobody mistakes for another, read aloud or on a photocopy.
LETTERS = "ABCDEFGHKMNPQRTUVWXY"
LENGTH = 8


@dataclass(frozen=True)
class GivenPass:
    """The code is shown now and never again: only its hash is kept."""

    minute_pass: MinutePass
    code: str

    @property
    def spoken(self) -> str:
        """In two groups of four, as it is read out."""
        return f"{self.code[:4]} {self.code[4:]}"


@transaction.atomic
def give_minute_pass(meeting: Meeting, *, by: User, member: Member | None = None) -> GivenPass:
    meeting = changeable(meeting)
    if member is not None and meeting.unit.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps figures only: no person's name is kept here.")
            % {"unit": meeting.unit.name},
            code="figures_only",
        )
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    grant = give_pass(
        member.full_name if member else _("Minute-taker"),
        unit=meeting.unit,
        only=meeting.public_id,
        valid_to=None,
        by=by,
    )
    minute_pass = MinutePass.objects.create(
        meeting=meeting,
        member=member,
        code_hash=_hash(code),
        grant=grant,
        given_by=by,
        given_at=clock.now(),
    )
    return GivenPass(minute_pass, code)


@transaction.atomic
def redeem(code: str) -> User:
    """Whom the code lets in. It works until the pass ends, on any device of the minute-taker."""
    plain = "".join(letter for letter in code.upper() if letter.isalpha())
    found = (
        MinutePass.objects.that_work()
        .select_related("grant__user", "meeting__unit")
        .filter(
            code_hash=_hash(plain),
            meeting__closed_at__isnull=True,
            meeting__cancelled_at__isnull=True,
        )
        .first()
    )
    if found is None:
        raise Refusal(
            _(
                "This code opens nothing. It may be mistyped, or the minutes were closed. Ask the"
                " secretary for a new one."
            ),
            code="no_such_pass",
            field="code",
        )
    user: User = found.grant.user
    if found.used_at is None:
        found.used_at = clock.now()
        found.save(update_fields=["used_at"])
        trail.record("minute pass used", found.meeting, by=user)
    return user


@transaction.atomic
def end_pass(minute_pass: MinutePass, *, by: User) -> MinutePass:
    minute_pass = (
        MinutePass.objects.select_for_update(of=("self",))
        .select_related("grant", "meeting__unit")
        .get(pk=minute_pass.pk)
    )
    if minute_pass.ended_at is None:
        _end(minute_pass, by)
    return minute_pass


def end_passes(meeting: Meeting, *, by: User) -> None:
    """Closing the minutes ends them all."""
    for minute_pass in meeting.passes.filter(ended_at__isnull=True).select_related("grant"):
        _end(minute_pass, by)


def _end(minute_pass: MinutePass, by: User) -> None:
    end_grant_of_pass(minute_pass.grant, by=by)
    minute_pass.ended_at = clock.now()
    minute_pass.save(update_fields=["ended_at"])


def _hash(code: str) -> str:
    """Keyed, so that a copy of the database alone cannot be searched for codes."""
    return salted_hmac(
        "minute pass", code, secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
