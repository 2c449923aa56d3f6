"""What a cell usually does: the day, hour and place that a new meeting is prefilled with."""

from datetime import date, datetime, time, timedelta

from nennep.core import clock
from nennep.core.periods import add_months, month_end
from nennep.meetings.choices import SATISFY_REGULAR
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import rules_on
from nennep.organisation.models import Unit

EVENING = time(19, 30)
THIRD = 3  # the day proposed where no rule names one [D]


def last_held(unit: Unit) -> Meeting | None:
    """The latest regular meeting whose minutes are closed."""
    closed = Meeting.objects.closed().filter(unit=unit, kind__in=sorted(SATISFY_REGULAR))
    return closed.order_by("-started_at").first()


def usual_moment(unit: Unit, period: date, last: Meeting | None = None) -> datetime:
    """The rule's day; without one the day of the month it was held last; never a day gone by."""
    rules = rules_on(unit, month_end(period)).values
    before = last.held_on if last else None
    number = rules.due_day or (before.day if before else THIRD)
    day = min(period + timedelta(days=number - 1), month_end(period))
    at = last.started_at.astimezone(clock.HANOI).time() if last and last.started_at else EVENING
    at = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    return datetime.combine(max(day, clock.today()), at, tzinfo=clock.HANOI)


def usual_place(last: Meeting | None) -> str:
    return last.place if last else ""


def next_period(unit: Unit) -> date:
    """The month to prepare next: this one until its regular meeting is there, then the following."""
    this = clock.today().replace(day=1)
    there = set(
        Meeting.objects.live()
        .filter(unit=unit, kind__in=sorted(SATISFY_REGULAR), period__gte=this)
        .values_list("period", flat=True)
    )
    month = this
    while month in there:
        month = add_months(month, 1)
    return month
