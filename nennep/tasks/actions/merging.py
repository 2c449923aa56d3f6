"""Tasks go along when two entries of one person become one."""

from nennep.members.models import Member
from nennep.tasks.models import Assignment


def refuse_nothing(keep: Member, drop: Member) -> None:
    """The same task given to both entries was given to one person twice: no sign of two people."""


def follow_person(keep: Member, drop: Member) -> None:
    """What `keep` has already goes once; the rest becomes theirs."""
    kept = Assignment.objects.filter(member=keep).values("task_id")
    Assignment.objects.filter(member=drop, task_id__in=kept).delete()
    Assignment.objects.filter(member=drop).update(member=keep)
    Assignment.objects.filter(follower=drop).update(follower=keep)
