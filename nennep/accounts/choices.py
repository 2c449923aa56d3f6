from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Cell secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    COMMITTEE_MEMBER = "committee_member", _("Cell committee member")
    MINUTE_TAKER = "minute_taker", _("Minute-taker of one meeting")
    OFFICER = "officer", _("Committee officer")
    VIEWER = "viewer", _("Committee viewer")
    ORGANISATION_OFFICER = "organisation_officer", _("Organisation-department officer")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that are held in a cell itself: there, content is one's own.
CELL_ROLES = frozenset(
    {Role.MEMBER, Role.SECRETARY, Role.DEPUTY, Role.COMMITTEE_MEMBER, Role.MINUTE_TAKER}
)


class Can(StrEnum):
    VIEW_GRANTS = "view grants"
    MANAGE_GRANTS = "manage grants"
    VIEW_TRAIL = "view trail"


# What the audit page calls the changes made here.
TRAIL = {
    "account created": _("Account created"),
    "first administrator created": _("First administrator created"),
    "role granted": _("Role granted"),
    "role withdrawn": _("Role withdrawn"),
    "minute pass given": _("Code for a minute-taker given"),
    "password set": _("New password set by an administrator"),
    "password changed": _("Password changed"),
    "account closed": _("Account closed"),
    "signed in": _("Signed in"),
    "signed out": _("Signed out"),
}

# What the audit page calls what a line says besides.
TRAIL_DETAILS = {
    "user": _("account"),
    "username": _("account"),
    "role": _("role"),
    "title": _("title"),
    "code": _("code"),
    "name": _("name"),
    "display_name": _("name"),
    "label": _("term"),
    "kind": _("kind"),
    "cell": _("cell"),
    "parent": _("under"),
    "meeting": _("meeting"),
    "month": _("month"),
    "before": _("before"),
    "after": _("after"),
    "on": _("from"),
    "valid_from": _("from"),
    "valid_to": _("last day"),
    "founded_on": _("founded on"),
    "starts_on": _("first day"),
    "ends_on": _("last day"),
    "last_day": _("last day"),
    "successor": _("goes on as"),
    "is_principal": _("principal"),
    "unusual": _("unusual place"),
    "reads_content": _("reads minutes and names"),
    "count": _("number"),
    "reason": _("reason"),
}
