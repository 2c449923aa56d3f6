"""Giving a task: a cell to its members, a committee to units."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.members.queries import roll_on
from nennep.organisation.models import Unit
from nennep.tasks import actions
from nennep.tasks.choices import Can
from nennep.tasks.forms import MemberTaskForm, UnitTaskForm
from nennep.tasks.queries.in_force import rules_on
from nennep.tasks.rules import ClarityScheme
from nennep.tasks.views import frame
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Can.GIVE_TASKS)
def give(request: Request, code: str) -> HttpResponse:
    """A committee gives a task to units under it."""
    unit = frame.unit_to(request, Can.GIVE_TASKS, code)
    if unit.is_cell:
        return redirect("tasks:unit", unit.code)
    data = request.POST if request.method == "POST" else None
    return _give(request, unit, UnitTaskForm(data, unit=unit, scheme=_scheme(unit)))


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_TASKS)
def give_members(request: Request, code: str) -> HttpResponse:
    """A cell gives a task to its members."""
    cell = frame.unit_to(request, Can.KEEP_TASKS, code)
    data = request.POST if request.method == "POST" else None
    roll = [] if cell.is_figures_only else roll_on(cell, clock.today())
    asked = request.GET.get("cho", "")
    form = MemberTaskForm(
        data, cell=cell, roll=roll, scheme=_scheme(cell), who=[asked] if asked.isdigit() else []
    )
    return _give(request, cell, form)


def _scheme(unit: Unit) -> ClarityScheme:
    return rules_on(unit, clock.today()).values.scheme


def _give(request: Request, unit: Unit, form: MemberTaskForm | UnitTaskForm) -> HttpResponse:
    if form.is_bound and form.is_valid() and frame.taken(form, lambda: _keep(unit, form, request)):
        messages.success(request, _("The task is given."))
        return redirect("tasks:unit", unit.code)
    rules = rules_on(unit, clock.today())
    page = {
        "unit": unit,
        "form": form,
        "crumbs": frame.crumbs(unit, _("Give a task")),
        "scheme_source": rules.source_of("clear_questions"),
    }
    return render(request, "tasks/give.html", page, status=422 if form.is_bound else 200)


def _keep(unit: Unit, form: MemberTaskForm | UnitTaskForm, request: Request) -> None:
    given = form.cleaned_data
    more = {"carries_out": given.get("carries_out"), "resolution": given.get("resolution")}
    actions.give_task(unit, task=form.task(**more), to=form.receivers, by=request.user)  # type: ignore[arg-type]  # a User
