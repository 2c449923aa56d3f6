"""The strength of units as the tree shows it, from the counted stocks."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import F, Sum

from nennep.indicators.models import UnitStock
from nennep.organisation.models import Unit


def strengths(units: Sequence[Unit], day: date) -> Mapping[int, int]:
    """Official and probationary members under each unit on a day; one query."""
    rows = (
        UnitStock.objects.filter(unit_id__in=[unit.pk for unit in units], on__lte=day)
        .order_by()
        .values_list("unit_id")
        .annotate(strength=Sum(F("official") + F("probationary")))
    )
    return dict(rows)
