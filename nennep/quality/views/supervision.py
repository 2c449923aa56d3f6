"""The position of supervision: of a committee, of a cell, and of who follows cells."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.periods import add_months, month_of
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.visits import OwnPlanForm
from nennep.quality.models import Following
from nennep.quality.queries.following import (
    cells_followed_by,
    followers_of,
    own_cells,
    without_follower,
)
from nennep.quality.queries.supervision import (
    SupervisedUnits,
    inspections_under,
    models_under,
    position_of,
    recommendations_under,
)
from nennep.quality.queries.visits import due_now, visits_under
from nennep.quality.views import overseeing as frame
from nennep.ui.http import Request

SHOWN = 12


@require_GET
@policy(Can.VIEW_SUPERVISION)
def supervision_home(request: Request) -> HttpResponse:
    """Who follows cells begins with these; everybody else with the topmost unit in sight."""
    followed = Following.objects.visible_to(request.user).own(request.user).on(clock.today())
    if followed.exists():
        return redirect("quality:own-cells")
    top = SupervisedUnits(Unit).visible_to(request.user).order_by("depth", "path").first()
    return redirect("quality:supervision", top.code) if top else redirect("/")


@require_GET
@policy(Can.VIEW_SUPERVISION)
def supervision(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    if unit.is_cell:
        return render(request, "quality/supervised_cell.html", _cell_page(request, unit))
    return render(request, "quality/supervision.html", _committee_page(request, unit))


def _committee_page(request: Request, unit: Unit) -> dict[str, Any]:
    below = SupervisedUnits(Unit).visible_to(request.user).filter(parent=unit)
    recommended = recommendations_under(unit, request.user)
    unfollowed = without_follower(unit, clock.today()).select_related("parent")
    return {
        "unit": unit,
        "position": position_of(unit),
        "has_cells": own_cells(unit).exists(),
        "unfollowed": unfollowed.order_by("path")[:SHOWN],
        "due": due_now(unit, request.user)[:SHOWN],
        "visits": visits_under(unit, request.user).made().order_by("-made_on", "-pk")[:SHOWN],
        "overdue": recommended.overdue(clock.today())[:SHOWN],
        "below": [each for each in below.order_by("sort_key", "pk") if not each.is_cell],
        "may_arrange": may(request.user, Can.ARRANGE_SUPERVISION, unit),
        "crumbs": frame.crumbs(request, unit),
    }


def _cell_page(request: Request, cell: Unit) -> dict[str, Any]:
    visits = visits_under(cell, request.user)
    recommended = recommendations_under(cell, request.user)
    return {
        "unit": cell,
        "followers": followers_of(cell),
        "planned": visits.planned().filter(month__gte=month_of(clock.today())),
        "visits": visits.made().order_by("-made_on", "-pk")[:SHOWN],
        "asked": recommended.open(),
        "answered": recommended.filter(answered_on__isnull=False).order_by("-answered_on")[:SHOWN],
        "inspections": inspections_under(cell, request.user).order_by("-planned_from")[:SHOWN],
        "models": models_under(cell, request.user)[:SHOWN],
        "may_visit": frame.may_visit(request.user, cell),
        "may_answer": may(request.user, Can.ANSWER_RECOMMENDATIONS, cell),
        "crumbs": frame.crumbs(request, cell),
    }


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_SUPERVISION)
def own_cells_page(request: Request) -> HttpResponse:
    """“The cells I follow”: the next meeting of each, and one tap to say that one will come."""
    if request.method == "POST":
        _plan_own(request)
        return redirect("quality:own-cells")
    this = month_of(clock.today())
    page = {
        "cells": cells_followed_by(request.user),
        "this_month": this,
        "next_month": add_months(this, 1),
    }
    return render(request, "quality/own_cells.html", page)


def _plan_own(request: Request) -> None:
    form = OwnPlanForm(request.POST)
    rows = Following.objects.own(request.user).on(clock.today()).select_related("unit", "committee")
    found = rows.filter(unit_id=form.cleaned_data["cell"]).first() if form.is_valid() else None
    if found is None:
        raise Refusal(_("You do not follow this cell. Reload the page."), code="not_followed")
    plan = actions.PlannedVisit(found.unit, form.cleaned_data["month"], found.member)
    actions.plan_visits(found.committee, [plan], by=request.user)  # type: ignore[arg-type]  # a User
    messages.success(request, _("The visit is planned."))
