"""The register of commendations of a unit, and the rounds that are open there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from nennep.core.policies import policy
from nennep.core.scoping import may
from nennep.recognition.choices import Can
from nennep.recognition.queries.commendations import counts_of, register_of, rounds_seen, years_of
from nennep.recognition.views import frame
from nennep.ui.http import Request
from nennep.ui.taking import page_of

ROWS = 50


@require_GET
@policy(Can.VIEW_COMMENDATIONS)
def commendations(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.VIEW_COMMENDATIONS, code)
    year = frame.year_of(request)
    rows = register_of(unit, year)
    context = {
        "unit": unit,
        "year": year,
        "years": years_of(unit),
        "counts": counts_of(rows),
        "page": page_of(request, rows, ROWS),
        "rounds": rounds_seen(unit),
        "may_decide": may(request.user, Can.DECIDE_COMMENDATIONS, unit),
        "crumbs": [
            (unit.name, reverse("organisation:unit", args=[unit.code])),
            (frame.crumbs(unit)[0][0], ""),
        ],
    }
    return render(request, "recognition/commendations.html", context)
