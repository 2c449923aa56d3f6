"""Inspections and supervisions: the plan of a year, and one of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.core.text import whole_number
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.inspections import (
    FollowUpForm,
    InspectionPlanForm,
    InspectionRecordForm,
)
from nennep.quality.forms.recommendations import RecommendForm
from nennep.quality.forms.visits import ReasonForm
from nennep.quality.models import Inspection
from nennep.quality.queries.supervision import inspections_under
from nennep.quality.queries.supervision_rules import answer_due
from nennep.quality.views import overseeing as frame
from nennep.ui.http import Request

YEARS = range(2018, 2101)


def _year_asked(request: Request) -> int:
    """`nam`; from a board, the year its period ends in (`den`)."""
    text = request.GET.get("nam") or request.GET.get("den", "")[:4]
    year = whole_number(text)
    return year if year is not None and year in YEARS else clock.today().year


@require_GET
@policy(Can.VIEW_SUPERVISION)
def inspections(request: Request, code: str) -> HttpResponse:
    """The plan of a year, and how far each has come."""
    unit = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    year = _year_asked(request)
    rows = list(inspections_under(unit, request.user).filter(year=year))
    page = {
        "unit": unit,
        "year": year,
        "rows": rows,
        "made": sum(1 for row in rows if row.ended_on),
        "may_arrange": may(request.user, Can.ARRANGE_SUPERVISION, unit) and not unit.is_cell,
        "crumbs": frame.crumbs(request, unit, _("Inspection and supervision")),
    }
    return render(request, "quality/inspections.html", page)


@require_http_methods(["GET", "POST"])
@policy(Can.ARRANGE_SUPERVISION)
def plan_inspection(request: Request, code: str) -> HttpResponse:
    committee = frame.unit_to(request, Can.ARRANGE_SUPERVISION, code)
    below = Unit.objects.within(committee).living().exclude(pk=committee.pk).order_by("sort_key")
    form = InspectionPlanForm(request.POST or None, below=below)
    if request.method == "POST" and frame.taken(form, lambda: _plan(request, committee, form)):
        messages.success(request, _("The inspection is planned."))
        year = form.cleaned_data["planned_from"].year
        return redirect(f"{frame.of_unit('inspections', committee)}?nam={year}")
    page = {
        "unit": committee,
        "form": form,
        "crumbs": frame.crumbs(request, committee, _("Plan an inspection")),
    }
    return render(
        request, "quality/plan_inspection.html", page, status=422 if form.is_bound else 200
    )


def _plan(request: Request, committee: Unit, form: InspectionPlanForm) -> None:
    by: Any = request.user
    actions.plan_inspection(committee, form.organisation, plan=form.plan, by=by)


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_SUPERVISION)
def inspection(request: Request, public_id: UUID) -> HttpResponse:
    """One: planned, made, concluded, followed up; and what was recommended after it."""
    rows = Inspection.objects.select_related("unit", "committee")
    found = fetch(rows, request.user, Can.VIEW_SUPERVISION, public_id=public_id)
    may_write = may(request.user, Can.ARRANGE_SUPERVISION, found.unit)
    do = request.POST.get("do", "")
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    forms = _forms(request, found, do) if may_write and found.cancelled_on is None else {}
    if request.method == "POST" and _is_done(request, found, do, forms):
        return redirect("quality:inspection", found.public_id)
    page = {
        "found": found,
        "unit": found.unit,
        "forms": forms,
        "recommendations": found.recommendations.live().order_by("due_on", "pk"),
        "crumbs": frame.crumbs(request, found.unit, _("Inspection and supervision")),
    }
    return render(
        request, "quality/inspection.html", page, status=422 if request.method == "POST" else 200
    )


def _forms(request: Request, found: Inspection, do: str) -> dict[str, Any]:
    """What can be written now: the plan until it begins, then what happened and what came of it."""

    def data(name: str) -> Any:
        return request.POST if do == name else None

    forms: dict[str, Any] = {"record": InspectionRecordForm(data("record"), inspection=found)}
    if found.began_on is None:
        forms["change"] = InspectionPlanForm(data("change"), inspection=found)
        forms["cancel"] = ReasonForm(data("cancel"))
        return forms
    due_on = answer_due(found.unit, clock.today())
    forms["recommend"] = RecommendForm(data("recommend"), due_on=due_on)
    if found.ended_on is not None:
        forms["follow_up"] = FollowUpForm(data("follow_up"), inspection=found)
    return forms


def _is_done(request: Request, found: Inspection, do: str, forms: dict[str, Any]) -> bool:
    by: Any = request.user
    acts: dict[str, Callable[[Any], object]] = {
        "change": lambda form: actions.change_inspection(found, plan=form.plan, by=by),
        "cancel": lambda form: actions.cancel_inspection(found, by=by, **form.cleaned_data),
        "record": lambda form: actions.record_inspection(found, record=form.record, by=by),
        "follow_up": lambda form: actions.follow_up(found, by=by, **form.cleaned_data),
        "recommend": lambda form: actions.recommend(found, by=by, **form.cleaned_data),
    }
    if do not in forms:
        return True
    form = forms[do]
    if not frame.taken(form, lambda: acts[do](form)):
        return False
    messages.success(request, frame.kept())
    return True
