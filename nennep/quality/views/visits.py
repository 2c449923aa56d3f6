"""The plan of a quarter, one visit, and a visit written down by hand."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.core import clock, trail
from nennep.core.periods import month_of
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.core.text import vn_month
from nennep.meetings.choices import Can as CanMeet
from nennep.organisation.models import Unit
from nennep.papers.render import respond
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.recommendations import RecommendForm
from nennep.quality.forms.visits import MadeForm, MoveForm, PlanForm, ReasonForm, SeenForm
from nennep.quality.models import Visit
from nennep.quality.queries.following import committee_members
from nennep.quality.queries.supervision_papers import plan_paper
from nennep.quality.queries.supervision_rules import answer_due, regular_steps, steps_on
from nennep.quality.queries.visits import Quarter, last_met_on, quarter_asked, visit_plan
from nennep.quality.views import overseeing as frame
from nennep.ui.http import Request

FORMS = {"docx", "pdf"}
LEFT_OUT = "Bỏ khỏi kế hoạch quý."


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_SUPERVISION)
def plan(request: Request, code: str) -> HttpResponse:
    """Cells down, months across; whoever arranges ticks, everybody else reads."""
    unit = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    may_plan = may(request.user, Can.ARRANGE_SUPERVISION, unit)
    shown = visit_plan(unit, quarter_asked(request.GET.get("quy")))
    form = PlanForm(request.POST if request.method == "POST" else None, plan=shown)
    if request.method == "POST":
        frame.unit_to(request, Can.ARRANGE_SUPERVISION, code)
        if not form.is_valid():
            raise Refusal(_("Reload the page and try again."), code="not_understood")
        _keep_plan(request, unit, form)
        return redirect(_plan_address(unit, shown.quarter))
    page = {
        "unit": unit,
        "plan": shown,
        "may_plan": may_plan,
        "crumbs": frame.crumbs(request, unit, _("Plan of visits")),
    }
    return render(request, "quality/plan.html", page)


def _plan_address(unit: Unit, quarter: Quarter) -> str:
    return f"{reverse('quality:visit-plan', args=[unit.code])}?quy={quarter.code}"


def _keep_plan(request: Request, unit: Unit, form: PlanForm) -> None:
    by: Any = request.user
    added, dropped = form.added, form.dropped
    actions.plan_visits(unit, added, by=by)
    for visit in dropped:
        actions.cancel_visit(visit, reason=LEFT_OUT, by=by)
    if added or dropped:
        words = {"added": len(added), "dropped": len(dropped)}
        messages.success(request, _("Planned: %(added)s, taken out: %(dropped)s.") % words)


@require_GET
@policy(Can.VIEW_SUPERVISION)
def plan_file(request: Request, code: str, form: str) -> HttpResponse:
    """The plan of a quarter as a paper of the committee."""
    unit = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    if form not in FORMS:
        raise Http404
    quarter = quarter_asked(request.GET.get("quy"))
    trail.record_look(
        "supervision taken as a file", unit, by=request.user, year=quarter.year, code=quarter.code
    )
    return respond(plan_paper(visit_plan(unit, quarter)), form)  # type: ignore[arg-type]  # one of FORMS


@require_POST
@policy(Can.ARRANGE_SUPERVISION)
def plan_a_visit(request: Request, code: str) -> HttpResponse:
    """One tap in a list to choose visits from; then back to the list."""
    cell = frame.unit_to(request, Can.ARRANGE_SUPERVISION, code)
    if not cell.is_cell:
        raise Http404
    committee = frame.committee_for(request.user, cell, Can.ARRANGE_SUPERVISION)
    by: Any = request.user
    planned = actions.plan_next_visit(committee, cell, by=by)
    words = {"cell": cell.name, "month": vn_month(planned.month)}
    messages.success(request, _("A visit to %(cell)s is planned: %(month)s.") % words)
    if "list" in request.POST:
        return redirect("quality:oddities", request.POST["list"])
    return redirect("quality:visit", planned.public_id)


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_SUPERVISION)
def record(request: Request, code: str) -> HttpResponse:
    """A visit that no minutes tell of."""
    cell = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    if not cell.is_cell:
        raise Http404
    if request.method == "POST":
        frame.refuse_strangers(request.user, cell)
    follower = frame.follows(request.user, cell)
    form = MadeForm(
        request.POST or None,
        steps=regular_steps(cell, clock.today()),
        cell=cell,
        met_on=last_met_on(cell),
        who=follower.member.full_name if follower else "",
    )
    made: list[Visit] = []
    if request.method == "POST" and frame.taken(
        form, lambda: made.append(_record(request, cell, form))
    ):
        messages.success(request, _("The visit is recorded."))
        return redirect("quality:visit", made[0].public_id)
    page = {
        "unit": cell,
        "form": form,
        "may_visit": frame.may_visit(request.user, cell),
        "crumbs": frame.crumbs(request, cell, _("Record a visit")),
    }
    return render(request, "quality/record.html", page, status=422 if form.is_bound else 200)


def _record(request: Request, cell: Unit, form: MadeForm) -> Visit:
    given = form.cleaned_data
    return actions.record_visit(
        cell,
        committee=frame.committee_for(request.user, cell, Can.RECORD_VISITS),
        made_on=given["made_on"],
        visitors=given.get("visitors", ""),
        seen=form.seen,
        by=request.user,  # type: ignore[arg-type]  # a User
    )


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_SUPERVISION)
def visit(request: Request, public_id: UUID) -> HttpResponse:
    """One visit: what was seen, and what was recommended. Before it is made: when, and who goes."""
    rows = Visit.objects.select_related("unit", "committee", "visitor", "meeting", "seen_by")
    found = fetch(rows, request.user, Can.VIEW_SUPERVISION, public_id=public_id)
    may_write = frame.may_visit(request.user, found.unit)
    do = request.POST.get("do", "")
    if request.method == "POST":
        frame.refuse_strangers(request.user, found.unit)
    forms = _forms(request, found, do, may_write=may_write)
    if request.method == "POST" and _is_done(request, found, do, forms):
        return redirect("quality:visit", found.public_id)
    page = {
        "visit": found,
        "unit": found.unit,
        "may_write": may_write,
        "forms": forms,
        "missed": [s for s in steps_on(found) if s.code in found.missed_steps],
        "recommendations": found.recommendations.live().order_by("due_on", "pk"),
        "is_due": found.month <= month_of(clock.today()),
        "reads": may(request.user, CanMeet.VIEW_MEETINGS, found.unit),
        "crumbs": frame.crumbs(request, found.unit, _("Visit")),
    }
    return render(
        request, "quality/visit.html", page, status=422 if request.method == "POST" else 200
    )


def _forms(request: Request, visit: Visit, do: str, *, may_write: bool) -> dict[str, Any]:
    if not may_write:
        return {}
    if visit.made_on is None:
        members = committee_members(visit.committee)
        return {
            "move": MoveForm(request.POST if do == "move" else None, visit=visit, members=members),
            "cancel": ReasonForm(request.POST if do == "cancel" else None),
        }
    due_on = answer_due(visit.unit, clock.today())
    return {
        "seen": SeenForm(
            request.POST if do == "seen" else None,
            cell=visit.unit,
            steps=steps_on(visit),
            visit=visit,
        ),
        "recommend": RecommendForm(request.POST if do == "recommend" else None, due_on=due_on),
    }


def _is_done(request: Request, visit: Visit, do: str, forms: dict[str, Any]) -> bool:
    by: Any = request.user
    acts: dict[str, Callable[[Any], object]] = {
        "move": lambda form: actions.move_visit(
            visit, month=form.cleaned_data["month"], visitor=form.visitor_named, by=by
        ),
        "cancel": lambda form: actions.cancel_visit(visit, by=by, **form.cleaned_data),
        "seen": lambda form: actions.describe_visit(visit, seen=form.seen, by=by),
        "recommend": lambda form: actions.recommend(visit, by=by, **form.cleaned_data),
    }
    if do not in forms:
        return True
    form = forms[do]
    if not frame.taken(form, lambda: acts[do](form)):
        return False
    messages.success(request, frame.kept())
    return True
