"""Days that were typed wrong, and entries made by mistake. The trail keeps what they said."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.members.actions.ground import (
    cells_of,
    day_before,
    locked,
    refuse_backwards,
    refuse_cell,
    refuse_future,
    refuse_overlap,
    told,
)
from nennep.members.models import Exemption, Member, Position, Standing, Stay, WorkingSpell
from nennep.organisation.models import Unit

SideSpell = Exemption | Stay | WorkingSpell


@transaction.atomic
def correct_first_day(spell: Standing | SideSpell, *, on: date, by: Person) -> None:
    """It began on another day than was typed. A standing that follows another moves its end along."""
    member = locked(spell.member)
    spell = _fresh(spell)
    before = spell.valid_from
    if isinstance(spell, Stay):
        refuse_backwards(on, spell.valid_to, "on")
    else:
        refuse_future(on)
        refuse_backwards(on, spell.valid_to, "on")
    if isinstance(spell, Standing):
        _refuse_posts_before(member, spell, on)
        refuse_cell(spell.unit, on)
        _move_end_of_earlier(member, spell, on)
    else:
        refuse_overlap(_others(spell), on, spell.valid_to)
    spell.valid_from = on
    spell.save(update_fields=["valid_from"])
    first = min(before, on)
    cells = _cells(member, spell, first)
    told("first day corrected", member, cells, by=by, since=first, before=before, after=on)


@transaction.atomic
def strike_spell(spell: SideSpell, *, by: Person) -> None:
    """An exemption, stay or working time that never was. What it said stands in the trail."""
    member = locked(spell.member)
    spell = _fresh(spell)
    if not Standing.objects.filter(member=member).exists():
        raise Refusal(
            _("This is all that is kept of a guest. Give the stay its last day instead."),
            code="last_of_a_guest",
        )
    cells = _cells(member, spell, spell.valid_from)
    first, last = spell.valid_from, spell.valid_to
    kind = spell._meta.model_name
    spell.delete()
    told(
        "entry struck",
        member,
        cells,
        by=by,
        since=first,
        kind=kind,
        valid_from=first,
        valid_to=last,
    )


def _fresh(spell: Any) -> Any:
    found = type(spell).objects.filter(pk=spell.pk).first()
    if found is None:
        raise Refusal(
            _("This entry has been taken away meanwhile. Reload the page."), code="entry_gone"
        )
    return found


def _others(spell: SideSpell) -> QuerySet[Any]:
    return type(spell).objects.filter(member_id=spell.member_id).exclude(pk=spell.pk)


def _move_end_of_earlier(member: Member, spell: Standing, on: date) -> None:
    earlier = (
        Standing.objects.filter(member=member, valid_from__lt=spell.valid_from)
        .order_by("-valid_from")
        .first()
    )
    if earlier is None or earlier.valid_to is None:
        return
    follows = earlier.valid_to == day_before(spell.valid_from)
    if on <= (earlier.valid_from if follows else earlier.valid_to):
        raise Refusal(
            _("The entry before it runs from %(first)s to %(last)s. Give a later day.")
            % {"first": vn_date(earlier.valid_from), "last": vn_date(earlier.valid_to)},
            code="overlap",
            field="on",
        )
    if follows:
        earlier.valid_to = day_before(on)
        earlier.save(update_fields=["valid_to"])


def _refuse_posts_before(member: Member, spell: Standing, on: date) -> None:
    """A post in the cell never begins before its holder is on the roll there."""
    posts = Position.objects.filter(
        member=member,
        body__unit=spell.unit,
        valid_from__gte=spell.valid_from,
        valid_from__lt=on,
    )
    post = posts.order_by("valid_from").first()
    if post is not None:
        raise Refusal(
            _("%(name)s holds a post there from %(day)s. Give that day or an earlier one.")
            % {"name": member.full_name, "day": vn_date(post.valid_from)},
            code="post_begins_earlier",
            field="on",
        )


def _cells(member: Member, spell: Standing | SideSpell, first: date) -> list[Unit | None]:
    host = spell.host if isinstance(spell, Stay) else None
    return [*cells_of(member, first, None), host]
