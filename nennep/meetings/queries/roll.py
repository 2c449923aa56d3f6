"""Whom the roll call of a meeting names."""

from datetime import date

from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import day_of
from nennep.members.queries import RollEntry, committee_on, roll_on
from nennep.organisation.models import Unit


def roll_of(meeting: Meeting) -> list[RollEntry]:
    """The cell's roll on the meeting's day; for the cell committee, its members alone."""
    return roll_for(meeting.unit, meeting.kind, day_of(meeting))


def roll_for(unit: Unit, kind: str, day: date) -> list[RollEntry]:
    roll = roll_on(unit, day)
    if kind != MeetingKind.CELL_COMMITTEE:
        return roll
    members = {holder.member_id for holder in committee_on(unit, day)}
    return [entry for entry in roll if entry.member_id in members]
