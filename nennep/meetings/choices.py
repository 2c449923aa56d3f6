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


class StepPage(StrEnum):
    """The five steps people know. Each is a page of the meeting."""

    PREPARE = "prepare"
    OPEN = "open"
    DISCUSS = "discuss"
    CONCLUDE = "conclude"
    FOLLOW = "follow"


class PaperPlace(StrEnum):
    """Where in the printed papers of a meeting an app above may say something."""

    MINUTES_CONCLUSION = "minutes: end of the conclusion"
    LAST_MONTH = "resolution: after the results of last month"
    SCORE = "resolution: score and class, instead of the blank lines"


class Series(TextChoices):
    """Whose papers are counted, as the end of their symbol."""

    CELL = "CB", "CB"
    CONGRESS = "ĐH", "ĐH"


class SigningStyle(TextChoices):
    CELL = "cell", "T/M CHI BỘ"
    CELL_COMMITTEE = "cell_committee", "T/M CHI ỦY"
    PRESIDIUM = "presidium", "T/M ĐOÀN CHỦ TỊCH"


class Can(StrEnum):
    VIEW_LEDGER = "view ledger"
    VIEW_MEETINGS = "view meetings"
    PREPARE_MEETINGS = "prepare meetings"
    RECORD_MEETINGS = "record meetings"
    CLOSE_MINUTES = "close minutes"
    EXPLAIN_ABSENCE = "explain absence"
    ANSWER_EXPLANATIONS = "answer explanations"
    SET_TOPICS = "set topics"
    ENTER_RETURNS = "enter returns"
    REMIND_CELLS = "remind cells"
    VIEW_ALERTS = "view alerts"
    GIVE_MINUTE_PASS = "give minute pass"  # noqa: S105 -- a verb


# How the trail names what people do with meetings.
TRAIL = {
    "meeting planned": _("Meeting planned"),
    "meeting moved": _("Plan of a meeting changed"),
    "meeting kind changed": _("Kind of a meeting changed"),
    "meeting cancelled": _("Meeting cancelled"),
    "cancellation undone": _("Cancellation taken back"),
    "meeting prepared": _("Meeting prepared"),
    "prompts added": _("Suggestions put on the agenda"),
    "item added": _("Item put on the agenda"),
    "item changed": _("Item of the agenda changed"),
    "item moved": _("Item moved on the agenda"),
    "item removed": _("Item taken off the agenda"),
    "item put on paper": _("Item marked as written in the paper book"),
    "item taken off paper": _("Mark “written in the paper book” taken off"),
    "checklist ticked": _("Task of the preparation ticked"),
    "checklist owner set": _("Task of the preparation given to somebody"),
    "task added": _("Task of the cell's own added to the preparation"),
    "task removed": _("Task of the cell's own taken off the preparation"),
    "invited marked": _("Moment of the invitation noted"),
    "superior told marked": _("Moment the superior was told noted"),
    "papers sent marked": _("Moment the papers were sent noted"),
    "finished sent marked": _("Moment the finished papers were sent noted"),
    "meeting opened": _("Meeting opened"),
    "opening undone": _("Opening taken back"),
    "roll call taken": _("Roll call taken"),
    "roll call taken back": _("Roll call taken back"),
    "speakers noted": _("Speakers noted"),
    "steps marked": _("Steps marked"),
    "guest added": _("Guest added"),
    "guest removed": _("Guest removed"),
    "dues noted": _("Dues noted"),
    "group parts noted": _("Parts of the party groups noted"),
    "thematic part begun": _("Thematic part begun"),
    "meeting ended": _("Meeting ended"),
    "end taken back": _("End of the meeting taken back"),
    "thematic part taken back": _("Beginning of the thematic part taken back"),
    "steps taken back": _("Marks of the steps taken back"),
    "adoption taken back": _("Adoption of the minutes taken back"),
    "declaration taken back": _("Declaration taken back"),
    "vote recorded": _("Vote recorded"),
    "vote removed": _("Vote removed"),
    "item written": _("Text of an item written"),
    "opening text written": _("Text of the opening written"),
    "closing text written": _("Text of the conclusion written"),
    "declared free of secrets": _("Declared free of secrets"),
    "minutes adopted": _("Minutes adopted"),
    "resolution written": _("Resolution written"),
    "resolution removed": _("Draft of a resolution thrown away"),
    "line added": _("Line of a resolution added"),
    "line changed": _("Line of a resolution changed"),
    "line removed": _("Line of a resolution removed"),
    "result recorded": _("Result of a line recorded"),
    "minutes closed": _("Minutes closed"),
    "addendum added": _("Addendum added"),
    "signed copy kept": _("Signed pages kept"),
    "minute pass used": _("Code of a minute-taker used"),
    "absence explained": _("Reason for a meeting not held recorded"),
    "explanation answered": _("Reason answered"),
    "explanation withdrawn": _("Reason withdrawn"),
    "topic set": _("Compulsory topic set"),
    "topic withdrawn": _("Compulsory topic withdrawn"),
    "returns entered": _("Figures of cells entered from paper"),
    "return taken back": _("Figures entered from paper taken back"),
    "history loaded": _("Many past meetings loaded"),
    "explanations loaded": _("Many explanations loaded"),
    "minutes taken as a file": _("Minutes taken as a file"),
    "meeting looked at": _("Looked at a meeting of another cell"),
    "paper taken": _("Paper of a meeting taken as a file"),
    "signed copy opened": _("Signed pages opened"),
    "cell called": _("Cell called"),
    "call list taken": _("Call list taken as a file"),
    "yearly book taken": _("Yearly book taken as a file"),
}
# What the trail calls the codes among its details: kinds, and papers by the name of their address.
TRAIL_WORDS = {
    **{
        member.value: member.label
        for kind in (LedgerKind, MeetingKind, PaperKind)
        for member in kind
    },
    "bo-tai-lieu": _("Papers of the meeting in one file"),
    "chuong-trinh": _("Agenda"),
    "giay-moi": _("Invitation"),
    "danh-sach-ky": _("Sign-in sheet"),
    "bien-ban-trang": _("Blank minutes"),
    "bien-ban": _("Minutes"),
    "hop-chi-uy": _("Minutes of the cell committee"),
    "nghi-quyet": _("Resolution"),
    "ket-luan": _("Conclusion"),
}
