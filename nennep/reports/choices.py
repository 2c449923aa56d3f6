from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Can(StrEnum):
    MAKE_REVIEWS = "make reviews"


TRAIL = {
    "published a review": _("Published a review"),
    "downloaded a review": _("Downloaded a review"),
}
