"""Roles that come and go with a post in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.core import clock, trail
from nennep.core.person import Person
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class Cut:
    """A role that ends with its post, and the last day it had before; for who takes that back."""

    grant_id: int
    valid_to: date | None

    def told(self) -> list[Any]:
        return [self.grant_id, self.valid_to and self.valid_to.isoformat()]

    @classmethod
    def read(cls, told: Sequence[Any]) -> Cut:
        return cls(told[0], told[1] and date.fromisoformat(told[1]))


@transaction.atomic
def cut_roles(
    user: User, unit: Unit, roles: Sequence[str], *, last_day: date, by: Person
) -> list[Cut]:
    """These roles at the unit end with `last_day`; what is over by then is over at the next request.

    Whoever ends the post ends the role that came with it, whatever else they may do about roles.
    """
    grants = user.grants.select_for_update(of=("self",)).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last_day),
        unit=unit,
        role__in=list(roles),
        only__isnull=True,
        ended_at__isnull=True,
    )
    return [_cut(grant, last_day, by) for grant in grants.select_related("user", "unit")]


def _cut(grant: Grant, last_day: date, by: Person) -> Cut:
    cut = Cut(grant.pk, grant.valid_to)
    if grant.valid_from > last_day:
        grant.ended_at = clock.now()
    else:
        grant.valid_to = last_day
    grant.save(update_fields=["ended_at", "valid_to"])
    trail.record(
        "role ended with its post",
        grant,
        by=by,
        user=grant.user.username,
        role=grant.role,
        last_day=last_day,
    )
    return cut


@transaction.atomic
def cut_passes(user: User, unit: Unit, *, last_day: date, by: Person) -> int:
    """Codes for minute-takers that this person gave at the unit end with the last day as well."""
    passes = Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last_day),
        unit=unit,
        given_by=user,
        only__isnull=False,
        ended_at__isnull=True,
    )
    begun = passes.filter(valid_from__lte=last_day).update(valid_to=last_day)
    later = passes.filter(valid_from__gt=last_day).update(ended_at=clock.now())
    if begun or later:
        trail.record("minute passes ended", unit, by=by, count=begun + later)
    return begun + later


@transaction.atomic
def give_role_of_post(
    user: User, role: str, unit: Unit, *, valid_from: date, by: User
) -> tuple[Grant, Cut | None]:
    """The role from a day on, and how it ran before where it ran already.

    One that is over is put away first. That the person holds the post is for the caller to know.
    """
    held = user.grants.select_for_update(of=("self",)).filter(
        unit=unit, role=role, only__isnull=True, ended_at__isnull=True
    )
    running = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())).first()
    before = None if running is None else Cut(running.pk, running.valid_to)
    if running is not None:
        running.valid_from = min(running.valid_from, valid_from)
        running.valid_to = None
        running.save(update_fields=["valid_from", "valid_to"])
        grant = running
    else:
        held.update(ended_at=clock.now())
        grant = Grant.objects.create(
            user=user, role=role, unit=unit, valid_from=valid_from, given_by=by
        )
    trail.record(
        "role granted",
        grant,
        by=by,
        user=user.username,
        role=Role(role).value,
        valid_from=grant.valid_from,
    )
    return grant, before


@transaction.atomic
def take_back_roles(cuts: Sequence[Cut], given: Sequence[int], *, by: User) -> None:
    """What was cut goes on as before, what was given is withdrawn: a handover that did not happen."""
    for grant in Grant.objects.select_for_update(of=("self",)).filter(pk__in=list(given)):
        grant.ended_at = clock.now()
        grant.save(update_fields=["ended_at"])
        trail.record("role withdrawn", grant, by=by, user=grant.user.username, role=grant.role)
    for cut in cuts:
        Grant.objects.filter(pk=cut.grant_id).update(valid_to=cut.valid_to, ended_at=None)
