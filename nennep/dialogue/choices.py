from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalState(TextChoices):
    """Where a proposal stands today; read from its days, never stored."""

    OPEN = "open", _("Waiting for an answer")
    OVERDUE = "overdue", _("Not answered, past its day")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Can(StrEnum):
    VIEW_PROPOSALS = "view proposals"
    MAKE_PROPOSALS = "make proposals"
    ANSWER_PROPOSALS = "answer proposals"
    VIEW_SURVEYS = "view surveys"
    HOLD_SURVEYS = "hold surveys"
    ANSWER_SURVEYS = "answer surveys"


TRAIL = {
    "proposal made": _("Proposal to a superior made"),
    "proposal passed on": _("Proposal passed on to the next level"),
    "proposal taken over": _("Proposal taken over from an organisation that ended"),
    "proposal answered": _("Proposal answered"),
    "proposal withdrawn": _("Proposal withdrawn"),
    "survey opened": _("Survey among cell secretaries opened"),
    "past survey entered": _("Survey that is over entered with its sums"),
    "past proposals entered": _("Proposals of earlier days entered"),
}
