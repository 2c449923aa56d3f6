"""The way from a figure down to the rows behind it: units below, then months, then meetings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nennep.core import clock
from nennep.core.periods import Period
from nennep.indicators.models import CellMonth
from nennep.indicators.queries.figures import Figure, one_figure
from nennep.indicators.queries.numbers_below import numbers_below, numbers_of_row, units_below
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook


@dataclass(frozen=True)
class BelowFigure:
    """The same figure of a unit directly below."""

    unit: Unit
    figure: Figure


@dataclass(frozen=True)
class MonthFigure:
    """The same figure of one month of a cell, and the meetings it rests on."""

    month: date
    figure: Figure
    meetings: Sequence[Meeting]


def below(unit: Unit, code: str, period: Period, book: RuleBook) -> list[BelowFigure]:
    """By name; units that stood directly below at some time in the period."""
    as_of = min(period.last_day, clock.today())
    children = units_below(unit, period)
    sums = numbers_below(children, period)
    return [
        BelowFigure(child, one_figure(code, child, sums[child.pk], as_of, book))
        for child in children
    ]


def by_month(cell: Unit, code: str, period: Period, book: RuleBook) -> list[MonthFigure]:
    """Each month of a cell by itself, with its closed meetings: their days, no text."""
    today = clock.today()
    as_of = min(period.last_day, today)
    meetings = _closed_meetings(cell, period)
    rows = CellMonth.objects.filter(cell=cell, month__range=(period.first, period.last))
    return [
        MonthFigure(
            row.month,
            one_figure(code, cell, numbers_of_row(row, today), as_of, book),
            meetings.get(row.month, ()),
        )
        for row in rows.order_by("month")
    ]


def _closed_meetings(cell: Unit, period: Period) -> Mapping[date, Sequence[Meeting]]:
    found: dict[date, list[Meeting]] = defaultdict(list)
    rows = Meeting.objects.closed().filter(
        unit=cell,
        period__range=(period.first, period.last),
        kind__in=(
            MeetingKind.REGULAR,
            MeetingKind.COMBINED,
            MeetingKind.THEMATIC,
            MeetingKind.CELL_COMMITTEE,
        ),
    )
    for meeting in rows.order_by("started_at"):
        found[meeting.period].append(meeting)
    return found
