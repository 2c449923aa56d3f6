from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IndicatorKind(TextChoices):
    FLOW = "flow", _("Adds up over cells and months")
    STOCK = "stock", _("Counted on a day")
    PERIOD = "period", _("Counted per cell over the whole period")


class Recurrence(TextChoices):
    """Things that happen to a cell (or a member of it) in some months, counted once per period."""

    REGULAR_EXPECTED = "reg_expected", _("A regular meeting was expected")
    REGULAR_GAP = "reg_gap", _("The regular meeting was not held")
    THEMATIC_EXPECTED = "them_expected", _("A thematic meeting was expected")
    THEMATIC_GAP = "them_gap", _("The thematic meeting was not held")
    STEPS_JUDGED = "step_judged", _("A meeting was held and its steps judged")
    STEPS_MISSING = "step_missing", _("A compulsory step was left out")
    UNEXCUSED_THRICE = (
        "unexcused_3",
        _("A member is absent without reason in a third month of the year"),
    )
    EXCUSED_RUNNING = "excused_4", _("A member is excused more than three times running")
    VISITED = "visited", _("A superior attended a meeting")


class Structure(TextChoices):
    THEN = "then", _("as it stood then")
    NOW = "now", _("as it stands now")


class Can(StrEnum):
    VIEW_FIGURES = "view figures"


TRAIL = {
    "rebuilt the counters": _("Recomputed all figures"),
    "opened months": _("Opened the figures of new months"),
    "recomputed dirty cells": _("Recomputed figures after a change"),
}
