"""The sheet of the year, and the list of reminders."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.members.models import Member
from nennep.members.queries import RollEntry, roll_on
from nennep.organisation.models import Unit
from nennep.papers.render import respond
from nennep.tasks import actions
from nennep.tasks.actions import YearLine
from nennep.tasks.choices import Can
from nennep.tasks.forms import YearForm
from nennep.tasks.models import Assignment, Task
from nennep.tasks.queries.papers import reminders_paper
from nennep.tasks.queries.reminding import reminders_of
from nennep.tasks.views import frame
from nennep.ui.http import Request

YEARS_AROUND = 1
FORMS = ("pdf", "docx")


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_TASKS)
def annual(request: Request, code: str, year: int) -> HttpResponse:
    """One line for each member: the own task of the year, and who follows it."""
    cell = frame.unit_to(request, Can.KEEP_TASKS, code)
    if cell.is_figures_only or abs(year - clock.today().year) > YEARS_AROUND:
        raise Http404
    roll = roll_on(cell, clock.today())
    sheet = Task.objects.filter(unit=cell, year=year, is_to_units=False).first()
    stands = _stands(sheet)
    data = request.POST if request.method == "POST" else None
    form = YearForm(data, cell=cell, roll=roll, stands=stands, sheet=sheet)
    if data is not None and _is_set(request, cell, year, form, roll):
        messages.success(request, _("The tasks of the year are kept."))
        return redirect("tasks:annual", cell.code, year)
    page = {
        "unit": cell,
        "year": year,
        "form": form,
        "crumbs": frame.crumbs(cell, _("Tasks of the year")),
    }
    return render(request, "tasks/annual.html", page, status=200 if data is None else 422)


def _stands(sheet: Task | None) -> dict[int, Assignment]:
    if sheet is None:
        return {}
    rows = sheet.assignments.filter(withdrawn_on__isnull=True, member__isnull=False)
    return {each.member_id: each for each in rows if each.member_id is not None}


def _is_set(
    request: Request, cell: Unit, year: int, form: YearForm, roll: Sequence[RollEntry]
) -> bool:
    return form.is_valid() and frame.taken(form, lambda: _set(request, cell, year, form, roll))


def _set(
    request: Request, cell: Unit, year: int, form: YearForm, roll: Sequence[RollEntry]
) -> None:
    people = Member.objects.in_bulk([entry.member_id for entry in roll])
    lines = [
        YearLine(people[entry.member_id], *_said(form, entry.member_id, people)) for entry in roll
    ]
    by: Any = request.user
    actions.set_years_tasks(
        cell, year, lines=lines, resolution=form.cleaned_data["resolution"], by=by
    )


def _said(form: YearForm, member_id: int, people: dict[int, Member]) -> tuple[str, Member | None]:
    follower = form.cleaned_data[f"follower_{member_id}"]
    return form.cleaned_data[f"what_{member_id}"], people[int(follower)] if follower else None


@require_GET
@policy(Can.VIEW_MEMBER_TASKS)
def reminders(request: Request, code: str) -> HttpResponse:
    """Before the day and after it, as a list to copy or print. Names stay in the cell."""
    cell = frame.unit_to(request, Can.VIEW_MEMBER_TASKS, code)
    if not cell.is_cell:
        raise Http404
    frame.note_look(request, cell, "tasks of a cell")
    page = {
        "unit": cell,
        "reminders": reminders_of(cell),
        "crumbs": frame.crumbs(cell, _("Reminders")),
    }
    return render(request, "tasks/reminders.html", page)


@require_GET
@policy(Can.VIEW_MEMBER_TASKS)
def reminders_file(request: Request, code: str, form: str) -> HttpResponse:
    """The same list as Word or PDF: what is due soon, what is overdue, what goes up."""
    cell = frame.unit_to(request, Can.VIEW_MEMBER_TASKS, code)
    if not cell.is_cell or form not in FORMS:
        raise Http404
    frame.note_look(request, cell, "list of tasks taken", form=form)
    return respond(reminders_paper(cell, reminders_of(cell)), form)  # type: ignore[arg-type]  # one of FORMS
