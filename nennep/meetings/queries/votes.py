"""Who counts in a vote at a meeting."""

from nennep.meetings.models import Meeting, RollCall
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.votes import Base, deducts_excused


def voting_base(
    meeting: Meeting, roll_call: RollCall, rules: MeetingRules, *, deducted_by_law: int = 0
) -> Base:
    """By the roll call; at a congress without those absent with a reason."""
    return Base(
        roll_call.official,
        roll_call.voters_away,
        roll_call.voters_suspended,
        roll_call.voters_exempt_absent,
        roll_call.voters_excused if deducts_excused(meeting.kind, rules) else 0,
        deducted_by_law,
    )
