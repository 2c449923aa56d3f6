from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskSource(TextChoices):
    """What a task comes of."""

    RESOLUTION = "resolution", _("Resolution")
    CONCLUSION = "conclusion", _("Conclusion")
    PROGRAMME = "programme", _("Programme")
    DIRECTION = "direction", _("Direction of the superior")
    PLAN = "plan", _("Own plan")


class TaskState(TextChoices):
    GIVEN = "given", _("Given")
    ACCEPTED = "accepted", _("Accepted")
    REPORTED = "reported", _("Reported")
    JUDGED = "judged", _("Judged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Judgement(TextChoices):
    MET = "met", _("Done as asked")
    ABOVE = "above", _("Done above what was asked")
    LATE = "late", _("Done late")
    NOT_MET = "not_met", _("Not done")


class Asked(TextChoices):
    """When a clear question must be answered. Person, task and day are asked of every task."""

    ALWAYS = "always", _("always")
    PROGRAMME = "programme", _("of programme tasks given to units")
    NEVER = "no", _("if somebody wants to")


class Can(StrEnum):
    VIEW_TASKS = "view tasks"
    VIEW_MEMBER_TASKS = "view members' tasks"
    GIVE_TASKS = "give tasks"
    ANSWER_TASKS = "answer tasks"
    KEEP_TASKS = "keep tasks"


# How the trail names what people do with tasks.
TRAIL = {
    "task given": _("Task given"),
    "lines became tasks": _("Lines of a resolution became tasks"),
    "year's tasks set": _("Tasks of the year set"),
    "task withdrawn": _("Task withdrawn"),
    "task accepted": _("Task accepted"),
    "task reported": _("Result of a task reported"),
    "report taken back": _("Result of a task taken back"),
    "task judged": _("Task judged"),
    "judgement taken back": _("Judgement of a task taken back"),
    "time given": _("More time given for a task"),
    "follower named": _("Who follows a task named"),
    "task taken up": _("Task of the superior taken up by the cell"),
    "tasks loaded": _("Many tasks loaded"),
    "tasks of a cell": _("Looked at the tasks of another cell"),
    "list of tasks taken": _("List of tasks taken as a file"),
}
TRAIL_WORDS = {member.value: member.label for kind in (TaskSource, Judgement) for member in kind}
