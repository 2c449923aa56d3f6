from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nennep.accounts.choices import Role


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
    TELL_WHO_LOOKED = "tell who looked"


TRAIL = {
    "member admitted": _("Member received onto the roll"),
    "member recognised": _("Member recognised as official"),
    "member transferred": _("Member transferred"),
    "member left": _("Member left the roll"),
    "member suspended": _("Member suspended"),
    "suspension lifted": _("Suspension lifted"),
    "party group joined": _("Party group of a member changed"),
    "member exempted": _("Member exempted"),
    "exemption ended": _("Last day of an exemption changed"),
    "member sent away": _("Temporary activity elsewhere begun"),
    "guest welcomed": _("Temporary activity here begun"),
    "stay ended": _("Last day of temporary activity changed"),
    "working changed": _("Working status changed"),
    "member appointed": _("Post given"),
    "post ended": _("Post ended"),
    "card number set": _("Card number recorded"),
    "card number removed": _("Card number removed"),
    "office phone set": _("Office phone changed"),
    "member corrected": _("Entry of a member corrected"),
    "first day corrected": _("First day of an entry corrected"),
    "entry struck": _("Entry made by mistake taken away"),
    "duplicates merged": _("Two entries of one member joined"),
    "strength figures entered": _("Strength entered as figures"),
    "roll loaded": _("Many members loaded"),
    "rolls changed": _("Many entries of members changed"),
    "posts loaded": _("Many posts given"),
    "strength figures loaded": _("Many strength figures loaded"),
    "roll of a cell": _("Looked at the roll of a cell"),
    "members by name": _("Looked for members by name"),
    "member": _("Looked at a member"),
    "who looked": _("Looked up who had looked at a member"),
    "post handed over": _("Post handed over"),
    "handover taken back": _("Handover taken back before its day"),
    "account of a member": _("Account given to a member"),
    "card number": _("Looked at a card number"),
}
TRAIL_WORDS = {
    "exemption": _("exemption"),
    "stay": _("temporary activity"),
    "workingspell": _("working time"),
} | {
    member.value: member.label
    for kind in (ExemptionBasis, PositionTitle, StandingKind)
    for member in kind
}


# The role that a post in a cell brings with it.
ROLE_OF_TITLE = {
    PositionTitle.SECRETARY: Role.SECRETARY,
    PositionTitle.STANDING_DEPUTY: Role.DEPUTY,
    PositionTitle.DEPUTY: Role.DEPUTY,
    PositionTitle.COMMITTEE_MEMBER: Role.COMMITTEE_MEMBER,
}
OFFICE_ROLES = (Role.SECRETARY, Role.DEPUTY, Role.COMMITTEE_MEMBER)
# What the role is called in an address.
OFFICE_SLUGS = {
    "bi-thu": Role.SECRETARY,
    "pho-bi-thu": Role.DEPUTY,
    "chi-uy-vien": Role.COMMITTEE_MEMBER,
}


class OfficeState(TextChoices):
    """How somebody who holds a post in a cell stands towards the product."""

    NO_ACCOUNT = "no_account", _("no account yet")
    NO_ROLE = "no_role", _("account without the role")
    NOT_YET = "not_yet", _("never signed in yet")
    IN_USE = "in_use", _("in use")
