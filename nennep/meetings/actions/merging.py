"""What meetings hold about a person goes along when two entries of one person become one."""

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.meetings.models import (
    Attendance,
    ChecklistItem,
    Meeting,
    MinutePass,
    ResolutionItem,
)
from nennep.members.models import Member


def refuse_two_at_one_meeting(keep: Member, drop: Member) -> None:
    """Whoever was called twice at one roll call is two people."""
    shared = Attendance.objects.filter(
        member=drop, meeting_id__in=Attendance.objects.filter(member=keep).values("meeting_id")
    )
    if meeting := shared.select_related("meeting").first():
        raise Refusal(
            _(
                "Both stand in the roll call of one meeting (%(meeting)s), so they are two people."
                " Correct that roll call first if one was entered by mistake."
            )
            % {"meeting": meeting.meeting},
            code="both_at_one_meeting",
        )


def follow_person(keep: Member, drop: Member) -> None:
    """Roll calls, posts at meetings and tasks of `drop` become those of `keep`."""
    Attendance.objects.filter(member=drop).update(member=keep)
    Meeting.objects.filter(chair=drop).update(chair=keep)
    Meeting.objects.filter(minute_taker=drop).update(minute_taker=keep)
    ResolutionItem.objects.filter(who=drop).update(who=keep)
    ChecklistItem.objects.filter(owner=drop).update(owner=keep)
    MinutePass.objects.filter(member=drop).update(member=keep)
