from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(TextChoices):
    """What is being carried out."""

    SCHEME = "scheme", _("Scheme")
    PROGRAMME = "programme", _("Programme")
    PLAN = "plan", _("Plan")
    DIRECTIVE = "directive", _("Directive")


class Bound(TextChoices):
    EXACTLY = "=", _("exactly")
    AT_LEAST = "≥", _("at least")
    AT_MOST = "≤", _("at most")


class Can(StrEnum):
    KEEP_PROGRAMMES = "keep programmes"


TRAIL = {
    "registered a programme": _("Registered a programme"),
    "ended a programme": _("Ended a programme"),
    "set a target of a programme": _("Set a target of a programme"),
    "adopted a programme": _("Adopted a programme"),
    "took back an adoption": _("Took back the adoption of a programme"),
}
