"""Who of a superior committee follows which cell."""

from collections.abc import Mapping
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
        )
    }
    changed = [cell for cell in cells if _change(committee, cell, present, named[cell], since)]
    if changed:
        codes = sorted(cell.code for cell in changed)
        trail.record("followers named", committee, by=by, count=len(codes), cells=codes)
    return len(changed)


def _change(
    committee: Unit,
    cell: Unit,
    present: Mapping[int, Following],
    member: Member | None,
    since: date,
) -> bool:
    """End the one who follows now the day before; one who began on this very day was a mistake."""
    before = present.get(cell.pk)
    if (before.member_id if before else None) == (member.pk if member else None):
        return False
    if before is not None:
        _end(before, cell, since)
    if member is not None:
        Following.objects.create(unit=cell, committee=committee, member=member, valid_from=since)
    return True


def _end(before: Following, cell: Unit, since: date) -> None:
    if before.valid_from > since:
        raise Refusal(
            _("“%(unit)s” is followed by another since %(day)s. Choose a later day.")
            % {"unit": cell.name, "day": vn_date(before.valid_from)},
            code="begins_later",
            field="since",
        )
    if before.valid_from == since:
        before.delete()
        return
    before.valid_to = since - timedelta(days=1)
    before.save(update_fields=["valid_to"])


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
