"""What every change of the tree begins with and ends with."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from nennep.core import clock, facts, trail
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import fold, tidy, title_key, vn_date
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Placement, Unit
from nennep.organisation.rules import may_stand_under, usually_stands_under

LONGEST_NAME = 200
# What a unit repeats of its latest placement.
REPEATED = ("parent", "path", "name", "kind", "block")


def lock_tree() -> None:
    """One change of the tree at a time: its top is locked, whatever part is changed.

    SQLite lets one transaction write anyway.
    """
    list(Unit.objects.select_for_update().filter(depth=0).order_by("pk").values_list("pk"))


def locked(unit: Unit) -> Unit:
    """The unit as it stands now, once nobody else can change the tree."""
    lock_tree()
    return Unit.objects.get(pk=unit.pk)


def present_place(unit: Unit) -> Placement:
    """The placement that has no end. Refuses a unit that is closed."""
    place = Placement.objects.filter(unit=unit, valid_to__isnull=True).first()
    if place is None:
        raise Refusal(
            _("“%(unit)s” closed on %(day)s; nothing about it can be changed any more.")
            % {"unit": unit.name, "day": vn_date(unit.ended_on)},
            code="unit_closed",
        )
    return place


def refuse_day(unit: Unit, place: Placement, day: date, field: str = "on") -> None:
    """Changes are recorded in the order of their days, none before the unit and none ahead of time."""
    refuse_future(day, field)
    if day < unit.founded_on:
        raise Refusal(
            _("“%(unit)s” was founded on %(day)s. Give that day or a later one.")
            % {"unit": unit.name, "day": vn_date(unit.founded_on)},
            code="before_founding",
            field=field,
        )
    if day < place.valid_from:
        raise Refusal(
            _(
                "A change of “%(unit)s” on %(day)s is recorded already. Changes are recorded in the"
                " order of their days: give that day or a later one."
            )
            % {"unit": unit.name, "day": vn_date(place.valid_from)},
            code="before_latest_place",
            field=field,
        )


def refuse_future(day: date, field: str = "on") -> None:
    if day > clock.today():
        raise Refusal(
            _("%(day)s has not come yet. Record the change on that day or after it.")
            % {"day": vn_date(day)},
            code="future_day",
            field=field,
        )


def clean_name(name: str) -> str:
    text = tidy(name)
    if not text:
        raise Refusal(_("Write the name of the organisation."), code="no_name", field="name")
    if len(text) > LONGEST_NAME:
        raise Refusal(
            _("The name is longer than %(longest)s characters. Shorten it.")
            % {"longest": LONGEST_NAME},
            code="long_name",
            field="name",
        )
    return text


def name_columns(name: str) -> dict[str, str]:
    """A name with what is kept to sort and to find it."""
    return {"name": name, "sort_key": title_key(name), "folded_name": fold(name)}


def refuse_place(kind: str, parent: Unit, field: str = "parent") -> None:
    if parent.is_cell:
        raise Refusal(
            _(
                "“%(parent)s” is a cell; no organisation stands under a cell. Choose the committee above it."
            )
            % {"parent": parent.name},
            code="under_a_cell",
            field=field,
        )
    if not may_stand_under(kind, parent.kind):
        raise Refusal(
            _("“%(kind)s” cannot stand under “%(parent)s”, which is “%(parent_kind)s”.")
            % {
                "kind": UnitKind(kind).label,
                "parent": parent.name,
                "parent_kind": UnitKind(parent.kind).label,
            },
            code="wrong_level",
            field=field,
        )


def refuse_parent_on(parent: Unit, day: date, field: str = "on") -> None:
    """The parent lives, and stood on that day where it stands now."""
    present_place(parent)
    if day < parent.founded_on:
        raise Refusal(
            _("“%(parent)s” was founded on %(day)s; nothing stood under it before.")
            % {"parent": parent.name, "day": vn_date(parent.founded_on)},
            code="before_parents_founding",
            field=field,
        )
    stood = Placement.objects.on(day).filter(unit=parent).values_list("path", flat=True).first()
    if stood != parent.path:
        raise Refusal(
            _("“%(parent)s” stood elsewhere on %(day)s. Give a day since its last move.")
            % {"parent": parent.name, "day": vn_date(day)},
            code="parent_stood_elsewhere",
            field=field,
        )


def unusual(kind: str, parent: Unit, day: date) -> dict[str, bool]:
    """What the trail says where no rule known to the product puts this kind under that one."""
    return {} if usually_stands_under(kind, parent.kind, day) else {"unusual": True}


def place_anew(unit: Unit, on: date, **changes: Any) -> dict[str, Any]:
    """Close the present placement and open the next; the unit repeats what it says.

    A second change on the day a placement began is written into it. Returns what it was before.
    """
    place = present_place(unit)
    refuse_day(unit, place, on)
    before = {name: getattr(place, name) for name in changes if name != "parent"}
    if place.valid_from < on:
        Placement.objects.filter(pk=place.pk).update(valid_to=on - timedelta(days=1))
        place = Placement(
            unit=unit, valid_from=on, **{name: getattr(place, name) for name in REPEATED}
        )
    for name, value in changes.items():
        setattr(place, name, value)
    place.save()
    for name in REPEATED:
        setattr(unit, name, getattr(place, name))
    unit.sort_key, unit.folded_name = title_key(unit.name), fold(unit.name)
    unit.save()
    return before


def told(verb: str, unit: Unit, *, by: Person, **details: Any) -> Unit:
    """The last two steps of a change of place: the trail, and those who keep figures."""
    trail.record(verb, unit, by=by, **details)
    facts.facts_changed.send(sender=Unit, cell=unit, month=None, kind="place")
    return unit
