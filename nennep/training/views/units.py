"""How far the people of a unit are trained, and what is planned for them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import may
from nennep.organisation.models import Unit
from nennep.organisation.rules import ids_in
from nennep.training.choices import Can, TrainPost
from nennep.training.queries.adoption import adoption_of
from nennep.training.queries.coverage import Coverage, coverage_of, years_of
from nennep.training.queries.quizzes import quizzes_for
from nennep.training.queries.reach import lines_for, owed_by
from nennep.training.queries.sessions import sessions_for
from nennep.training.views import frame
from nennep.ui.http import Request

NAMES_AT_MOST = 200


@require_GET
@policy(Can.VIEW_TRAINING)
def home(request: Request) -> HttpResponse:
    """The one unit the person has a place in; a list where there are several."""
    paths = {reach.path for reach in request.user.reaches(Can.VIEW_TRAINING) if reach.only is None}
    units = list(Unit.objects.filter(path__in=paths).order_by("depth", "sort_key"))
    if len(units) == 1:
        return redirect("training:unit", units[0].code)
    return render(request, "training/list.html", {"units": units})


@require_GET
@policy(Can.VIEW_TRAINING)
def unit_page(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.VIEW_TRAINING, code)
    year = frame.year_of(request)
    coverage = coverage_of(unit, year)
    sessions = sessions_for(unit, year)
    today = clock.today()
    page: dict[str, Any] = {
        "unit": unit,
        "year": year,
        "years": years_of(unit),
        "coverage": coverage,
        "planned": [
            line for line in sessions if line.session.ends_on >= today and line.session.is_open
        ],
        "held": [
            line for line in sessions if line.session.ends_on < today or not line.session.is_open
        ],
        "lines": [] if unit.is_cell else lines_for(unit),
        "owed": owed_by(unit) if unit.is_cell else [],
        "quizzes": quizzes_for(unit),
        "adoption": adoption_of(unit, today),
        "may_plan": may(request.user, Can.PLAN_TRAINING, unit),
        "crumbs": frame.crumbs(unit),
    }
    return render(request, "training/unit.html", page | _missing(request, unit, coverage))


def _missing(request: Request, unit: Unit, coverage: Coverage) -> dict[str, Any]:
    """By name for those who may see names; for everybody else counts, unit by unit below."""
    if may(request.user, Can.VIEW_TRAINED, unit):
        frame.note_look(request, unit, "who was trained", year=coverage.year)
        shown = coverage.missing[:NAMES_AT_MOST]
        units = Unit.objects.in_bulk({holder.unit_id for holder in shown})
        return {
            "names": [(holder, units[holder.unit_id]) for holder in shown],
            "names_more": len(coverage.missing) - len(shown),
        }
    return {"missing_below": missing_below(unit, coverage)}


@dataclass
class Below:
    """A unit directly below, with how many under it have not been trained."""

    unit: Unit
    count: int
    secretaries: int


def missing_below(unit: Unit, coverage: Coverage) -> list[Below]:
    """The most first. Units stand where they stood on the day of the figures."""
    depth = len(ids_in(unit.path))
    found: dict[int, Below] = {}
    children = Unit.objects.in_bulk(
        {ids_in(h.path)[depth] for h in coverage.missing if len(ids_in(h.path)) > depth}
    )
    for holder in coverage.missing:
        ids = ids_in(holder.path)
        if len(ids) > depth:
            below = found.setdefault(ids[depth], Below(children[ids[depth]], 0, 0))
            below.count += 1
            below.secretaries += holder.post == TrainPost.SECRETARY
    return sorted(found.values(), key=lambda b: (-b.count, b.unit.sort_key))
