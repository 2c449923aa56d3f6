"""What the roll-call page of a meeting offers: the table of who attended."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.imports.choices import Can
from nennep.meetings.choices import Can as Meetings
from nennep.meetings.models import Meeting
from nennep.meetings.queries.additions import Panel


def at_roll_call(meeting: Meeting, person: Person) -> Panel | None:
    """While the roll call can still be written, where there is a roll."""
    unit = meeting.unit
    is_open = not (meeting.is_closed or meeting.cancelled_at or unit.is_figures_only)
    verbs = (Can.IMPORT_TABLES, Meetings.RECORD_MEETINGS)
    if not is_open or not all(may(person, verb, unit) for verb in verbs):
        return None
    return Panel(
        "attendance-table",
        _("Roll call from a spreadsheet"),
        "imports/_roll_call.html",
        icon="plus",
        url=reverse("imports:attendance", args=[meeting.public_id]),
        button=_("Choose the file"),
    )
