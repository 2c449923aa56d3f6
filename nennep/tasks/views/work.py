"""Where a cell's work stands, where a committee's does, and which members have none."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import may
from nennep.organisation.models import Unit
from nennep.tasks.choices import Can
from nennep.tasks.queries.coverage import cell_coverage
from nennep.tasks.queries.given import given_by
from nennep.tasks.queries.work import (
    judged_in_month,
    own_work,
    received_by,
    this_month,
    work_of_cell,
)
from nennep.tasks.views import frame
from nennep.ui.http import Request


@require_GET
@policy(Can.VIEW_TASKS)
def home(request: Request) -> HttpResponse:
    """The work of the one unit the person has a place in; a list where there are several."""
    paths = {reach.path for reach in request.user.reaches(Can.VIEW_TASKS) if reach.only is None}
    units = list(Unit.objects.filter(path__in=paths).order_by("depth", "sort_key"))
    if len(units) == 1:
        return redirect("tasks:unit", units[0].code)
    return render(request, "tasks/list.html", {"units": units})


@require_GET
@policy(Can.VIEW_TASKS)
def unit_page(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.VIEW_TASKS, code)
    page: dict[str, Any] = {
        "unit": unit,
        "crumbs": frame.crumbs(unit),
        "received": received_by(unit),
        "may_give": may(request.user, Can.KEEP_TASKS if unit.is_cell else Can.GIVE_TASKS, unit),
        "given": None if unit.is_cell else given_by(unit),
    }
    if unit.is_cell and may(request.user, Can.VIEW_MEMBER_TASKS, unit):
        page |= _names_of(request, unit)
    return render(request, "tasks/cell.html" if unit.is_cell else "tasks/committee.html", page)


def _names_of(request: Request, cell: Unit) -> dict[str, Any]:
    """What only the cell's own people, or who may read content, see."""
    frame.note_look(request, cell, "tasks of a cell")
    work = work_of_cell(cell)
    return {
        "own": own_work(request.user, cell),
        "work": work,
        "groups": [
            (_("Overdue"), work.overdue),
            (_("Due soon"), work.soon),
            (_("Reported, to be judged at the next meeting"), work.reported),
            (_("Later"), work.later),
        ],
        "year": clock.today().year,
        "judged": judged_in_month(cell, this_month()),
        "coverage": None if cell.is_figures_only else cell_coverage(cell),
    }


@require_GET
@policy(Can.VIEW_MEMBER_TASKS)
def members_page(request: Request, code: str) -> HttpResponse:
    """One look: which working member has no task."""
    cell = frame.unit_to(request, Can.VIEW_MEMBER_TASKS, code)
    if not cell.is_cell or cell.is_figures_only:
        raise Http404
    frame.note_look(request, cell, "tasks of a cell")
    return render(
        request,
        "tasks/members.html",
        {
            "unit": cell,
            "crumbs": frame.crumbs(cell, _("Members and tasks")),
            "coverage": cell_coverage(cell),
            "may_give": may(request.user, Can.KEEP_TASKS, cell),
        },
    )
