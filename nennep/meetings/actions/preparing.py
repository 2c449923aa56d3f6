"""Before the meeting: what can be known of it is filled in, and kept true when the plan changes."""

from datetime import date, datetime

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import trail
from nennep.meetings.actions.agenda import bring_open_lines, bring_topics
from nennep.meetings.actions.checklist import fill_checklist, move_due_days
from nennep.meetings.actions.drafting import draft_paper, redate_lines
from nennep.meetings.actions.locks import changeable
from nennep.meetings.actions.occasions import Occasion, act_on
from nennep.meetings.models import Meeting
from nennep.meetings.queries.agenda import is_prepared, to_come_of
from nennep.meetings.queries.in_force import hanoi_day


@transaction.atomic
def prepare(meeting: Meeting, *, by: User) -> Meeting:
    """Fill in what can be known; once more changes nothing, and brings only what is new.

    On the agenda: what last month left open, and what superiors require. Beside it the checklist
    with its days and the draft of the paper with its routine lines.
    """
    meeting = changeable(meeting)
    bring_open_lines(meeting)
    bring_topics(meeting)
    fill_checklist(meeting)
    draft_paper(meeting)
    act_on(Occasion.PREPARED, meeting, by=by)
    trail.record("meeting prepared", meeting, by=by)
    return meeting


def follow_plan(meeting: Meeting, was_at: datetime | None, was_for: date) -> None:
    """What was prepared goes along when the meeting moves to another day or month."""
    if not is_prepared(meeting):
        return
    if meeting.planned_at and meeting.planned_at != was_at:
        days = (hanoi_day(meeting.planned_at) - hanoi_day(was_at)).days if was_at else None
        if days != 0:
            move_due_days(meeting, days)
    if meeting.period != was_for:
        redate_lines(meeting, was_for)
        bring_topics(meeting)


def hand_on(meeting: Meeting) -> None:
    """What this meeting left open, onto the agendas of the same body that were prepared ahead."""
    for coming in to_come_of(meeting):
        bring_open_lines(coming)
