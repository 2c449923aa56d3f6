"""What the pages of a meeting and of a cell show of dissemination and the e-handbook."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.additions import Hint, Panel
from nennep.organisation.models import Unit
from nennep.training.choices import Can
from nennep.training.queries.adoption import app_word
from nennep.training.queries.reach import owed_by

NAMED_AT_MOST = 3


def before_meeting(meeting: Meeting, person: Person) -> Panel | None:
    """Step 1: documents the cell has not made known yet; minutes that name them count."""
    if meeting.is_closed or meeting.kind == MeetingKind.CELL_COMMITTEE:
        return None
    owed = owed_by(meeting.unit) if may(person, Can.VIEW_TRAINING, meeting.unit) else []
    if not owed:
        return None
    return Panel(
        "dissemination", _("To be made known"), "training/_before.html", {"owed": owed}, icon="send"
    )


def after_meeting(meeting: Meeting, person: Person) -> Panel | None:
    """Step 5: the files for the e-handbook of the time, where one is in use."""
    app = app_word(meeting.unit, clock.today())
    if not app or not may(person, Can.ENTER_COUNTS, meeting.unit):
        return None
    return Panel(
        "e-handbook",
        _("Files for the e-handbook"),
        "training/_bundle.html",
        {"app": app},
        icon="download",
        url=reverse("training:bundle", args=[meeting.public_id]),
        button=_("Take the files"),
    )


def alerts(unit: Unit, person: Person) -> Iterator[Hint]:
    """What is due soonest; the page of the cell has the rest."""
    if not unit.is_cell or not may(person, Can.VIEW_TRAINING, unit):
        return
    for receipt in owed_by(unit)[:NAMED_AT_MOST]:
        said = _("To be made known until %(day)s: %(what)s")
        given = receipt.dissemination
        yield Hint(
            said % {"day": vn_date(given.due_on), "what": given.words},
            reverse("training:unit", args=[unit.code]),
        )
