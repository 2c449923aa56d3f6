"""Corrections of what was typed."""

from __future__ import annotations

from datetime import date
from types import EllipsisType

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.members.actions.ground import (
    birth_fields,
    locked,
    name_fields,
    refuse_future,
    sex_field,
    told,
)
from nennep.members.choices import StandingKind
from nennep.members.models import Member, Standing


@transaction.atomic
def correct_member(
    member: Member,
    *,
    full_name: str,
    sex: str,
    by: Person,
    birth_date: date | None = None,
    birth_year: int | None = None,
    admitted_on: date | EllipsisType | None = ...,
    recognised_on: date | EllipsisType | None = ...,
) -> Member:
    """What was typed, as it should have been written. The trail says which, not what.

    The days of admission and recognition stay as they are where nothing (`...`) is said of them.
    """
    member = locked(member)
    admitted = member.admitted_on if admitted_on is ... else admitted_on
    recognised = member.recognised_on if recognised_on is ... else recognised_on
    if (admitted, recognised) != (member.admitted_on, member.recognised_on):
        _refuse_party_dates(member, admitted, recognised)
    wanted = {
        **name_fields(full_name),
        **sex_field(sex),
        **birth_fields(birth_date, birth_year),
        "admitted_on": admitted,
        "recognised_on": recognised,
    }
    changed = [name for name, value in wanted.items() if getattr(member, name) != value]
    for name in changed:
        setattr(member, name, wanted[name])
    if changed:
        member.save(update_fields=changed)
        fields = [name for name in changed if name not in {"sort_key", "folded_name"}]
        told("member corrected", member, [], by=by, fields=fields)
    return member


def _refuse_party_dates(member: Member, admitted: date | None, recognised: date | None) -> None:
    """Admission comes before the first day on a roll, recognition after admission."""
    standings = Standing.objects.filter(member=member).order_by("valid_from")
    first, latest = standings.first(), standings.last()
    if admitted and first and admitted > first.valid_from:
        raise Refusal(
            _("The admission comes after the first day on a roll, %(day)s. Correct one of them.")
            % {"day": vn_date(first.valid_from)},
            code="admitted_later",
            field="admitted_on",
        )
    if recognised is None:
        return
    refuse_future(recognised, "recognised_on")
    if admitted and recognised < admitted:
        raise Refusal(
            _("The recognition comes before the admission. Correct one of the two."),
            code="recognised_out_of_order",
            field="recognised_on",
        )
    if latest and latest.kind == StandingKind.PROBATIONARY:
        raise Refusal(
            _("%(name)s is a probationary member. Record the recognition itself.")
            % {"name": member.full_name},
            code="recognised_already",
            field="recognised_on",
        )
