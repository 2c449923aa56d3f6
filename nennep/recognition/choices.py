from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """How a year was rated. Not rated is the lack of a level."""

    EXCELLENT = "excellent", _("Completed its tasks excellently")
    GOOD = "good", _("Completed its tasks well")
    COMPLETED = "completed", _("Completed its tasks")
    NOT_COMPLETED = "not_completed", _("Did not complete its tasks")


class Standing(StrEnum):
    """How an organisation stands in an open round; in the order in which they are looked at."""

    DIFFERS = "differs"  # the verified level, or what points and tasks allow, is not its own
    WAITING = "waiting"  # it has not rated itself
    AGREES = "agrees"


class Honoured(TextChoices):
    """Who is commended."""

    COLLECTIVE = "collective", _("Collective")
    PERSON = "person", pgettext_lazy("commended", "Person")


class Rhythm(TextChoices):
    """How often a commendation comes round: a review's comes once."""

    ONCE = "once", _("not periodic")
    YEAR = "year", _("of the year")
    FIVE_YEARS = "five_years", _("of five years running")


class Recipient(TextChoices):
    """Whom the rules on awards and money tell apart."""

    CELL = "cell", _("cell")
    GRASSROOTS = "grassroots", _("grassroots organisation")
    PERSON = "person", _("member")


class RoundState(TextChoices):
    OPEN = "open", _("proposals are taken")
    CONSIDERED = "considered", _("considered, waits for its decision")
    DECIDED = "decided", _("decided")


FORMS = ("docx", "pdf")


class Can(StrEnum):
    RATE_SELF = "rate the year"
    ENTER_SELF_RATINGS = "enter self-ratings"
    DECIDE_RATINGS = "decide ratings"
    VIEW_COMMENDATIONS = "view commendations"
    PROPOSE_COMMENDATIONS = "propose commendations"
    DECIDE_COMMENDATIONS = "decide commendations"


TRAIL = {
    "rated its year": _("Rated the year of the organisation itself"),
    "entered a self-rating": _("Entered how an organisation rated its year"),
    "verified ratings": _("Verified ratings of a year"),
    "decided ratings": _("Decided ratings of a year"),
    "entered past ratings": _("Entered ratings of a past year from its decision"),
    "noted strengthening": _("Noted what is done for a weak cell"),
    "opened a round of commendation": _("Opened a round of commendation"),
    "dropped a round of commendation": _("Dropped a round of commendation"),
    "proposed a commendation": _("Proposed a commendation"),
    "withdrew a proposal of commendation": _("Withdrew a proposal of commendation"),
    "considered proposals of commendation": _("Considered proposals of commendation"),
    "decided commendations": _("Decided commendations"),
    "entered past commendations": _("Entered commendations from an earlier decision"),
    "corrected a commendation": _("Corrected a commendation that was entered"),
    "struck a commendation": _("Struck out a commendation that was entered"),
    "commendations taken as a file": _("Took the papers of a commendation as a file"),
}
TRAIL_WORDS = {word.value: word.label for words in (Level, Honoured) for word in words}
