from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingClass(TextChoices):
    """The class of a meeting, the best first."""

    GOOD = "good", pgettext_lazy("class of a meeting", "Good")
    FAIR = "fair", pgettext_lazy("class of a meeting", "Fairly good")
    MEDIUM = "medium", pgettext_lazy("class of a meeting", "Medium")
    POOR = "poor", pgettext_lazy("class of a meeting", "Poor")


# From the best to the worst, as plain strings: how far two classes lie apart is a difference of places.
CLASSES: tuple[str, ...] = tuple(MeetingClass.values)


class SheetKind(TextChoices):
    """Which meetings a sheet is for: some provinces score thematic meetings by a sheet of their own."""

    REGULAR = "regular", _("Regular meetings")
    THEMATIC = "thematic", _("Thematic meetings")


class Condition(TextChoices):
    """When a criterion is asked at all."""

    ALWAYS = "", _("always")
    THEMATIC = "thematic", _("only in a month with a thematic meeting")
    COMMITTEE = "committee", _("only in a cell with a committee or a deputy")


class Waived(TextChoices):
    """What a criterion counts for where it is not asked."""

    LEFT_OUT = "left_out", _("it is left out")
    FULL = "full", _("full points")


class LeftOut(TextChoices):
    """What becomes of the total when a criterion is left out."""

    KEEP = "keep", _("the total stays as it is")
    RESCALE = "rescale", _("the total is rescaled to the whole")


class Origin(TextChoices):
    """Who decided the points of a criterion."""

    FACT = "fact", _("by a fact")
    PERSON = "person", _("by a person")


class Part(TextChoices):
    """Which part of a year is rolled up."""

    FIRST = "1", _("First half of the year")
    SECOND = "2", _("Second half of the year")
    YEAR = "nam", _("The whole year")


class OddityKind(TextChoices):
    """What in a cell's meetings deserves a second look."""

    MINUTES_ALIKE = "alike", _("Minutes nearly the same as last month's")
    VERY_SHORT = "short", _("A very short meeting")
    ALWAYS_FULL = "full", _("Everybody present every time")
    SCORES_EQUAL = "equal", _("Every point the same every time")


class InspectionKind(TextChoices):
    INSPECTION = "inspection", _("Inspection")
    SUPERVISION = "supervision", _("Supervision")


class FormKind(TextChoices):
    """Which table an office's own form shows."""

    MONTH = "month", _("Class table of a month")
    PERIOD = "period", _("Table of a half-year or a year")


class Can(StrEnum):
    SCORE_MEETINGS = "score meetings"
    VIEW_CLASSES = "view classes"
    DECIDE_CLASSES = "decide classes"
    EXPLAIN_ODDITIES = "explain oddities"
    VIEW_ODDITIES = "view oddities"
    VIEW_SUPERVISION = "view supervision"
    ARRANGE_SUPERVISION = "arrange supervision"
    RECORD_VISITS = "record visits"
    ANSWER_RECOMMENDATIONS = "answer recommendations"
    KEEP_MODELS = "keep model meetings"


# How the trail names what people do with scores.
TRAIL = {
    "scorer named": _("Scorer of a meeting named"),
    "self-score agreed": _("Self-score of a meeting agreed"),
    "remedies written": _("Weak criteria and remedies written"),
    "self-score taken back": _("Self-score of a meeting taken back"),
    "score voted": _("Class of a meeting voted by the cell"),
    "class decided": _("Official class of a meeting decided"),
    "classes decided together": _("Official classes of many meetings decided"),
    "class taken back": _("Official class of a meeting taken back"),
    "score looked at": _("Looked at the score of another cell"),
    "classes taken as a file": _("Class table taken as a file"),
    "scores loaded": _("Many past scores loaded"),
    "sheet drafted": _("Score sheet drafted"),
    "form kept": _("Office's own form kept"),
    "form columns confirmed": _("Columns of an office's own form confirmed"),
    "form put aside": _("Office's own form put aside"),
    "sheet draft thrown away": _("Draft of a score sheet thrown away"),
    "oddities looked for": _("Looked for what deserves a second look"),
    "oddity explained": _("Explained what deserved a second look"),
    "explanations of cells": _("Looked at explanations of cells"),
}
# How the trail names what people do in supervision.
TRAIL |= {
    "followers named": _("Followers of cells named"),
    "visits planned": _("Visits to cells planned"),
    "visit moved": _("Planned visit changed"),
    "visit cancelled": _("Planned visit cancelled"),
    "visit made": _("Visit to a cell recorded"),
    "visit described": _("What was seen at a visit written"),
    "recommendation given": _("Recommendation given"),
    "recommendation answered": _("Recommendation answered"),
    "recommendation settled": _("Recommendation carried out"),
    "recommendation withdrawn": _("Recommendation withdrawn"),
    "inspection planned": _("Inspection planned"),
    "inspection changed": _("Plan of an inspection changed"),
    "inspection recorded": _("Inspection recorded"),
    "inspection followed up": _("Follow-up of an inspection written"),
    "inspection cancelled": _("Inspection cancelled"),
    "audience written": _("Audience of a model meeting written"),
    "past supervision loaded": _("Many past visits loaded"),
    "supervision taken as a file": _("List of supervision taken as a file"),
}
TRAIL_WORDS = {
    member.value: member.label
    for kind in (MeetingClass, OddityKind, InspectionKind, FormKind)
    for member in kind
}
