from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class StandingKind(TextChoices):
    OFFICIAL = "official", _("Official member")
    PROBATIONARY = "probationary", _("Probationary member")


class ExemptionBasis(TextChoices):
    AGE_OR_HEALTH = "age_or_health", _("Old age or illness")
    CASE = "case", _("A case of limited time")


class PositionTitle(TextChoices):
    SECRETARY = "secretary", _("Secretary")
    STANDING_DEPUTY = "standing_deputy", _("Standing deputy secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")


class RollStatus(TextChoices):
    """How a person stands towards the cell on one day, as far as roll call and votes care."""

    REQUIRED = "required", _("Required to attend")
    EXEMPT = "exempt", _("Exempt")
    AWAY = "away", _("Temporarily away")
    SUSPENDED = "suspended", _("Suspended")
    HERE = "here", _("Temporarily here")


class Can(StrEnum):
    VIEW_MEMBERS = "view members"
    MANAGE_MEMBERS = "manage members"
