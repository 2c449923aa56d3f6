from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What a person said of a figure that was read. Only confirmed ones are stated figures."""

    OPEN = "open", _("Not decided")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class Bound(TextChoices):
    EXACTLY = "=", _("exactly")
    AT_LEAST = "≥", _("at least")
    AT_MOST = "≤", _("at most")
    ABOUT = "≈", _("about")


class Trend(TextChoices):
    UP = "up", _("rising")
    DOWN = "down", _("falling")


class Can(StrEnum):
    CONFIRM_FIGURES = "confirm stated figures"


TRAIL = {
    "took in a report": _("Read a written report"),
    "put aside a report": _("Put a written report aside"),
    "decided a stated figure": _("Decided on a figure of a written report"),
    "confirmed stated figures": _("Confirmed the figures of a written report"),
}
TRAIL_WORDS = {verdict.value: verdict.label for verdict in Verdict}
