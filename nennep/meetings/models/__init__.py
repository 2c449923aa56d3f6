from nennep.meetings.models.agenda import (
    AgendaItem,
    ChecklistItem,
    CompulsoryTopic,
    Revision,
    TextRevision,
)
from nennep.meetings.models.attendance import Attendance, Guest, RollCall
from nennep.meetings.models.calls import CallNote
from nennep.meetings.models.ledger import Explanation
from nennep.meetings.models.meeting import GroupPart, Meeting, MeetingQuerySet
from nennep.meetings.models.minutes import Addendum, MinutePass, SignedCopy
from nennep.meetings.models.resolution import Resolution, ResolutionItem
from nennep.meetings.models.vote import Vote

__all__ = [
    "Addendum",
    "AgendaItem",
    "Attendance",
    "CallNote",
    "ChecklistItem",
    "CompulsoryTopic",
    "Explanation",
    "GroupPart",
    "Guest",
    "Meeting",
    "MeetingQuerySet",
    "MinutePass",
    "Resolution",
    "ResolutionItem",
    "Revision",
    "RollCall",
    "SignedCopy",
    "TextRevision",
    "Vote",
]
