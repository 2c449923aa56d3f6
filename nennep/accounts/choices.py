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
