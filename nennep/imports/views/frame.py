"""What the pages of a table on its way in share: the record and its guards, the way they lead on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.accounts.queries.asking import user_of
from nennep.core import jobs as running
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.imports import actions, jobs
from nennep.imports.actions.reading import row_count
from nennep.imports.choices import Can
from nennep.imports.forms import UploadForm
from nennep.imports.models import Import
from nennep.imports.queries.kinds import BY_SLUG, Importer, importer_of
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.ui.http import Request

# Up to here a person waits no longer than for any page.
QUICK_ROWS = 600


def importer_by(slug: str) -> Importer:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def unit_for(request: Request, code: str, importer: Importer) -> Unit:
    """The right to take in tables and the right to change what this kind of table changes."""
    unit = fetch(Unit.objects.all(), request.user, Can.IMPORT_TABLES, code=code)
    if not may(request.user, importer.verb, unit):
        raise PermissionDenied
    return unit


def taken_of(request: Request, public_id: UUID) -> Import:
    """The table, with the same two rights."""
    imports = Import.objects.select_related("unit", "meeting", "job", "uploaded_by").defer("undo")
    taken = fetch(imports, request.user, Can.IMPORT_TABLES, public_id=public_id)
    if not may(request.user, importer_of(taken.kind).verb, taken.unit):
        raise PermissionDenied
    return taken


def refuse_over(taken: Import) -> None:
    if not taken.is_open:
        raise Refusal(
            _("This spreadsheet was taken in or put aside already. Choose the file again."),
            code="import_over",
        )


def read(
    request: Request, form: UploadForm, unit: Unit, importer: Importer, meeting: Meeting | None
) -> HttpResponse | None:
    """The page that follows; None where the file was refused, with the sentence beside its field."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        taken = actions.read_file(
            unit,
            importer.kind,
            file=form.cleaned_data["file"].file,
            name=form.cleaned_data["file"].name,
            sheet=form.cleaned_data["sheet"],
            meeting=meeting,
            by=user_of(request),
        )
    except Refusal as refusal:
        form.add_error("file", refusal.message)
        return None
    return judged(request, taken)


def judged(request: Request, taken: Import) -> HttpResponse:
    """Where every column is known, the verdicts; else the page that asks what the others mean."""
    if row_count(taken) <= QUICK_ROWS:
        actions.judge(taken, by=user_of(request))
    else:
        begin(request, taken, jobs.judge_table, _("Comparing %(file)s"))
    return redirect("imports:preview", taken.public_id)


def take_in(request: Request, taken: Import) -> None:
    if row_count(taken) <= QUICK_ROWS:
        actions.take_in(taken, by=user_of(request))
    else:
        begin(request, taken, jobs.take_table, _("Taking in %(file)s"))


def begin(request: Request, taken: Import, task: Callable[..., Any] | Any, title: str) -> None:
    job = running.start(
        task,
        kind=jobs.KIND,
        title=title % {"file": taken.file_name},
        by=request.user,
        import_id=taken.pk,
        person_id=user_of(request).pk,
    )
    Import.objects.filter(pk=taken.pk).update(job=job)


def upload_again(taken: Import) -> str:
    """Where the corrected file is chosen."""
    if taken.meeting is not None:
        return reverse("imports:attendance", args=[taken.meeting.public_id])
    return reverse("imports:upload", args=[taken.unit.code, importer_of(taken.kind).slug])


def home_of(taken: Import) -> str:
    """Where a person goes on once the table is done with."""
    if taken.meeting is not None:
        return reverse("meetings:roll-call", args=[taken.meeting.public_id])
    return reverse("imports:start", args=[taken.unit.code])


def crumbs(unit: Unit, last: Any, meeting: Meeting | None = None) -> list[tuple[str, str]]:
    found = [
        (unit.name, reverse("organisation:unit", args=[unit.code])),
        (_("Take in a spreadsheet"), reverse("imports:start", args=[unit.code]) if last else ""),
    ]
    if meeting is not None:
        found[1:] = [(str(meeting), reverse("meetings:roll-call", args=[meeting.public_id]))]
    return [*found, (str(last), "")] if last else found
