from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TrainPost(TextChoices):
    """Posts that are trained, the highest first. The last one is held above the cells."""

    SECRETARY = "secretary", _("Cell secretary")
    DEPUTY = "deputy", _("Deputy cell secretary")
    CELL_COMMITTEE = "cell_committee_member", _("Member of a cell committee")
    COMMITTEE = "committee_member", _("Member of a committee above the cells")


# In the order of the counters: these three are held in cells.
CELL_POSTS = (TrainPost.SECRETARY, TrainPost.DEPUTY, TrainPost.CELL_COMMITTEE)


class CellGroup(TextChoices):
    """The two groups of cells that programmes speak of."""

    UNDER_COMMITTEE = "cell", _("Cells under grassroots committees")
    GRASSROOTS = "grassroots_cell", _("Grassroots cells")
    ABOVE = "above", _("Committees above the cells")


class Verdict(TextChoices):
    """What a row of a list of who came says of a person here."""

    INVITED = "invited", _("Invited")
    NOT_INVITED = "not_invited", _("Came without invitation")
    SEVERAL = "several", _("Several people: add the birth date or the cell")
    UNKNOWN = "unknown", _("Nobody of this name below this organisation")
    UNCLEAR = "unclear", _("Cannot be read")


class Can(StrEnum):
    VIEW_TRAINING = "view training"
    VIEW_TRAINED = "view who was trained"
    PLAN_TRAINING = "plan training"
    RECORD_TRAINING = "record who was trained"


# How the trail names what people do here.
TRAIL = {
    "course planned": _("Course planned"),
    "session planned": _("Session of a course planned"),
    "session cancelled": _("Session of a course cancelled"),
    "people invited": _("People invited to a session"),
    "invitation taken back": _("Invitation to a session taken back"),
    "training recorded": _("Who came to a session recorded"),
    "courses loaded": _("Many courses loaded"),
    "who was trained": _("Looked at who was trained"),
    "list of trained taken": _("List of who was trained taken as a file"),
}
TRAIL_WORDS = {member.value: member.label for member in TrainPost}
