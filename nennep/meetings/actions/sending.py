"""When what was sent: the invitation, word to the superior, the papers, the finished papers.

The sending itself happens elsewhere (by telephone, in the national app); the moment is kept here
and may lie in the past.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import facts, trail
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.meetings.actions.locks import locked, not_in_future, refuse_closed
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import hanoi_day

COLUMNS = {
    "invited": "invited_at",
    "superior_told": "superior_told_at",
    "papers_sent": "papers_sent_at",
    "finished_sent": "finished_sent_at",
}


def mark_invited(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    return _mark(meeting, "invited", at, by)


def mark_superior_told(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    return _mark(meeting, "superior_told", at, by)


def mark_papers_sent(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    return _mark(meeting, "papers_sent", at, by)


def mark_finished_sent(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    """The only one of these that is added after the minutes are closed."""
    return _mark(meeting, "finished_sent", at, by)


@transaction.atomic
def unmark(meeting: Meeting, what: str, *, by: User) -> Meeting:
    """It was not sent after all: a slip of the finger."""
    meeting = _taken(meeting, what)
    setattr(meeting, COLUMNS[what], None)
    return _kept(meeting, what, by)


@transaction.atomic
def _mark(meeting: Meeting, what: str, at: datetime | None, by: User) -> Meeting:
    meeting = _taken(meeting, what)
    moment = not_in_future(at, field="at")
    if what == "finished_sent":
        _refuse_before_held(meeting, moment)
    setattr(meeting, COLUMNS[what], moment)
    return _kept(meeting, what, by)


def _taken(meeting: Meeting, what: str) -> Meeting:
    meeting = locked(meeting)
    if what != "finished_sent":
        refuse_closed(meeting)
    return meeting


def _kept(meeting: Meeting, what: str, by: User) -> Meeting:
    column = COLUMNS[what]
    meeting.save(update_fields=[column])
    trail.record(f"{what.replace('_', ' ')} marked", meeting, by=by, at=getattr(meeting, column))
    if meeting.is_closed:
        facts.facts_changed.send(
            sender=Meeting, cell=meeting.unit, month=meeting.period, kind="month"
        )
    return meeting


def _refuse_before_held(meeting: Meeting, moment: datetime) -> None:
    day = meeting.held_on
    if day is None:
        raise Refusal(
            _("The meeting has not been held: there is nothing finished to send."),
            code="not_opened",
        )
    if hanoi_day(moment) < day:
        raise Refusal(
            _("The meeting was held on %(day)s. Finished papers cannot have gone out before.")
            % {"day": vn_date(day)},
            code="finished_before_held",
            field="at",
        )
