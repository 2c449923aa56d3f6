"""What is said when a backup is not what was written."""

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal


class Damaged(Refusal):
    """The file was changed, cut off or badly copied after it was written."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("The backup is damaged: %(what)s. Use another one.") % {"what": what},
            code="damaged",
        )
        self.what = what
