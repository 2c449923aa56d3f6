from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    CITY = "city", _("City or province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune or ward")
    UPPER_COMMITTEE = "upper_committee", _("Committee directly above grassroots")
    GRASSROOTS_COMMITTEE = "grassroots_committee", _("Grassroots committee")
    SUB_GRASSROOTS_COMMITTEE = (
        "sub_grassroots_committee",
        _("Committee under a grassroots committee"),
    )
    SECTION = "section", _("Sectional committee")
    GRASSROOTS_CELL = "grassroots_cell", _("Grassroots cell")
    CELL = "cell", _("Cell")


# The units that hold the meetings of this programme; in figures "cells" are both together.
CELL_KINDS = frozenset({UnitKind.CELL, UnitKind.GRASSROOTS_CELL})
# Grassroots organisations (tổ chức cơ sở đảng), before QĐ 208 of 2026 made the commune one.
GRASSROOTS_KINDS = frozenset({UnitKind.GRASSROOTS_COMMITTEE, UnitKind.GRASSROOTS_CELL})


class Block(TextChoices):
    RESIDENTIAL = "residential", _("Village or residential group")
    OFFICE = "office", _("Administration and public service")
    STATE_ENTERPRISE = "state_enterprise", _("State enterprise")
    PRIVATE_ENTERPRISE = "private_enterprise", _("Private or foreign enterprise")
    STUDENT = "student", _("Pupils and students")
    ARMY = "army", _("Army")
    POLICE = "police", _("Police")


# These keep figures only: totals, no persons.
FIGURES_ONLY_BLOCKS = frozenset({Block.ARMY, Block.POLICE})


class BodyKind(TextChoices):
    COMMITTEE = "committee", _("Executive committee")
    STANDING_COMMITTEE = "standing_committee", _("Standing committee")
    CELL_COMMITTEE = "cell_committee", _("Cell committee")
    CELL_SECRETARIAT = "cell_secretariat", _("Secretary and deputy of a cell without a committee")


class Can(StrEnum):
    VIEW_UNIT = "view unit"
    MANAGE_UNITS = "manage units"


# What the audit page calls the changes made here.
TRAIL = {
    "unit created": _("Organisation created"),
    "units loaded": _("Many organisations loaded"),
    "bodies loaded": _("Many bodies established"),
    "party groups loaded": _("Many party groups formed"),
    "unit renamed": _("Organisation renamed"),
    "unit kind changed": _("Kind of organisation changed"),
    "unit block changed": _("Block changed"),
    "unit national code set": _("National code set"),
    "unit moved": _("Organisation moved"),
    "unit closed": _("Organisation closed"),
    "lineage written": _("Successor recorded"),
    "body established": _("Body established"),
    "term begun": _("Term begun"),
    "term ended": _("Term ended"),
    "party group opened": _("Party group formed"),
    "party group closed": _("Party group ended"),
}
TRAIL_WORDS = {
    member.value: member.label for kind in (UnitKind, Block, BodyKind) for member in kind
}
