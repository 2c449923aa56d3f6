from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a spreadsheet can be taken in as."""

    UNITS = "units", _("Organisations")
    MEMBERS = "members", _("Party members")
    ATTENDANCE = "attendance", _("Roll call of a meeting")
    HISTORY = "history", _("Past meetings")


class Verdict(TextChoices):
    """What taking a row in would do."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Same")
    DUPLICATE = "duplicate", _("Possibly there already")
    ERROR = "error", _("To be corrected")
    # Of a roll call: somebody whom the cell does not call, whatever the file says of them.
    OUTSIDE = "outside", _("Not called here")


# What every kind of table can come to.
PLAIN = (Verdict.NEW, Verdict.CHANGED, Verdict.SAME, Verdict.DUPLICATE, Verdict.ERROR)


class Can(StrEnum):
    IMPORT_TABLES = "import tables"


TRAIL = {
    "table read": _("Spreadsheet read for taking in"),
    "table discarded": _("Spreadsheet put aside, nothing taken in"),
    "table taken in": _("Spreadsheet taken in"),
    "import undone": _("Taking in of a spreadsheet undone"),
}
TRAIL_WORDS = {kind.value: kind.label for kind in Kind} | {"csv": "CSV", "xlsx": "Excel"}
