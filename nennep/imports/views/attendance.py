"""The roll call of one meeting, from the table of who attended."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.imports.actions.reading import refuse_uncallable
from nennep.imports.choices import Can, Kind
from nennep.imports.forms import UploadForm
from nennep.imports.queries.kinds import IMPORTERS
from nennep.imports.views import frame
from nennep.meetings.choices import Can as Meetings
from nennep.meetings.models import Meeting
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Meetings.RECORD_MEETINGS)
def attendance(request: Request, public_id: UUID) -> HttpResponse:
    """The file; what it says is compared with the roll of the meeting's day."""
    meetings = Meeting.objects.select_related("unit", "roll_call")
    meeting = fetch(meetings, request.user, Meetings.RECORD_MEETINGS, public_id=public_id)
    if not may(request.user, Can.IMPORT_TABLES, meeting.unit):
        raise PermissionDenied
    importer = IMPORTERS[Kind.ATTENDANCE]
    if request.method == "GET":
        refuse_uncallable(meeting)
    form = UploadForm(request.POST or None, request.FILES or None)
    if answer := frame.read(request, form, meeting.unit, importer, meeting):
        return answer
    context = {
        "unit": meeting.unit,
        "meeting": meeting,
        "importer": importer,
        "form": form,
        "columns": importer.shape.columns,
        "note": importer.shape.note,
        "crumbs": frame.crumbs(meeting.unit, importer.kind.label, meeting),
    }
    status = 422 if form.errors else 200
    return render(request, "imports/upload.html", context, status=status)
