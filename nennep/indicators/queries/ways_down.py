"""The way from a figure down to the rows behind it: units below, then months, then meetings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nennep.core import clock
from nennep.core.fields import Total
from nennep.core.periods import Period
from nennep.core.person import Person
from nennep.indicators.models import COUNTERS, CellMonth, UnitMonth
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import Figure, one_figure
from nennep.indicators.queries.numbers import NAMES
from nennep.indicators.queries.numbers_below import numbers_below, numbers_of_row
from nennep.indicators.queries.own_months import MeetingLine, meetings_by_month
from nennep.indicators.queries.registers import by_month_of
from nennep.indicators.rules.months import RUNNING, first_running_month
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


def below(extent: Extent, code: str, book: RuleBook) -> list[BelowFigure]:
    """By name; units that stood directly below at some time in the period."""
    as_of = min(extent.period.last_day, clock.today())
    sums = numbers_below(extent)
    return [
        BelowFigure(unit, one_figure(code, unit, sums[unit.pk], as_of, book))
        for unit in extent.below
    ]


def by_month(
    cell: Unit, code: str, period: Period, book: RuleBook, person: Person
) -> list[MonthFigure]:
    """Each month of a cell by itself, with its closed meetings: their days, no text."""
    today = clock.today()
    as_of = min(period.last_day, today)
    meetings = meetings_by_month(cell, period, person)
    registered = by_month_of(cell.pk, period)
    rows = CellMonth.objects.filter(
        cell=cell, month__range=(period.first, period.last), month__lte=today
    )
    return [
        MonthFigure(
            row.month,
            one_figure(
                code, cell, numbers_of_row(row, today) | registered.get(row.month, {}), as_of, book
            ),
            meetings.get(row.month, ()),
        )
        for row in rows.order_by("month")
    ]


def over_time(extent: Extent, code: str, book: RuleBook) -> list[MonthFigure]:
    """A flow figure of a committee month by month, each month by itself. One query."""
    unit, today = extent.unit, clock.today()
    as_of = min(extent.period.last_day, today)
    sums: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    rows = UnitMonth.objects.filter(unit=unit, month__range=extent.span, month__lte=today)
    totals = rows.order_by().values_list("month").annotate(*(Total(name) for name in COUNTERS))
    for month, *counts in totals:
        sums[month].update(zip(COUNTERS, counts, strict=True))
        if month >= first_running_month(today):
            sums[month].update({name: sums[month][opened] for name, opened in RUNNING.items()})
    for each in extent.unstored.under(unit):
        if each.month <= today:
            for name, count in each.named().items():
                sums[each.month][name] += count
    return [
        MonthFigure(month, one_figure(code, unit, sums[month], as_of, book))
        for month in sorted(sums)
    ]
