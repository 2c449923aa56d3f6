"""The e-handbook: how many have it, the grid on which it is counted, the files for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock, trail
from nennep.core.periods import parse_day
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.meetings.choices import Can as CanMeetings
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.papers.render import safe_stem
from nennep.training import actions
from nennep.training.choices import Can
from nennep.training.forms import FileForm, GridForm
from nennep.training.queries.adoption import adoption_of, grid_rows
from nennep.training.queries.bundle import meeting_bundle
from nennep.training.queries.export_files import counts_in_file
from nennep.training.views import frame
from nennep.ui.http import Request
from nennep.ui.taking import page_of

CELLS = 40


@require_GET
@policy(Can.VIEW_TRAINING)
def adoption(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.VIEW_TRAINING, code)
    page = {
        "unit": unit,
        "adoption": adoption_of(unit, _day(request)),
        "may_count": may(request.user, Can.ENTER_COUNTS, unit),
        "crumbs": frame.crumbs(unit, (_("E-handbook"), "")),
    }
    return render(request, "training/adoption.html", page)


def _day(request: Request) -> date:
    try:
        return min(parse_day(request.GET.get("ngay", "")), clock.today())
    except Refusal:
        return clock.today()


@require_http_methods(["GET", "POST"])
@policy(Can.ENTER_COUNTS)
def count(request: Request, code: str) -> HttpResponse:
    """One grid for the cells below, page by page; a file, if given, only fills it in."""
    unit = frame.unit_to(request, Can.ENTER_COUNTS, code)
    cells = Unit.objects.within(unit).cells().living().order_by("path").select_related("parent")
    shown = page_of(request, cells, CELLS)
    rows = grid_rows(list(shown), clock.today())
    files, found, troubles = FileForm(), dict[int, Mapping[str, int]](), list[str]()
    if request.method == "POST" and request.POST.get("do") == "file":
        files = FileForm(request.POST, request.FILES)
        if files.is_valid():
            found, troubles = _read(files, list(cells))
        form = GridForm(None, rows=rows, found=found)
        return _grid(request, unit, form, files, shown, found, troubles)
    form = GridForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_bound and form.is_valid() and _is_counted(request, unit, form):
        if shown.has_next():
            return redirect(f"{request.path}?page={shown.next_page_number()}")
        return redirect("training:adoption", unit.code)
    return _grid(request, unit, form, files, shown, found, troubles)


def _is_counted(request: Request, unit: Unit, form: GridForm) -> bool:
    counts, by = form.counts, request.user
    user: Any = by
    on = form.cleaned_data["on"]
    if not frame.taken(form, lambda: actions.count_adoption(unit, counts=counts, on=on, by=user)):
        return False
    said = ngettext("%(count)s cell is counted.", "%(count)s cells are counted.", len(counts))
    messages.success(request, said % {"count": len(counts)})
    return True


def _read(form: FileForm, cells: list[Unit]) -> tuple[dict[int, Mapping[str, int]], list[str]]:
    file = form.cleaned_data["file"]
    try:
        read = counts_in_file(file.file, file.name, cells)
    except Refusal as refusal:
        form.add_error("file", refusal.message)
        return {}, []
    return dict(read.by_cell), list(read.troubles)


def _grid(
    request: Request,
    unit: Unit,
    form: GridForm,
    files: FileForm,
    shown: Page[Any],
    found: Mapping[int, Mapping[str, int]],
    troubles: list[str],
) -> HttpResponse:
    here = {row.cell.pk for row in form.rows}
    page = {
        "unit": unit,
        "form": form,
        "files": files,
        "page": shown,
        "found": len(found),
        "elsewhere": len(set(found) - here),
        "troubles": troubles,
        "crumbs": frame.crumbs(
            unit, (_("E-handbook"), f"/so-tay-dien-tu/{unit.code}/"), (_("Count"), "")
        ),
    }
    is_wrong = form.is_bound or bool(files.errors)
    return render(request, "training/count.html", page, status=422 if is_wrong else 200)


@require_GET
@policy(CanMeetings.VIEW_MEETINGS)
def bundle(request: Request, public_id: UUID) -> HttpResponse:
    """The files of a meeting for the e-handbook, in one ZIP. Nothing is sent anywhere."""
    meeting = fetch(
        Meeting.objects.select_related("unit"),
        request.user,
        CanMeetings.VIEW_MEETINGS,
        public_id=public_id,
    )
    trail.record_look("files for the e-handbook taken", meeting, by=request.user)
    response = HttpResponse(meeting_bundle(meeting), content_type="application/zip")
    stem = safe_stem(f"so-tay {meeting.unit.name} {meeting.period:%Y-%m}")
    response["Content-Disposition"] = f'attachment; filename="{stem}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
