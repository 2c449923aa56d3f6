"""The class table of a month; the superior confirms the many and decides the few."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.http import Request
from nennep.core import clock, trail
from nennep.core.periods import add_months, month_of, parse_month
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import ScopedQuerySet, fetch, may
from nennep.meetings.choices import Can as CanMeet
from nennep.organisation.models import Unit
from nennep.papers.render import respond_bytes
from nennep.quality import actions
from nennep.quality.choices import CLASSES, Can, FormKind, MeetingClass
from nennep.quality.forms.deciding import DecisionForm, KeptBackForm, PeriodChoiceForm
from nennep.quality.models import OfficeForm, ScoreSheet
from nennep.quality.queries.attention import doubts
from nennep.quality.queries.class_files import classes_json, classes_workbook, period_workbook
from nennep.quality.queries.classes import class_table
from nennep.quality.queries.filled import filled_sheet
from nennep.quality.queries.periods import period_table

CELLS_AT_MOST = 1_000  # more than anybody reads on a page


class UnitsWithClasses(ScopedQuerySet[Unit]):
    """Units whose classes a person may see."""

    to_view = Can.VIEW_CLASSES
    path_lookup = "path"


def class_unit(request: Request, can: str, code: str) -> Unit:
    return fetch(UnitsWithClasses(Unit), request.user, can, code=code)


def month_asked(request: Request) -> date:
    """`thang`; from a board, the last month of its period (`den`); else the month before this one."""
    text = request.GET.get("thang") or request.GET.get("den")
    return parse_month(text) if text else add_months(month_of(clock.today()), -1)


@require_GET
@policy(Can.VIEW_CLASSES)
def classes_home(request: Request) -> HttpResponse:
    """The topmost unit whose classes the person sees."""
    top = UnitsWithClasses(Unit).visible_to(request.user).order_by("depth", "path").first()
    return redirect("quality:classes", top.code) if top else redirect("/")


@require_GET
@policy(Can.VIEW_CLASSES)
def classes(request: Request, code: str) -> HttpResponse:
    unit, month = class_unit(request, Can.VIEW_CLASSES, code), month_asked(request)
    this = month_of(clock.today())
    frame = {
        "unit": unit,
        "month": month,
        "earlier": add_months(month, -1),
        "later": add_months(month, 1) if month < this else None,
        "crumbs": crumbs(request, unit, "quality:classes", f"?thang={month:%Y-%m}"),
    }
    if not unit.is_cell and Unit.objects.within(unit).cells().count() > CELLS_AT_MOST:
        below = UnitsWithClasses(Unit).filter(parent=unit).order_by("sort_key", "pk")
        return render(request, "quality/class_units.html", frame | {"below": below})
    table = class_table(unit, month)
    may_decide = may(request.user, Can.DECIDE_CLASSES, unit) and not unit.is_cell
    return render(
        request,
        "quality/classes.html",
        frame
        | {
            "table": table,
            "counts": [(MeetingClass(k).label, table.counts[k]) for k in CLASSES],
            "may_decide": may_decide,
            **_forms(request, unit, FormKind.MONTH),
            "doubts": doubts(table.rows) if may_decide and table.waiting else [],
            "reads": may(request.user, CanMeet.VIEW_MEETINGS, unit),
            "below": _below(request, unit),
        },
    )


def _forms(request: Request, unit: Unit, kind: str) -> dict[str, Any]:
    """Own forms that the table can be filled into, and whether the person keeps them."""
    forms = [] if unit.is_cell else list(OfficeForm.objects.for_unit(unit).filter(kind=kind))
    return {"forms": forms, "may_decide_here": may(request.user, Can.DECIDE_CLASSES, unit)}


def _below(request: Request, unit: Unit) -> list[Unit]:
    """Committees directly below, each with a table of its own."""
    units = UnitsWithClasses(Unit).visible_to(request.user).filter(parent=unit)
    return [each for each in units.order_by("sort_key", "pk") if not each.is_cell]


def crumbs(request: Request, unit: Unit, url_name: str, query: str) -> list[tuple[str, str]]:
    """The units above that the person may see classes of, then the unit itself."""
    reaches = [reach.path for reach in request.user.reaches(Can.VIEW_CLASSES)]
    above = [
        (each.name, reverse(url_name, args=[each.code]) + query)
        for each in Unit.objects.above(unit)
        if any(each.path.startswith(path) for path in reaches)
    ]
    return [*above, (unit.name, "")]


@require_GET
@policy(Can.VIEW_CLASSES)
def classes_file(request: Request, code: str, form: str) -> HttpResponse:
    """The ten columns as a workbook; the same as JSON."""
    unit, month = class_unit(request, Can.VIEW_CLASSES, code), month_asked(request)
    if form not in {"xlsx", "json"}:
        raise Http404
    trail.record_look("classes taken as a file", unit, by=request.user, month=f"{month:%Y-%m}")
    table = class_table(unit, month)
    stem = f"xep-loai-{unit.code.lower()}-{month:%Y-%m}"
    if form == "xlsx":
        return respond_bytes(classes_workbook(table), stem, "xlsx")
    return _json(classes_json(table), stem)


def _json(content: dict[str, Any], stem: str) -> HttpResponse:
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{stem}.json"'
    return response


@require_GET
@policy(Can.VIEW_CLASSES)
def period_classes(request: Request, code: str) -> HttpResponse:
    """Half-year or year: how many months of each class, and the class by the rule in force."""
    unit = class_unit(request, Can.VIEW_CLASSES, code)
    form = PeriodChoiceForm(request.GET)
    year, part = form.year, form.part
    frame = {
        "unit": unit,
        "form": form,
        "year": year,
        "part": part,
        "crumbs": crumbs(request, unit, "quality:period", f"?nam={year}&ky={part}"),
    }
    if not unit.is_cell and Unit.objects.within(unit).cells().count() > CELLS_AT_MOST:
        below = UnitsWithClasses(Unit).filter(parent=unit).order_by("sort_key", "pk")
        return render(request, "quality/period_units.html", frame | {"below": below})
    table = period_table(unit, year, part)
    forms = _forms(request, unit, FormKind.PERIOD)
    return render(request, "quality/period.html", frame | forms | {"table": table})


@require_GET
@policy(Can.VIEW_CLASSES)
def period_file(request: Request, code: str) -> HttpResponse:
    """The roll-up as a workbook."""
    unit = class_unit(request, Can.VIEW_CLASSES, code)
    form = PeriodChoiceForm(request.GET)
    trail.record_look(
        "classes taken as a file", unit, by=request.user, year=form.year, label=form.part
    )
    content = period_workbook(period_table(unit, form.year, form.part))
    return respond_bytes(content, f"xep-loai-{unit.code.lower()}-{form.year}-{form.part}", "xlsx")


@require_POST
@policy(Can.DECIDE_CLASSES)
def confirm(request: Request, code: str) -> HttpResponse:
    """All that wait become official as the cells gave them, except those kept back."""
    unit = class_unit(request, Can.DECIDE_CLASSES, code)
    form = KeptBackForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Reload the page and try again."), code="not_understood")
    month, but = form.cleaned_data["thang"], form.cleaned_data["but"]
    count = actions.confirm_classes(unit, month=month, but=but, by=request.user)
    messages.success(
        request,
        ngettext("%(count)s class is official now.", "%(count)s classes are official now.", count)
        % {"count": count},
    )
    return redirect(f"{reverse('quality:classes', args=[unit.code])}?thang={month:%Y-%m}")


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_CLASSES)
def decide(request: Request, public_id: UUID) -> HttpResponse:
    """One meeting: the cell's own class, what the facts say, and the superior's decision."""
    sheets = ScoreSheet.objects.select_related("meeting__unit", "vote")
    sheet = fetch(sheets, request.user, Can.DECIDE_CLASSES, meeting__public_id=public_id)
    meeting = sheet.meeting
    back = f"{reverse('quality:classes', args=[_superior(request, meeting.unit).code])}?thang={meeting.period:%Y-%m}"
    form = DecisionForm(request.POST or None, sheet=sheet)
    if request.method == "POST" and _is_decided(request, sheet, form):
        return redirect(back)
    filled = filled_sheet(meeting)
    return render(
        request,
        "quality/decide.html",
        {
            "sheet": sheet,
            "meeting": meeting,
            "filled": filled,
            "form": form,
            "back": back,
            "reads": may(request.user, CanMeet.VIEW_MEETINGS, meeting.unit),
        },
        status=422 if form.errors else 200,
    )


def _superior(request: Request, cell: Unit) -> Unit:
    """The nearest unit above the cell that the person decides for."""
    for unit in reversed(list(Unit.objects.above(cell))):
        if may(request.user, Can.DECIDE_CLASSES, unit):
            return unit
    return cell


def _is_decided(request: Request, sheet: ScoreSheet, form: DecisionForm) -> bool:
    if request.POST.get("do") == "take_back":
        actions.take_back_class(sheet, by=request.user)
        messages.success(request, _("The official class was taken back."))
        return True
    if not form.is_valid():
        return False
    try:
        actions.decide_class(sheet, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    messages.success(request, _("The class is official now."))
    return True
