"""Figures of the organisations directly below a unit, for what stands beside a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nennep.core.models import Installation
from nennep.core.periods import Period, month_of
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import Figure, one_figure
from nennep.indicators.queries.numbers_below import numbers_below
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook


def figures_below(
    unit: Unit, codes: Sequence[str], first: date, last: date, book: RuleBook
) -> dict[int, list[Figure]]:
    """By unit, whole months from the first one that is counted here; nothing where none is."""
    counted = Installation.objects.values_list("counts_from", flat=True).first() or date.min
    first = max(first, counted)
    if first > last:
        return {}
    extent = Extent(unit, Period(month_of(first), month_of(last)))
    sums = numbers_below(extent)
    return {
        each.pk: [one_figure(code, each, sums[each.pk], last, book) for code in codes]
        for each in extent.below
    }
