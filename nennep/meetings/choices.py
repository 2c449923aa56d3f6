from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    REGULAR = "regular", _("Regular")
    THEMATIC = "thematic", _("Thematic")
    COMBINED = "combined", _("Regular, then thematic")
    CELL_COMMITTEE = "cell_committee", _("Cell committee")
    EXTRAORDINARY = "extraordinary", _("Extraordinary")
    CONGRESS = "congress", _("Congress")
    SELF_REVIEW = "self_review", _("Year-end self-review")


# Which kinds satisfy which row of the ledger: a combined session stands in both.
SATISFY_REGULAR = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
SATISFY_THEMATIC = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})


class LedgerKind(TextChoices):
    """What a cell is expected to hold."""

    REGULAR = "regular", _("Regular meeting")
    THEMATIC = "thematic", _("Thematic meeting")
    CELL_COMMITTEE = "cell_committee", _("Cell committee meeting")


class Outcome(TextChoices):
    HELD = "held", _("Held")
    LATE = "late", _("Held late")
    EXCUSED = "excused", _("Not held, reason accepted")
    WAITING = "waiting", _("Not held, reason waits for an answer")
    SILENT = "silent", _("Not reported")
    PENDING = "pending", _("Not yet due")


class Presence(TextChoices):
    PRESENT = "present", _("Present")
    EXCUSED = "excused", _("Absent with a reason")
    UNEXCUSED = "unexcused", _("Absent without a reason")


class VoteMethod(TextChoices):
    CARD = "card", _("Raising the Party card")
    SECRET = "secret", _("Secret ballot")
    ELECTRONIC = "electronic", _("Electronic")


class ItemOrigin(TextChoices):
    STEP = "step", _("Step of the meeting")
    PROMPT = "prompt", _("Suggested for this block")
    SUPERIOR = "superior", _("Required by the superior")
    CARRIED = "carried", _("Unfinished last month")
    OWN = "own", _("The cell's own")


class PaperKind(TextChoices):
    """Kinds of document that a cell draws up from a meeting, with their abbreviations."""

    RESOLUTION = "NQ", _("Resolution")
    CONCLUSION = "KL", _("Conclusion")


class SigningStyle(TextChoices):
    CELL = "cell", "T/M CHI BỘ"
    CELL_COMMITTEE = "cell_committee", "T/M CHI ỦY"


class Can(StrEnum):
    VIEW_LEDGER = "view ledger"
    VIEW_MEETINGS = "view meetings"
    PREPARE_MEETINGS = "prepare meetings"
    RECORD_MEETINGS = "record meetings"
    CLOSE_MINUTES = "close minutes"
    EXPLAIN_ABSENCE = "explain absence"
    ANSWER_EXPLANATIONS = "answer explanations"
    SET_TOPICS = "set topics"
    REMIND_CELLS = "remind cells"
    GIVE_MINUTE_PASS = "give minute pass"
