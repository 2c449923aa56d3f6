"""Corrections of what was typed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from nennep.core.person import Person
from nennep.members.actions.ground import birth_fields, locked, name_fields, sex_field, told
from nennep.members.models import Member


@transaction.atomic
def correct_member(
    member: Member,
    *,
    full_name: str,
    sex: str,
    by: Person,
    birth_date: date | None = None,
    birth_year: int | None = None,
) -> Member:
    """Name, sex and birth as they should have been written. The trail says which, not what."""
    member = locked(member)
    wanted = {
        **name_fields(full_name),
        **sex_field(sex),
        **birth_fields(birth_date, birth_year),
    }
    changed = [name for name, value in wanted.items() if getattr(member, name) != value]
    for name in changed:
        setattr(member, name, wanted[name])
    if changed:
        member.save(update_fields=changed)
        fields = [name for name in changed if name not in {"sort_key", "folded_name"}]
        told("member corrected", member, [], by=by, fields=fields)
    return member
