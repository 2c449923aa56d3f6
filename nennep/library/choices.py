from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Can(StrEnum):
    SEARCH = "search"
    EDIT_HANDBOOK = "edit handbook"
    PUBLISH_HANDBOOK = "publish handbook"


class RevisionState(TextChoices):
    """How far a text of the handbook has come. `SHIPPED` came with the program and stands beside."""

    DRAFT = "draft", pgettext_lazy("text of the handbook", "Draft")
    REVIEW = "review", pgettext_lazy("text of the handbook", "Waiting for publication")
    PUBLISHED = "published", pgettext_lazy("text of the handbook", "Published")
    SHIPPED = "shipped", pgettext_lazy("text of the handbook", "Came with the program")
    DROPPED = "dropped", pgettext_lazy("text of the handbook", "Dropped")


class TermUnit(TextChoices):
    """What a term is counted in."""

    DAY = "day", _("days")
    WORKING_DAY = "working_day", _("working days")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


# What the audit page calls the changes made here.
TRAIL = {
    "collection indexed": _("Collection indexed for search"),
    "handbook loaded": _("Shipped handbook loaded"),
    "entry drafted": _("Entry of the handbook written"),
    "entry handed in": _("Entry of the handbook handed in for publication"),
    "entry sent back": _("Entry of the handbook sent back"),
    "entry published": _("Entry of the handbook published"),
    "entry dropped": _("Draft of the handbook dropped"),
    "entry taken out": _("Entry taken out of the handbook"),
    "entry checked": _("Entry of the handbook checked against the originals"),
    "entry placed": _("Steps of a meeting at which an entry is shown changed"),
    "editor named": _("Editor of a part of the handbook named"),
    "editor released": _("Editor of a part of the handbook released"),
    "handbook imported": _("Entries taken into the handbook from a file"),
    "form filled in": _("Form of the handbook filled in with a member's particulars"),
}
