"""A meeting turns out to be of another kind than it was planned as."""

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.meetings.actions.agenda import bring_open_lines, bring_topics, restep
from nennep.meetings.actions.checklist import fill_checklist
from nennep.meetings.actions.drafting import draft_paper, leave_draft
from nennep.meetings.actions.locks import changeable
from nennep.meetings.actions.planning import length_for, refuse_kind, refuse_second_regular
from nennep.meetings.actions.voting import refresh_votes
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.agenda import is_prepared
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.queries.marks import roll_call_of


@transaction.atomic
def change_kind(meeting: Meeting, *, kind: str, by: User) -> Meeting:
    """The agenda and what was recorded stay; steps, draft and the base of votes follow the kind.

    Steps that were declared are declared again: they were those of another order.
    """
    meeting = changeable(meeting)
    refuse_kind(meeting.unit, kind, day_of(meeting))
    if kind == meeting.kind:
        return meeting
    _refuse_other_roll(meeting, kind)
    refuse_second_regular(meeting.unit, kind, meeting.period, but=meeting)
    leave_draft(meeting)
    was, meeting.kind = meeting.kind, MeetingKind(kind)
    if meeting.started_at is None:
        day = day_of(meeting)
        meeting.planned_minutes = length_for(meeting.unit, kind, day, _longer(meeting, was))
    if kind != MeetingKind.COMBINED:
        meeting.thematic_started_at = None
    meeting.steps_marked_at, meeting.skipped_steps = None, []
    meeting.save()
    _refill(meeting)
    if roll_call := roll_call_of(meeting):
        refresh_votes(meeting, roll_call)
    trail.record("meeting kind changed", meeting, by=by, before=was, kind=kind)
    return meeting


def _longer(meeting: Meeting, was: str) -> int | None:
    """What was planned for one meeting alone says nothing about two in one session."""
    is_now_combined = meeting.kind == MeetingKind.COMBINED and was != MeetingKind.COMBINED
    return None if is_now_combined else meeting.planned_minutes


def _refill(meeting: Meeting) -> None:
    restep(meeting)
    if is_prepared(meeting):
        bring_open_lines(meeting)
        bring_topics(meeting)
        fill_checklist(meeting)
        draft_paper(meeting)


def _refuse_other_roll(meeting: Meeting, kind: str) -> None:
    """The committee has a roll of its own: what was called out would not fit."""
    changes_body = MeetingKind.CELL_COMMITTEE in {meeting.kind, kind}
    if changes_body and roll_call_of(meeting) is not None:
        raise Refusal(
            _(
                "The roll call was taken of the cell or of its committee, and the other is meant"
                " now. Take the opening back first, then change the kind."
            ),
            code="roll_call_of_another_body",
            field="kind",
        )
