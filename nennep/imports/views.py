"""From a file to the roll or the tree: read, mapped, looked at row by row, taken in, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core import jobs as running
from nennep.core.models import JobState
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.core.sheets.kept import unpack
from nennep.core.trail import record_look
from nennep.imports import actions, jobs
from nennep.imports.actions.reading import row_count, source_of
from nennep.imports.choices import Can, Kind, Verdict
from nennep.imports.forms import AnswersForm, MappingForm, UploadForm
from nennep.imports.models import Import
from nennep.imports.queries import preview as shown
from nennep.imports.queries.export import export_of
from nennep.imports.queries.first_steps import first_steps
from nennep.imports.queries.kinds import BY_SLUG, IMPORTERS, Importer, importer_of
from nennep.imports.queries.template import template_of
from nennep.organisation.choices import Can as Organisation
from nennep.organisation.models import Unit
from nennep.papers.delimited import delimited
from nennep.papers.render import respond_bytes
from nennep.papers.xlsx import workbook
from nennep.ui.http import Request

# Up to here a person waits no longer than for any page.
QUICK_ROWS = 600
ROWS_ON_A_PAGE = 50
SAMPLES = 3
PROBLEMS_LISTED = 100
EXPORTS = ("xlsx", "csv")
RUNNING = {JobState.WAITING, JobState.RUNNING}


@require_GET
@policy(Organisation.MANAGE_UNITS)
def steps(request: Request) -> HttpResponse:
    """What is still missing below the highest organisation the person manages."""
    paths = sorted(reach.path for reach in request.user.reaches(Organisation.MANAGE_UNITS))
    unit = get_object_or_404(Unit, path=paths[0])
    found = first_steps(unit, request.user, clock.today())
    next_step = next((step for step in found if not step.is_done), None)
    context = {"unit": unit, "steps": found, "next_step": next_step}
    return render(request, "imports/first_steps.html", context)


@require_GET
@policy(Can.IMPORT_TABLES)
def start(request: Request, code: str) -> HttpResponse:
    """What can be taken in at a unit, and what was."""
    unit = fetch(Unit.objects.all(), request.user, Can.IMPORT_TABLES, code=code)
    offered = [i for i in IMPORTERS.values() if may(request.user, i.verb, unit)]
    earlier = Import.objects.filter(unit=unit, kind__in=[i.kind for i in offered])
    return render(
        request,
        "imports/start.html",
        {
            "unit": unit,
            "offered": offered,
            "earlier": earlier.defer("table", "verdicts", "undo").select_related("uploaded_by")[
                :50
            ],
            "crumbs": _crumbs(unit, ""),
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.IMPORT_TABLES)
def upload(request: Request, code: str, kind: str) -> HttpResponse:
    """The file; what it says of itself decides which page comes next."""
    importer = _importer(kind)
    unit = fetch(Unit.objects.all(), request.user, Can.IMPORT_TABLES, code=code)
    if not may(request.user, importer.verb, unit):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = actions.read_file(
                unit,
                importer.kind,
                file=form.cleaned_data["file"].file,
                name=form.cleaned_data["file"].name,
                sheet=form.cleaned_data["sheet"],
                by=_user(request),
            )
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            return _judged(request, taken)
    context = {
        "unit": unit,
        "importer": importer,
        "form": form,
        "columns": importer.shape.columns,
        "crumbs": _crumbs(unit, importer.kind.label),
    }
    status = 422 if form.errors else 200
    return render(request, "imports/upload.html", context, status=status)


@require_GET
@policy(Can.IMPORT_TABLES)
def template(request: Request, kind: str) -> HttpResponse:
    importer = _importer(kind)
    return respond_bytes(template_of(importer.kind), f"mau-{importer.slug}", "xlsx")


@require_GET
@policy(Can.IMPORT_TABLES)
def export(request: Request, code: str, kind: str, form: str) -> HttpResponse:
    """What is recorded, as a table that can be corrected and taken in again. The look is recorded."""
    importer = _importer(kind)
    if form not in EXPORTS:
        raise Http404
    unit = fetch(Unit.objects.all(), request.user, Can.IMPORT_TABLES, code=code)
    if not may(request.user, importer.verb, unit):
        raise PermissionDenied
    sheet = export_of(importer.kind, unit)
    count = len(sheet.rows)
    record_look(
        "table taken away", unit, by=request.user, kind=importer.kind, form=form, count=count
    )
    content = workbook([sheet]) if form == "xlsx" else delimited(sheet)
    return respond_bytes(content, f"{importer.slug}-{unit.code}", form)


@require_http_methods(["GET", "POST"])
@policy(Can.IMPORT_TABLES)
def columns(request: Request, public_id: UUID) -> HttpResponse:
    """What each column means; asked for only where it does not show by itself."""
    taken = _taken(request, public_id)
    _refuse_over(taken)
    headings = unpack(bytes(taken.table)).headings
    choices = [(c.key, c.title) for c in importer_of(taken.kind).shape.columns]
    data = request.POST if request.method == "POST" else None
    mapping = dict(taken.mapping["columns"])
    form = MappingForm(data, headings=headings, choices=choices, mapping=mapping)
    if data is not None and form.is_valid():
        try:
            taken = actions.map_columns(taken, chosen=form.chosen, by=_user(request))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _judged(request, taken)
    samples = list(shown.samples_of(taken, SAMPLES))
    rows = [
        {
            "heading": heading,
            "field": form[f"column_{heading.column}"] if not heading.barred else None,
            "samples": [shown.as_text(row.at(heading.column)) for row in samples],
        }
        for heading in headings
    ]
    context = {
        "taken": taken,
        "unit": taken.unit,
        "form": form,
        "rows": rows,
        "crumbs": _crumbs(taken.unit, taken.file_name),
    }
    return render(request, "imports/columns.html", context, status=422 if form.errors else 200)


@require_GET
@policy(Can.IMPORT_TABLES)
def preview(request: Request, public_id: UUID) -> HttpResponse:
    """The verdict on every row, while nothing is written yet; afterwards, what came of it."""
    taken = _taken(request, public_id)
    if taken.job is not None and taken.job.state in RUNNING:
        fragment = "imports/_progress.html" if request.htmx else "imports/progress.html"
        return render(request, fragment, _frame(taken))
    if request.htmx:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    if not taken.is_open:
        return render(request, "imports/result.html", _frame(taken))
    return render(request, "imports/preview.html", _frame(taken) | _verdicts(request, taken))


@require_POST
@policy(Can.IMPORT_TABLES)
def answer(request: Request, public_id: UUID) -> HttpResponse:
    taken = _taken(request, public_id)
    form = _answers_form(taken, request.POST)
    if form.is_valid():
        taken = actions.answer(taken, answers=form.answers)
    return _judged(request, taken)


@require_POST
@policy(Can.IMPORT_TABLES)
def others(request: Request, public_id: UUID) -> HttpResponse:
    """Rows that a person says are none of those that stand there already."""
    taken = _taken(request, public_id)
    _source, _places, answers = source_of(taken)
    rows = frozenset(int(row) for row in request.POST.getlist("row") if row.isdecimal())
    taken = actions.answer(taken, answers=answers.with_others(rows))
    return _judged(request, taken)


@require_POST
@policy(Can.IMPORT_TABLES)
def take(request: Request, public_id: UUID) -> HttpResponse:
    taken = _taken(request, public_id)
    if row_count(taken) <= QUICK_ROWS:
        actions.take_in(taken, by=_user(request))
    else:
        _start(request, taken, jobs.take_table, _("Taking in %(file)s"))
    return redirect("imports:preview", taken.public_id)


@require_POST
@policy(Can.IMPORT_TABLES)
def discard(request: Request, public_id: UUID) -> HttpResponse:
    taken = actions.discard(_taken(request, public_id), by=_user(request))
    messages.success(request, _("The file was put aside. Nothing of it is kept."))
    return redirect("imports:start", taken.unit.code)


@require_POST
@policy(Can.IMPORT_TABLES)
def undo(request: Request, public_id: UUID) -> HttpResponse:
    taken = actions.undo(_taken(request, public_id), by=_user(request))
    messages.success(request, _("Everything this file brought is gone again."))
    return redirect("imports:start", taken.unit.code)


# --- what several pages do ----------------------------------------------------------------------


def _importer(slug: str) -> Importer:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _taken(request: Request, public_id: UUID) -> Import:
    """The right to take in tables and the right to change what this kind of table changes."""
    imports = Import.objects.select_related("unit", "job", "uploaded_by").defer("undo")
    taken = fetch(imports, request.user, Can.IMPORT_TABLES, public_id=public_id)
    if not may(request.user, importer_of(taken.kind).verb, taken.unit):
        raise PermissionDenied
    return taken


def _refuse_over(taken: Import) -> None:
    if not taken.is_open:
        raise Refusal(
            _("This spreadsheet was taken in or put aside already. Choose the file again."),
            code="import_over",
        )


def _judged(request: Request, taken: Import) -> HttpResponse:
    """Where every column is known, the verdicts; else the page that asks what the others mean."""
    if row_count(taken) <= QUICK_ROWS:
        actions.judge(taken, by=_user(request))
    else:
        _start(request, taken, jobs.judge_table, _("Comparing %(file)s"))
    return redirect("imports:preview", taken.public_id)


def _start(request: Request, taken: Import, task: Any, title: str) -> None:
    job = running.start(
        task,
        kind=jobs.KIND,
        title=title % {"file": taken.file_name},
        by=request.user,
        import_id=taken.pk,
        person_id=_user(request).pk,
    )
    Import.objects.filter(pk=taken.pk).update(job=job)


def _frame(taken: Import) -> dict[str, Any]:
    return {
        "taken": taken,
        "unit": taken.unit,
        "importer": importer_of(taken.kind),
        "job": taken.job,
        "counts": taken.counts,
        "crumbs": _crumbs(taken.unit, taken.file_name),
    }


def _verdicts(request: Request, taken: Import) -> dict[str, Any]:
    chosen = request.GET.get("ket-qua", "")
    verdict = chosen if chosen in Verdict.values else ""
    lines = shown.unpack_verdicts(bytes(taken.verdicts), verdict)
    page = Paginator(lines, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    kept = unpack(bytes(taken.table))
    places = {column: key for column, key in taken.mapping["columns"] if key}
    importer = importer_of(taken.kind)
    titles = {
        column: importer.shape.by_key[key].title
        for column, key in places.items()
        if key not in importer.heads
    }
    return {
        "is_judged": taken.judged_at is not None,
        "verdict": verdict,
        "filters": [(v, v.label, taken.counts.get(v, 0)) for v in Verdict],
        "page": page,
        "rows": shown.shown_rows(taken, list(page.object_list), titles),
        "titles": list(titles.values()),
        "to_take": taken.counts.get(Verdict.NEW, 0) + taken.counts.get(Verdict.CHANGED, 0),
        "problems": shown.problems_of(taken, PROBLEMS_LISTED),
        "answers": _answers_form(taken, None),
        "barred": [h for h in kept.headings if h.barred],
        "unknown": [h for h in kept.headings if h.is_unknown and h.column not in places],
    }


def _answers_form(taken: Import, data: Any) -> AnswersForm:
    _source, _places, answers = source_of(taken)
    return AnswersForm(
        data,
        questions=taken.counts.get("questions", {}),
        answers=answers,
        asks_first_day=taken.kind == Kind.MEMBERS,
    )


def _crumbs(unit: Unit, last: Any) -> list[tuple[str, str]]:
    crumbs = [
        (unit.name, reverse("organisation:unit", args=[unit.code])),
        (_("Take in a spreadsheet"), reverse("imports:start", args=[unit.code]) if last else ""),
    ]
    return [*crumbs, (str(last), "")] if last else crumbs


def _user(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- the policy lets nobody else in
    return request.user
