"""What cells should see to: of one cell with its own people's names, of a committee's cells as counts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core.policies import policy
from nennep.core.scoping import ScopedQuerySet, fetch
from nennep.meetings.choices import Can
from nennep.meetings.queries.alerts import CellAlert, alerts_of_cells, may_be_named
from nennep.meetings.rules.alerts import AlertKind
from nennep.meetings.views.ledger import too_many_cells, units_below
from nennep.meetings.views.request import Request
from nennep.organisation.models import Unit

CELLS_OF_A_KIND = 200  # more than anybody reads


class UnitsWithAlerts(ScopedQuerySet[Unit]):
    """Units of which a person may see what is to be seen to."""

    to_view = Can.VIEW_ALERTS
    path_lookup = "path"


@require_GET
@policy(Can.VIEW_ALERTS)
def alerts(request: Request, code: str) -> HttpResponse:
    unit = fetch(UnitsWithAlerts(Unit), request.user, Can.VIEW_ALERTS, code=code)
    if too_many_cells(unit):
        return units_below(
            request, UnitsWithAlerts(Unit), unit, _("Worth your attention"), "meetings:alerts"
        )
    cells = Unit.objects.within(unit).cells().living().select_related("parent").order_by("path")
    found = alerts_of_cells(list(cells), with_names=may_be_named(request.user, unit))
    page = {
        "unit": unit,
        "found": found if unit.is_cell else [],
        "groups": [] if unit.is_cell else _by_kind(found),
        "crumbs": [
            (unit.name, reverse("organisation:unit", args=[unit.code])),
            (_("Worth your attention"), ""),
        ],
    }
    return render(request, "meetings/alerts.html", page)


def _by_kind(found: list[CellAlert]) -> list[tuple[CellAlert, list[CellAlert], int]]:
    """The first of each kind, which says what to do; the cells to read; how many more there are."""
    groups = []
    for kind in AlertKind:
        same = [each for each in found if each.kind == kind]
        if same:
            groups.append((same[0], same[:CELLS_OF_A_KIND], max(len(same) - CELLS_OF_A_KIND, 0)))
    return groups
