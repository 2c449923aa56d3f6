"""Every action takes its meeting afresh and locked, and says no to what may no longer be changed."""

from datetime import datetime

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import hanoi_day


def locked(meeting: Meeting) -> Meeting:
    """The row as it is now, held until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=meeting.pk)


def changeable(meeting: Meeting) -> Meeting:
    """Locked, and neither closed nor cancelled."""
    fresh = locked(meeting)
    refuse_closed(fresh)
    refuse_cancelled(fresh)
    return fresh


def held(meeting: Meeting) -> Meeting:
    """Changeable, and opened: there is something that happened to be recorded."""
    fresh = changeable(meeting)
    if fresh.started_at is None:
        raise Refusal(
            _("The meeting has not been opened yet. Write when it started first."),
            code="not_opened",
        )
    return fresh


def refuse_closed(meeting: Meeting) -> None:
    if meeting.is_closed:
        raise Refusal(
            _(
                "The minutes of this meeting were closed on %(day)s and are locked. Write a"
                " correction as an addendum."
            )
            % {"day": vn_date(hanoi_day(meeting.closed_at) if meeting.closed_at else None)},
            code="closed",
        )


def refuse_cancelled(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None:
        raise Refusal(
            _("This meeting was cancelled. Undo the cancellation first."), code="cancelled"
        )


def not_in_future(moment: datetime | None, *, field: str = "") -> datetime:
    """The moment given, or now. What has not happened yet cannot be recorded."""
    now = clock.now()
    if moment is not None and moment > now:
        raise Refusal(
            _("%(day)s has not come yet. Give the moment at which it happened.")
            % {"day": f"{moment.astimezone(clock.HANOI):%H:%M %-d-%-m-%Y}"},
            code="in_future",
            field=field,
        )
    return moment or now
