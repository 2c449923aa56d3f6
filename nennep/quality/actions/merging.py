"""Who scored a meeting goes along when two entries of one person become one."""

from nennep.members.models import Member
from nennep.quality.models import ScoreSheet


def refuse_nothing(keep: Member, drop: Member) -> None:
    """Two who scored different meetings may well be one person."""


def follow_person(keep: Member, drop: Member) -> None:
    ScoreSheet.objects.filter(scorer=drop).update(scorer=keep)
