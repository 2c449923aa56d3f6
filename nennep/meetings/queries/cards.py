"""The secretary's home: the next meeting, what is missing, one thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nennep.core import clock
from nennep.core.periods import add_months, month_of
from nennep.meetings.choices import SATISFY_REGULAR, MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import day_of, rules_on
from nennep.meetings.queries.progress import NextAction, Progress, progress
from nennep.meetings.rules.ledger import due_day
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class NextMeetingCard:
    """`meeting` None: the regular meeting of `period` is not planned yet. `due_on` None: no rule."""

    period: date
    meeting: Meeting | None
    progress: Progress | None
    due_on: date | None
    days_left: int | None

    @property
    def next_action(self) -> NextAction | None:
        """None: plan the meeting."""
        return self.progress.next_action if self.progress else None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def next_meeting_card(unit: Unit) -> NextMeetingCard:
    """Today's meeting, what is under way, what is planned, or the first month without a meeting."""
    today = clock.today()
    meeting = next(iter(_open_meetings(unit)), None)
    period = meeting.period if meeting else _next_period(unit, today)
    due_on = due_day(period, rules_on(unit, period).values)
    day = day_of(meeting) if meeting and meeting.planned_at else due_on
    return NextMeetingCard(
        period=period,
        meeting=meeting,
        progress=progress(meeting) if meeting else None,
        due_on=due_on,
        days_left=(day - today).days if day and not (meeting and meeting.started_at) else None,
    )


def other_open_meetings(unit: Unit, but: Meeting | None) -> list[Meeting]:
    """Planned or under way as well, and not the one on the card."""
    return [each for each in _open_meetings(unit) if but is None or each.pk != but.pk]


def next_open_meetings(units: Sequence[Unit]) -> dict[int, Meeting]:
    """By unit, the one its card would show; those of the cell committee are left to its own page."""
    rows = Meeting.objects.live().filter(unit__in=units, closed_at__isnull=True)
    rows = rows.exclude(kind=MeetingKind.CELL_COMMITTEE).order_by("period", "planned_at", "id")
    found: dict[int, Meeting] = {}
    for meeting in rows:
        found.setdefault(meeting.unit_id, meeting)
    return found


def _open_meetings(unit: Unit) -> list[Meeting]:
    """The evening's own meeting before one whose minutes were left open, then by month and day."""
    rows = Meeting.objects.live().filter(unit=unit, closed_at__isnull=True)
    rows = rows.select_related("unit", "roll_call").order_by("period", "planned_at", "id")
    today = clock.today()
    return sorted(rows, key=lambda each: (day_of(each) != today, each.started_at is None))


def _next_period(unit: Unit, today: date) -> date:
    """The present month while it has no regular meeting, else the next."""
    month = month_of(today)
    held = Meeting.objects.live().filter(unit=unit, kind__in=sorted(SATISFY_REGULAR), period=month)
    return add_months(month, 1) if held.exists() else month
