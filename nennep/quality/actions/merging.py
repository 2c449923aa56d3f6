"""What a person did goes along when two entries of one person become one."""

from nennep.members.models import Member
from nennep.quality.models import Following, ScoreSheet, Visit


def refuse_nothing(keep: Member, drop: Member) -> None:
    """Two who scored different meetings, or follow different cells, may well be one person."""


def follow_person(keep: Member, drop: Member) -> None:
    ScoreSheet.objects.filter(scorer=drop).update(scorer=keep)
    Following.objects.filter(member=drop).update(member=keep)
    Visit.objects.filter(visitor=drop).update(visitor=keep)
