"""The call list of an office: who has not met, how long they have, whom to ask for, what was said."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock, trail
from nennep.core.periods import add_months, month_of
from nennep.core.policies import policy
from nennep.meetings import actions
from nennep.meetings.choices import Can, LedgerKind
from nennep.meetings.forms.calling import CallForm
from nennep.meetings.queries.calls import CellToRemind, cells_to_remind, grouped
from nennep.meetings.queries.in_force import clause, rules_on
from nennep.meetings.queries.papers.calls import call_list_paper, reminder_words
from nennep.meetings.rules.ledger import due_day
from nennep.meetings.views.ledger import LedgerUnits, ledger_unit, too_many_cells, units_below
from nennep.meetings.views.request import Request
from nennep.organisation.models import Unit
from nennep.papers.render import respond
from nennep.ui.asking import taken

FORMS = ("pdf", "docx")


@require_http_methods(["GET", "POST"])
@policy(Can.REMIND_CELLS)
def calls(request: Request, code: str) -> HttpResponse:
    """Names of secretaries and their office telephones are shown to whose work it is to remind."""
    unit = ledger_unit(request, Can.REMIND_CELLS, code)
    if too_many_cells(unit):
        return units_below(request, LedgerUnits(Unit), unit, _("To call"), "meetings:calls")
    form = CallForm(request.POST or None)
    if form.is_valid() and taken(form, lambda: _note(request, unit, form)):
        messages.success(request, _("The call is noted."))
        return redirect("meetings:calls", unit.code)
    cells = cells_to_remind(unit, _months())
    return render(
        request,
        "meetings/calls.html",
        {
            "unit": unit,
            "groups": [(title, _with_words(unit, group)) for title, group in grouped(cells)],
            "count": len(cells),
            "form": form,
            "crumbs": [
                (_("Ledger"), reverse("meetings:ledger", args=[unit.code])),
                (_("To call"), ""),
            ],
        },
        status=422 if form.errors else 200,
    )


@require_GET
@policy(Can.REMIND_CELLS)
def calls_file(request: Request, code: str, form: str) -> HttpResponse:
    """The list to print, with room to write."""
    unit = ledger_unit(request, Can.REMIND_CELLS, code)
    if form not in FORMS or too_many_cells(unit):
        raise Http404
    cells = cells_to_remind(unit, _months())
    trail.record_look("call list taken", unit, by=request.user, form=form, count=len(cells))
    return respond(call_list_paper(unit, cells), form)  # type: ignore[arg-type]  # one of FORMS


def _months() -> tuple[date, date]:
    """The month that runs, and the one before it, which may have stayed silent."""
    this = month_of(clock.today())
    return this, add_months(this, -1)


def _note(request: Request, unit: Unit, form: CallForm) -> None:
    given: dict[str, Any] = dict(form.cleaned_data)
    cell = ledger_unit(request, Can.REMIND_CELLS, given.pop("cell"))
    actions.note_call(cell, by=request.user, **given)


def _with_words(unit: Unit, cells: list[CellToRemind]) -> list[tuple[CellToRemind, str]]:
    """Each with the text of a reminder."""
    found = []
    asked = {month: rules_on(unit, month) for month in {each.month for each in cells}}
    for each in cells:
        rules = asked[each.month]
        due, source = due_day(each.month, rules.values), clause(rules.source_of("due_day"))
        words = reminder_words(
            each.cell.name, each.month, LedgerKind.REGULAR, each.secretary, due, source
        )
        found.append((each, words))
    return found
