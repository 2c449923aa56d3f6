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


class ReachForm(TextChoices):
    """In what form a document is made known."""

    REGULAR = "regular", _("at the regular meeting")
    THEMATIC = "thematic", _("at a thematic meeting")
    CONFERENCE = "conference", _("at a conference")
    STUDY = "study", _("by study and learning")
    PAPER = "paper", _("by papers sent to each member")
    OTHER = "other", _("in another form")


class HandbookApp(TextChoices):
    """The e-handbooks there have been; which one is asked about on a day is a dated rule."""

    HANOI = "hanoi", _("E-handbook of the City of Hà Nội")
    NATIONAL = "national", _("National e-handbook")


class Reason(TextChoices):
    """Why members have not installed it, as reports tell it; a list of ours [D]."""

    NO_PHONE = "no_phone", _("No suitable telephone")
    AGE_OR_HEALTH = "age_or_health", _("Old age or illness")
    DATA = "data", _("Data of the member do not match")
    NETWORK = "network", _("No network where they live")
    AWAY = "away", _("Far away, not reached")
    OTHER = "other", _("Another reason")


class SheetSource(TextChoices):
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("on a telephone")


class Can(StrEnum):
    VIEW_TRAINING = "view training"
    VIEW_TRAINED = "view who was trained"
    PLAN_TRAINING = "plan training"
    RECORD_TRAINING = "record who was trained"
    ENTER_COUNTS = "enter counts of cells"


# How the trail names what people do here.
TRAIL = {
    "course planned": _("Course planned"),
    "session planned": _("Session of a course planned"),
    "session cancelled": _("Session of a course cancelled"),
    "people invited": _("People invited to a session"),
    "invitation taken back": _("Invitation to a session taken back"),
    "training recorded": _("Who came to a session recorded"),
    "courses loaded": _("Many courses loaded"),
    "dissemination given": _("Document to be made known"),
    "dissemination withdrawn": _("Document need not be made known any more"),
    "cells reached": _("Cells made a document known"),
    "reach taken back": _("That a cell made a document known taken back"),
    "files for the e-handbook taken": _("Files of a meeting for the e-handbook taken"),
    "e-handbook counted": _("E-handbook counted"),
    "e-handbook counts loaded": _("Many counts of the e-handbook loaded"),
    "quiz made": _("Quiz made"),
    "paper sheets counted": _("Paper sheets of a quiz counted"),
    "who was trained": _("Looked at who was trained"),
    "list of trained taken": _("List of who was trained taken as a file"),
}
TRAIL_WORDS = {member.value: member.label for kind in (TrainPost, HandbookApp) for member in kind}
