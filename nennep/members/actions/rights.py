"""What somebody may do in the product ends with the post it came with."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from nennep.accounts.actions import Cut, cut_passes, cut_roles
from nennep.core.person import Person
from nennep.members.choices import OFFICE_ROLES, ROLE_OF_TITLE, PositionTitle
from nennep.members.models import Member, Position
from nennep.members.queries.positions import CELL_BODIES
from nennep.members.rules import DAY
from nennep.organisation.models import Unit


def end_rights(member: Member, *, last_day: date, by: Person) -> list[Cut]:
    """The roles of posts that the member no longer holds after `last_day` end with that day.

    Called by whatever ends a post: a dismissal, a transfer, leaving the roll, a handover. Who has no
    account has nothing to lose. Codes the person gave to minute-takers end as well.
    """
    user = member.user if member.user_id is not None else None
    if user is None:
        return []
    cuts: list[Cut] = []
    held = roles_after(member, last_day)
    units = Unit.objects.filter(grants__user=user, grants__role__in=OFFICE_ROLES).distinct()
    for unit in units:
        lost = [role for role in OFFICE_ROLES if (unit.pk, role.value) not in held]
        found = cut_roles(user, unit, lost, last_day=last_day, by=by)
        cuts += found
        if found and not any(cell == unit.pk for cell, _role in held):
            cut_passes(user, unit, last_day=last_day, by=by)
    return cuts


def roles_after(member: Member, last_day: date) -> set[tuple[int, str]]:
    """By cell, the roles of the posts the member holds the day after, as recorded now."""
    posts = Position.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last_day),
        member=member,
        valid_from__lte=last_day + DAY,
        body__kind__in=CELL_BODIES,
    )
    return {
        (unit, ROLE_OF_TITLE[PositionTitle(title)].value)
        for unit, title in posts.values_list("body__unit_id", "title")
    }
