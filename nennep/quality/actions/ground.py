"""What every act of supervision stands on: who stands where, and the counters are told."""

from collections.abc import Collection
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from nennep.core import clock, facts
from nennep.core.periods import month_of
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit


def not_to_come(day: date, *, field: str) -> date:
    """A day on which something happened."""
    if day > clock.today():
        raise Refusal(_("That day has not come yet."), code="in_future", field=field)
    return day


def refuse_elsewhere(units: Collection[Unit], committee: Unit, *, field: str = "") -> None:
    """A committee supervises what stands under it and lives."""
    for unit in units:
        is_below = unit.path.startswith(committee.path) and unit.pk != committee.pk
        if not is_below or unit.ended_on is not None:
            raise Refusal(
                _("“%(unit)s” does not stand under “%(giver)s”.")
                % {"unit": unit.name, "giver": committee.name},
                code="not_below",
                field=field,
            )


def tell(sender: type[Model], unit: Unit, day: date) -> None:
    """Something that counts in this month of the unit, a cell or a committee, changed."""
    facts.facts_changed.send(sender=sender, cell=unit, month=month_of(day), kind="supervision")
