"""Party groups inside a cell."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import trail
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import tidy, vn_date
from nennep.organisation.actions.tree import locked, present_place, refuse_future
from nennep.organisation.models import PartyGroup, Unit


@transaction.atomic
def open_party_group(unit: Unit, name: str, *, on: date, by: Person) -> PartyGroup:
    unit = locked(unit)
    present_place(unit)
    refuse_future(on)
    name = tidy(name)
    if not unit.is_cell:
        raise Refusal(_("Party groups are parts of a cell."), code="not_a_cell")
    if not name:
        raise Refusal(_("Write the name of the party group."), code="no_name", field="name")
    if on < unit.founded_on:
        raise Refusal(
            _("“%(unit)s” was founded on %(day)s. Give that day or a later one.")
            % {"unit": unit.name, "day": vn_date(unit.founded_on)},
            code="before_founding",
            field="on",
        )
    if PartyGroup.objects.filter(unit=unit, name=name, valid_to__isnull=True).exists():
        raise Refusal(
            _("The cell has a party group of this name already."), code="group_exists", field="name"
        )
    group = PartyGroup.objects.create(unit=unit, name=name, valid_from=on)
    trail.record("party group opened", group, by=by, name=name, on=on)
    return group


@transaction.atomic
def close_party_group(group: PartyGroup, *, last_day: date, by: Person) -> PartyGroup:
    """The group's last day; its members stay members of the cell."""
    locked(group.unit)
    group = PartyGroup.objects.select_related("unit").get(pk=group.pk)
    if group.valid_to is not None:
        raise Refusal(
            _("This party group ended on %(day)s already.") % {"day": vn_date(group.valid_to)},
            code="group_closed",
        )
    refuse_future(last_day, field="last_day")
    if last_day < group.valid_from:
        raise Refusal(
            _("The party group began on %(day)s. Give that day or a later one.")
            % {"day": vn_date(group.valid_from)},
            code="group_ends_before_it_begins",
            field="last_day",
        )
    group.valid_to = last_day
    group.save(update_fields=["valid_to"])
    trail.record("party group closed", group, by=by, name=group.name, last_day=last_day)
    return group
