"""What keeps a cell open: somebody is on its roll."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.members.models import Standing, Stay
from nennep.organisation.models import Unit


def refuse_people_on_roll(unit: Unit, last_day: date) -> None:
    """Asked by the organisation before a cell closes or becomes figures-only."""
    staying = Standing.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last_day), unit=unit
    ).count()
    if staying:
        raise Refusal(
            _(
                "After %(day)s, %(count)s members are still on the roll of “%(unit)s”. Transfer them"
                " to another cell first, or record the day they leave."
            )
            % {"day": vn_date(last_day), "count": staying, "unit": unit.name},
            code="members_on_roll",
        )
    if Stay.objects.filter(host=unit, valid_to__gt=last_day).exists():
        raise Refusal(
            _("Members are temporarily in “%(unit)s” after %(day)s. End their stays first.")
            % {"unit": unit.name, "day": vn_date(last_day)},
            code="guests_on_roll",
        )
