"""A unit and everything under it comes to stand somewhere else."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from nennep.core import facts, trail
from nennep.core.fields import below
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.organisation.actions.tree import (
    locked,
    place_anew,
    present_place,
    refuse_day,
    refuse_parent_on,
    refuse_place,
    unusual,
)
from nennep.organisation.models import Placement, Unit
from nennep.organisation.rules import depth_of, path_of
from nennep.regulations.actions import carry_scope


@transaction.atomic
def move_unit(unit: Unit, parent: Unit, *, on: date, by: Person) -> Unit:
    """From `on` the unit stands under `parent`, with all that is below it.

    Each of them gets a placement of its own from that day. What happened before keeps the path it
    had; rules entered for this part of the tree go with it.
    """
    unit = locked(unit)
    parent = Unit.objects.get(pk=parent.pk)
    refuse_day(unit, present_place(unit), on)
    _refuse_target(unit, parent)
    refuse_place(unit.kind, parent)
    refuse_parent_on(parent, on)
    old_path, new_path = unit.path, path_of(unit.pk, parent.path)
    _refuse_later_changes_below(old_path, on)
    before = unit.parent.code if unit.parent else ""
    _carry_places(unit, new_path, on)
    place_anew(unit, on, parent=parent, path=new_path)
    Unit.objects.filter(pk=unit.pk).update(depth=depth_of(new_path))
    carry_scope(old_path=old_path, new_path=new_path, since=on, by=by)
    unit.refresh_from_db()
    trail.record(
        "unit moved",
        unit,
        by=by,
        before=before,
        after=parent.code,
        on=on,
        **unusual(unit.kind, parent, on),
    )
    facts.facts_changed.send(
        sender=Unit, cell=unit, month=None, kind="place", since=on, old_path=old_path
    )
    return unit


def _refuse_target(unit: Unit, parent: Unit) -> None:
    if unit.parent is None:
        raise Refusal(_("The top of the tree cannot be moved."), code="root_moves")
    if unit.parent_id == parent.pk:
        raise Refusal(
            _("“%(unit)s” stands under “%(parent)s” already.")
            % {"unit": unit.name, "parent": parent.name},
            code="same_parent",
            field="parent",
        )
    if parent.path.startswith(unit.path):
        raise Refusal(
            _("“%(parent)s” is part of “%(unit)s”; an organisation cannot stand under itself.")
            % {"unit": unit.name, "parent": parent.name},
            code="under_itself",
            field="parent",
        )
    if parent.is_figures_only and not unit.is_figures_only:
        raise Refusal(
            _(
                "“%(parent)s” keeps figures only, “%(unit)s” keeps names. Change the block of"
                " “%(unit)s” first."
            )
            % {"unit": unit.name, "parent": parent.name},
            code="names_under_figures_only",
            field="parent",
        )


def _refuse_later_changes_below(path: str, on: date) -> None:
    later = (
        Placement.objects.filter(below("path", path))
        .filter(Q(valid_from__gt=on) | Q(valid_to__gte=on))
        .order_by("-valid_from")
        .first()
    )
    if later:
        raise Refusal(
            _(
                "A change of “%(unit)s”, which stands below, is recorded on %(day)s. Changes are"
                " recorded in the order of their days: give a later day."
            )
            % {"unit": later.name, "day": vn_date(later.valid_to or later.valid_from)},
            code="later_change_below",
            field="on",
        )


def _carry_places(unit: Unit, new_path: str, on: date) -> None:
    """New placements and paths for everything below the unit that still lives."""
    old_path = unit.path
    rest = Substr("path", len(old_path) + 1)
    present = Placement.objects.filter(below("path", old_path), valid_to__isnull=True)
    present = present.exclude(unit=unit)
    earlier = list(present.filter(valid_from__lt=on))
    present.filter(valid_from=on).update(path=Concat(Value(new_path), rest))
    present.filter(valid_from__lt=on).update(valid_to=on - timedelta(days=1))
    Placement.objects.bulk_create(
        [
            Placement(
                unit_id=place.unit_id,
                parent_id=place.parent_id,
                path=new_path + place.path[len(old_path) :],
                name=place.name,
                kind=place.kind,
                block=place.block,
                valid_from=on,
            )
            for place in earlier
        ],
        batch_size=1_000,
    )
    living = Unit.objects.living().filter(below("path", old_path)).exclude(pk=unit.pk)
    living.update(
        path=Concat(Value(new_path), rest), depth=F("depth") + depth_of(new_path) - unit.depth
    )
