from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Can(StrEnum):
    MAKE_REVIEWS = "make reviews"


TRAIL = {
    "published a review": _("Published a review"),
    "downloaded a review": _("Downloaded a review"),
}
# The kinds of file a review is taken away as.
FORMS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "json": "JSON"}
