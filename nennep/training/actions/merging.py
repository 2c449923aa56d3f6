"""Training goes along when two entries of one person become one."""

from nennep.members.models import Member
from nennep.training.models import Participant


def refuse_nothing(keep: Member, drop: Member) -> None:
    """Both entries on one list were one person written twice: no sign of two people."""


def follow_person(keep: Member, drop: Member) -> None:
    """Where both are on a list, `keep` came if either did."""
    twice = Participant.objects.filter(
        member=drop, session__in=Participant.objects.filter(member=keep).values("session_id")
    )
    came = twice.filter(came=True).values_list("session_id", flat=True)
    Participant.objects.filter(member=keep, session_id__in=list(came)).update(came=True)
    twice.delete()
    Participant.objects.filter(member=drop).update(member=keep)
