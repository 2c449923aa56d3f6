"""What can be taken in, the file itself, the template, and what is recorded as a table."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.core.trail import record_look
from nennep.imports.choices import Can
from nennep.imports.forms import UploadForm
from nennep.imports.models import Import
from nennep.imports.queries.export import export_of
from nennep.imports.queries.first_steps import first_steps, top_of
from nennep.imports.queries.kinds import IMPORTERS
from nennep.imports.queries.template import template_of
from nennep.imports.views import frame
from nennep.meetings.models import Meeting
from nennep.organisation.choices import Can as Organisation
from nennep.organisation.models import Unit
from nennep.papers.delimited import delimited
from nennep.papers.render import respond_bytes
from nennep.papers.xlsx import workbook
from nennep.ui.http import Request

EXPORTS = ("xlsx", "csv")
SHOWN_EARLIER = 50
MEETINGS_OFFERED = 20


@require_GET
@policy(Organisation.MANAGE_UNITS)
def steps(request: Request) -> HttpResponse:
    """What is still missing below the highest organisation the person manages."""
    unit = top_of(request.user)
    if unit is None:
        raise Http404
    found = first_steps(unit, request.user, clock.today())
    next_step = next((step for step in found if not step.is_done), None)
    context = {"unit": unit, "steps": found, "next_step": next_step}
    return render(request, "imports/first_steps.html", context)


@require_GET
@policy(Can.IMPORT_TABLES)
def start(request: Request, code: str) -> HttpResponse:
    """What can be taken in at a unit, and what was."""
    unit = fetch(Unit.objects.all(), request.user, Can.IMPORT_TABLES, code=code)
    allowed = [i for i in IMPORTERS.values() if may(request.user, i.verb, unit)]
    earlier = Import.objects.filter(unit=unit, kind__in=[i.kind for i in allowed])
    return render(
        request,
        "imports/start.html",
        {
            "unit": unit,
            "offered": [i for i in allowed if i.is_offered_at(unit)],
            "earlier": earlier.defer("table", "verdicts", "undo").select_related("uploaded_by")[
                :SHOWN_EARLIER
            ],
            "crumbs": frame.crumbs(unit, ""),
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.IMPORT_TABLES)
def upload(request: Request, code: str, kind: str) -> HttpResponse:
    """The file; of a roll call, which meeting first."""
    importer = frame.importer_by(kind)
    unit = frame.unit_for(request, code, importer)
    if importer.is_of_meeting:
        open_meetings = Meeting.objects.live().filter(
            unit=unit, started_at__isnull=False, closed_at__isnull=True
        )
        context = {
            "unit": unit,
            "importer": importer,
            "meetings": open_meetings.select_related("unit", "roll_call")[:MEETINGS_OFFERED],
            "crumbs": frame.crumbs(unit, importer.kind.label),
        }
        return render(request, "imports/meetings.html", context)
    form = UploadForm(request.POST or None, request.FILES or None)
    if answer := frame.read(request, form, unit, importer, None):
        return answer
    context = {
        "unit": unit,
        "importer": importer,
        "form": form,
        "columns": importer.shape.columns,
        "note": importer.shape.note,
        "crumbs": frame.crumbs(unit, importer.kind.label),
    }
    status = 422 if form.errors else 200
    return render(request, "imports/upload.html", context, status=status)


@require_GET
@policy(Can.IMPORT_TABLES)
def template(request: Request, kind: str) -> HttpResponse:
    importer = frame.importer_by(kind)
    return respond_bytes(template_of(importer.kind), f"mau-{importer.slug}", "xlsx")


@require_GET
@policy(Can.IMPORT_TABLES)
def export(request: Request, code: str, kind: str, form: str) -> HttpResponse:
    """What is recorded, as a table that can be corrected and taken in again. The look is recorded."""
    importer = frame.importer_by(kind)
    if form not in EXPORTS or not importer.is_exported:
        raise Http404
    unit = frame.unit_for(request, code, importer)
    sheet = export_of(importer.kind, unit)
    count = len(sheet.rows)
    record_look(
        "table taken away", unit, by=request.user, kind=importer.kind, form=form, count=count
    )
    content = workbook([sheet]) if form == "xlsx" else delimited(sheet)
    return respond_bytes(content, f"{importer.slug}-{unit.code}", form)
