"""A moment that was noted by a slip of the finger is taken back, while the minutes are open."""

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import trail
from nennep.meetings.actions.locks import changeable
from nennep.meetings.models import Meeting

# What can be taken back: the column that is emptied, and how the trail calls it.
MOMENTS = {
    "end": ("ended_at", "end taken back"),
    "thematic": ("thematic_started_at", "thematic part taken back"),
    "steps": ("steps_marked_at", "steps taken back"),
    "adoption": ("minutes_adopted_at", "adoption taken back"),
    "declaration": ("declared_free_of_secrets_at", "declaration taken back"),
}


@transaction.atomic
def take_back(meeting: Meeting, what: str, *, by: User) -> Meeting:
    """Nothing noted, nothing done. Steps excepted go with the declaration that excepted them."""
    meeting = changeable(meeting)
    column, verb = MOMENTS[what]
    if getattr(meeting, column) is None:
        return meeting
    setattr(meeting, column, None)
    if what == "steps":
        meeting.skipped_steps = []
    meeting.save(update_fields=[column, "skipped_steps"])
    trail.record(verb, meeting, by=by)
    return meeting
