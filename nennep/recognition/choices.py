from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """How a year was rated. Not rated is the lack of a level."""

    EXCELLENT = "excellent", _("Completed its tasks excellently")
    GOOD = "good", _("Completed its tasks well")
    COMPLETED = "completed", _("Completed its tasks")
    NOT_COMPLETED = "not_completed", _("Did not complete its tasks")


class Can(StrEnum):
    RATE_SELF = "rate the year"
    DECIDE_RATINGS = "decide ratings"


TRAIL = {
    "rated its year": _("Rated the year of the organisation itself"),
    "verified a rating": _("Verified the rating of a year"),
    "decided ratings": _("Decided ratings of a year"),
    "entered past ratings": _("Entered ratings of a past year from its decision"),
    "noted strengthening": _("Noted what is done for a weak cell"),
}
TRAIL_WORDS = {level.value: level.label for level in Level}
