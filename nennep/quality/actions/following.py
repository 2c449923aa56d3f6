"""Who of a superior committee follows which cell."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.fields import holding_on
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.members.models import Member, Position
from nennep.organisation.models import Unit
from nennep.quality.actions.ground import refuse_elsewhere
from nennep.quality.models import Following

Named = Mapping[Unit, Member | None]


@transaction.atomic
def name_followers(committee: Unit, named: Named, *, since: date, by: User) -> int:
    """From `since` on these cells are followed by these members; None: by nobody of this committee.

    Many cells in one act; those whose follower stays the same are left alone. Returns how many
    changed.
    """
    committee = Unit.objects.select_for_update(no_key=True).get(pk=committee.pk)
    cells = [cell for cell in named if cell.is_cell]
    refuse_elsewhere(list(named), committee)
    _refuse_outsiders(committee, {m for m in named.values() if m is not None}, since)
    present = {
        row.unit_id: row
        for row in Following.objects.filter(
            committee=committee, unit__in=cells, valid_to__isnull=True
        ).select_related("unit")
    }
    changed = [cell for cell in cells if _is_new(present.get(cell.pk), named[cell])]
    _end([present[cell.pk] for cell in changed if cell.pk in present], since)
    Following.objects.bulk_create(
        Following(unit=cell, committee=committee, member=member, valid_from=since)
        for cell in changed
        if (member := named[cell]) is not None
    )
    if changed:
        codes = sorted(cell.code for cell in changed)
        trail.record("followers named", committee, by=by, count=len(codes), cells=codes)
    return len(changed)


def _is_new(before: Following | None, member: Member | None) -> bool:
    return (before.member_id if before else None) != (member.pk if member else None)


def _end(ended: Sequence[Following], since: date) -> None:
    """The last day is the one before; who began on this very day was a mistake."""
    for before in ended:
        if before.valid_from > since:
            raise Refusal(
                _("“%(unit)s” is followed by another since %(day)s. Choose a later day.")
                % {"unit": before.unit.name, "day": vn_date(before.valid_from)},
                code="begins_later",
                field="since",
            )
    rows = Following.objects.filter(pk__in=[before.pk for before in ended])
    rows.filter(valid_from=since).delete()
    rows.update(valid_to=since - timedelta(days=1))


def _refuse_outsiders(committee: Unit, members: set[Member], day: date) -> None:
    """Whoever follows holds a post in a body of the committee on that day."""
    holders = set(
        Position.objects.filter(holding_on(day), body__unit=committee)
        .order_by()
        .values_list("member_id", flat=True)
    )
    for member in sorted(members, key=lambda each: each.pk):
        if member.pk not in holders:
            raise Refusal(
                _("%(name)s holds no post in the committee of “%(unit)s”. Give the post first.")
                % {"name": member.full_name, "unit": committee.name},
                code="not_of_the_committee",
            )
