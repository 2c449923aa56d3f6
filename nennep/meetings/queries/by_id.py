"""One meeting by the id that its page and its papers show."""

from uuid import UUID

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.meetings.models import Meeting


def meeting_by_id(text: str) -> Meeting:
    """For the command line, which reaches every meeting; pages go through the guard."""
    found = None
    try:
        found = Meeting.objects.select_related("unit").filter(public_id=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refusal(
            _("There is no meeting “%(id)s”. Copy its id from the meeting's page.") % {"id": text},
            code="unknown_meeting",
        )
    return found
