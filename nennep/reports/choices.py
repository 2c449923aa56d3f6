from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReviewKind(TextChoices):
    """How the review of a programme is called."""

    MIDWAY = "midway", _("Interim review")
    FINAL = "final", _("Final review")


class ContributionKind(TextChoices):
    """What a line from below speaks of."""

    WORKED = "worked", _("What worked")
    NOT_WORKED = "not_worked", _("What did not work")
    PROPOSAL = "proposal", _("Proposals to the superior")


class Outcome(TextChoices):
    """What an office takes away from a review, each in the forms it is used in."""

    REPORT = "bao-cao", _("Report")
    ANNEXES = "phu-luc", _("Annex tables")
    SUMMARY = "tom-tat", _("Summary of one page")
    NEWS = "tin", _("Draft of a news item")

    @property
    def forms(self) -> tuple[str, ...]:
        forms = {"phu-luc": ("xlsx",), "tin": ("docx", "pdf", "txt")}
        return forms.get(self.value, ("docx", "pdf"))

    @property
    def takes(self) -> list[tuple[str, str]]:
        """The form of each file and what people call it."""
        return [(form, str((FORMS | MORE_FORMS)[form])) for form in self.forms]


class Can(StrEnum):
    MAKE_REVIEWS = "make reviews"
    CONTRIBUTE = "contribute to reviews"


TRAIL = {
    "published a review": _("Published a review"),
    "downloaded a review": _("Downloaded a review"),
    "began a review": _("Began the review of a programme"),
    "changed a review": _("Changed the review of a programme"),
    "asked for contributions": _("Asked for contributions to a review"),
    "contributed to a review": _("Contributed to a review"),
    "chose contributions": _("Chose contributions for a review"),
}
# The kinds of file a review is taken away as.
FORMS: dict[str, str | Promise] = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "json": "JSON"}
# Besides these, what the review of a programme is taken away as.
MORE_FORMS: dict[str, str | Promise] = {"txt": _("plain text"), "svg": "SVG", "png": "PNG"}
