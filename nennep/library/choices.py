from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Can(StrEnum):
    SEARCH = "search"


# What the audit page calls the changes made here.
TRAIL = {
    "collection indexed": _("Collection indexed for search"),
}
