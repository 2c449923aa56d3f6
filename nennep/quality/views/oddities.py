"""What deserves a second look: the cell's own page, and the list a superior chooses visits from."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts.http import Request
from nennep.core import trail
from nennep.core.policies import policy
from nennep.core.scoping import ScopedQuerySet, fetch, may
from nennep.meetings.choices import Can as CanMeet
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.choices import Can, OddityKind
from nennep.quality.forms.oddities import ExplainOddityForm
from nennep.quality.models import Oddity
from nennep.quality.queries.oddities import Told, planned_for, to_choose_from, told_to
from nennep.ui.asking import ask, taken
from nennep.ui.taking import page_of

ROWS_ON_A_PAGE = 60


class UnitsToLookAt(ScopedQuerySet[Unit]):
    """Units of which a person may see what deserves a second look."""

    to_view = Can.VIEW_ODDITIES
    path_lookup = "path"


@require_GET
@policy(Can.VIEW_ODDITIES)
def oddities(request: Request, code: str) -> HttpResponse:
    unit = fetch(UnitsToLookAt(Unit), request.user, Can.VIEW_ODDITIES, code=code)
    return _own_page(request, unit) if unit.is_cell else _list_below(request, unit)


def _own_page(request: Request, cell: Unit) -> HttpResponse:
    """In words that accuse nobody. Who is above sees what is older, texts where content may be read."""
    reads = may(request.user, CanMeet.VIEW_MEETINGS, cell)
    may_explain = may(request.user, Can.EXPLAIN_ODDITIES, cell)
    if reads and not may_explain:
        trail.record_look("explanations of cells", cell, by=request.user)
    page = {
        "unit": cell,
        "points": told_to(cell, request.user),
        "reads": reads,
        "may_explain": may_explain,
        "crumbs": [(cell.name, "")],
    }
    return render(request, "quality/oddities.html", page)


def _list_below(request: Request, unit: Unit) -> HttpResponse:
    """Which cell, which month, which kind. No texts and no names, unless content may be read."""
    kind = request.GET.get("loai", "")
    reads = may(request.user, CanMeet.VIEW_MEETINGS, unit)
    if reads:
        trail.record_look("explanations of cells", unit, by=request.user)
    shown = page_of(request, to_choose_from(unit, request.user, kind), ROWS_ON_A_PAGE)
    planned = planned_for([oddity.unit_id for oddity in shown.object_list])
    page = {
        "unit": unit,
        "page": shown,
        "rows": [(oddity, planned.get(oddity.unit_id)) for oddity in shown.object_list],
        "may_plan": may(request.user, Can.ARRANGE_SUPERVISION, unit),
        "kinds": OddityKind.choices,
        "kind": kind,
        "reads": reads,
        "crumbs": [(unit.name, "")],
    }
    return render(request, "quality/oddities_below.html", page)


@require_http_methods(["GET", "POST"])
@policy(Can.EXPLAIN_ODDITIES)
def explain_oddity(request: Request, public_id: UUID) -> HttpResponse:
    rows = Oddity.objects.select_related("unit")
    oddity = fetch(rows, request.user, Can.EXPLAIN_ODDITIES, public_id=public_id)
    back = reverse("quality:oddities", args=[oddity.unit.code])
    initial = {"explanation": oddity.explanation}
    form = ExplainOddityForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and taken(
        form, lambda: actions.explain_oddity(oddity, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The explanation is kept."))
        return redirect(back)
    return ask(
        request,
        form,
        title=_("Explain"),
        about=str(oddity),
        lead=Told(oddity).sentence,
        back_url=back,
        crumbs=[(oddity.unit.name, back)],
    )
