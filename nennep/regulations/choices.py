"""Words people see on the pages of the regulations, and the verbs of this app."""

from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Can(StrEnum):
    """What a grant may allow here."""

    VIEW_RULES = "view rules"
    MANAGE_RULES = "manage rules"


class Mark(TextChoices):
    """How sure the product is of a fact it shipped with."""

    CERTAIN = "C", _("certain: official text, or several independent sources agree")
    PROBABLE = "P", _("probable: one secondary source or a digest of the text")
    DERIVED = "D", _("a setting of this software, not a rule")
    NOT_FOUND = "N", _("no source found")


class BasisKind(TextChoices):
    """What sort of document a rule rests on."""

    STATUTE = "statute", _("Party Statute")
    DIRECTIVE = "directive", _("directive")
    REGULATION = "regulation", _("regulation")
    DECISION = "decision", _("decision")
    CONCLUSION = "conclusion", _("conclusion")
    GUIDANCE = "guidance", _("guidance")
    SCHEME = "scheme", _("scheme")
    PLAN = "plan", _("plan")
    LETTER = "letter", _("official letter")
    LAW = "law", _("law")
    DECREE = "decree", _("decree")
    RESOLUTION = "resolution", _("resolution")
    SETTING = "setting", _("setting of this software")


class Force(TextChoices):
    """Whether a document is in force on a day."""

    COMING = "coming", _("not yet in force")
    RUNNING = "running", _("in force")
    OVER = "over", _("no longer in force")


class Bound(TextChoices):
    """On which side of a threshold a value has to lie. A product contract: the sign itself."""

    EXACT = "=", _("exactly")
    AT_LEAST = "≥", _("at least")
    AT_MOST = "≤", _("at most")
    MORE_THAN = ">", _("more than")


class Answer(TextChoices):
    """Yes or no, where leaving it out is not an answer."""

    YES = "yes", _("yes")
    NO = "no", _("no")


# What is said of each line of a list of steps, and the words for it.
COLUMN_LABELS = {
    "code": _("Code"),
    "title": pgettext_lazy("of a meeting", "Step"),
    "block": pgettext_lazy("of a meeting", "Part"),
    "compulsory": _("Compulsory"),
    "proven_by": _("Shown by"),
    "question": _("Question"),
    "asked": _("Must be answered"),
}
CELL_LABELS: dict[str, dict[str, Any]] = {
    "block": {
        "prepare": _("preparation"),
        "opening": _("opening"),
        "conduct": _("conduct"),
        "close": _("closing"),
    },
    "compulsory": {
        "always": _("always"),
        "if_any": _("where there is one"),
        "no": _("not compulsory"),
    },
    "asked": {
        "always": _("always"),
        "programme": _("of programme tasks given to units"),
        "no": _("if somebody wants to"),
    },
    "proven_by": {
        "": "",
        "agenda": _("the agenda"),
        "chair": _("the chair"),
        "conclusions": _("the conclusions"),
        "dues": _("the line on dues"),
        "guests": _("the guests"),
        "minute_taker": _("the minute-taker"),
        "minutes_read": _("the minutes read and adopted"),
        "papers": _("the papers sent"),
        "roll_call": _("the roll call"),
        "score": _("the score"),
        "speakers": _("the list of speakers"),
        "tasks": _("the tasks assigned"),
        "times": _("start and end"),
        "votes": _("the votes"),
    },
}

# How the trail names what people do with rules.
TRAIL = {
    "entered a rule": _("Rule entered"),
    "replaced a rule": _("Rule changed from a day on"),
    "ended a rule": _("Rule ended"),
    "checked a rule against the original": _("Rule checked against the original"),
    "took back the check of a rule": _("Check of a rule taken back"),
    "carried rules to another place": _("Local rules moved with their unit"),
    "added a basis": _("Document added to the bases"),
    "replaced a basis": _("Document replaced by another"),
    "checked a basis against the original": _("Document checked against the original"),
    "took back the check of a basis": _("Check of a document taken back"),
    "loaded the shipped rules": _("Shipped rules loaded"),
    "marked a day of the calendar": _("Working day or day off entered"),
    "cleared a day of the calendar": _("Entered day taken away"),
}
