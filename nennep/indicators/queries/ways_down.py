"""The way from a figure down to the rows behind it: units below, then months, then meetings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from nennep.core import clock
from nennep.core.periods import Period
from nennep.core.person import Person
from nennep.indicators.models import COUNTERS, CellMonth, UnitMonth
from nennep.indicators.queries.figures import Figure, one_figure
from nennep.indicators.queries.numbers import NAMES, PENDING, then_under
from nennep.indicators.queries.numbers_below import numbers_below, numbers_of_row, units_below
from nennep.indicators.queries.own_months import MeetingLine, meetings_by_month
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook


@dataclass(frozen=True)
class BelowFigure:
    """The same figure of a unit directly below."""

    unit: Unit
    figure: Figure


@dataclass(frozen=True)
class MonthFigure:
    """The same figure of one month, and of a cell the meetings it rests on."""

    month: date
    figure: Figure
    meetings: Sequence[MeetingLine] = ()


def below(unit: Unit, code: str, period: Period, book: RuleBook) -> list[BelowFigure]:
    """By name; units that stood directly below at some time in the period."""
    as_of = min(period.last_day, clock.today())
    children = units_below(unit, period)
    sums = numbers_below(children, period)
    return [
        BelowFigure(child, one_figure(code, child, sums[child.pk], as_of, book))
        for child in children
    ]


def by_month(
    cell: Unit, code: str, period: Period, book: RuleBook, person: Person
) -> list[MonthFigure]:
    """Each month of a cell by itself, with its closed meetings: their days, no text."""
    today = clock.today()
    as_of = min(period.last_day, today)
    meetings = meetings_by_month(cell, period, person)
    rows = CellMonth.objects.filter(
        cell=cell, month__range=(period.first, period.last), month__lte=today
    )
    return [
        MonthFigure(
            row.month,
            one_figure(code, cell, numbers_of_row(row, today), as_of, book),
            meetings.get(row.month, ()),
        )
        for row in rows.order_by("month")
    ]


def over_time(unit: Unit, code: str, period: Period, book: RuleBook) -> list[MonthFigure]:
    """A flow figure of a committee month by month, each month by itself. Two queries."""
    today = clock.today()
    as_of = min(period.last_day, today)
    span = (period.first, period.last)
    sums: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    rows = UnitMonth.objects.filter(unit=unit, month__range=span, month__lte=today).order_by()
    totals = rows.values_list("month").annotate(*(Sum(name) for name in COUNTERS))
    _put(sums, COUNTERS, totals)
    unmet = Q(reg_unmet__gt=0) | Q(them_unmet__gt=0) | Q(cc_unmet__gt=0)
    pending = CellMonth.objects.filter(
        unmet, then_under(unit), over_on__gt=today, month__range=span, month__lte=today
    ).order_by()
    counted = pending.values_list("month").annotate(*(Sum(f"{p}_unmet") for p in PENDING))
    _put(sums, [f"{prefix}_pending" for prefix in PENDING], counted)
    return [
        MonthFigure(month, one_figure(code, unit, sums[month], as_of, book))
        for month in sorted(sums)
    ]


def _put(
    sums: dict[date, dict[str, int]], names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    for month, *numbers in rows:
        sums[month].update(zip(names, numbers, strict=True))
