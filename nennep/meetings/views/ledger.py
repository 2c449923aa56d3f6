"""The ledger of a unit and a month, the cells to call, and the reasons given for meetings not held."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.periods import add_months, month_of, parse_month
from nennep.core.policies import policy
from nennep.core.scoping import ScopedQuerySet, fetch, may
from nennep.core.text import vn_month
from nennep.meetings import actions
from nennep.meetings.choices import Can, Outcome
from nennep.meetings.forms.planning import AnswerForm, ExplainForm
from nennep.meetings.models import Explanation
from nennep.meetings.queries.in_force import clause, rules_on
from nennep.meetings.queries.ledger import cells_under, ledger
from nennep.meetings.queries.papers.calls import reminder_words
from nennep.meetings.rules.ledger import due_day
from nennep.meetings.views import frame
from nennep.meetings.views.home import cells_of
from nennep.meetings.views.ledger_words import Said, said_in
from nennep.meetings.views.request import Request
from nennep.members.queries import PositionHolder, secretaries_on
from nennep.organisation.models import Unit
from nennep.ui.taking import page_of

CELLS_AT_MOST = 1_000  # more than anybody reads, and than a page should work out
ROWS_ON_A_PAGE = 90
CALLED_AT_MOST = 30


class LedgerUnits(ScopedQuerySet[Unit]):
    """Units whose ledger a person may see."""

    to_view = Can.VIEW_LEDGER
    path_lookup = "path"


@dataclass(frozen=True)
class CellLine:
    """One expected meeting of one cell, as a row of the page."""

    code: str
    name: str
    outcome: Outcome
    said: Said


@dataclass(frozen=True)
class CallLine:
    """A cell to call, whom to ask for, and what to say."""

    code: str
    name: str
    said: Said
    secretary: PositionHolder | None
    reminder: str


def ledger_unit(request: Request, can: str, code: str) -> Unit:
    return fetch(LedgerUnits(Unit), request.user, can, code=code)


@require_GET
@policy(Can.VIEW_LEDGER)
def ledger_home(request: Request) -> HttpResponse:
    """One's own cell, else the topmost unit one sees."""
    cells = cells_of(request)
    if cells:
        return redirect("meetings:ledger", cells[0].code)
    top = LedgerUnits(Unit).visible_to(request.user).order_by("depth", "path").first()
    return redirect("meetings:ledger", top.code) if top else redirect("/")


@require_GET
@policy(Can.VIEW_LEDGER)
def unit_ledger(request: Request, code: str) -> HttpResponse:
    """The rows of a month; where there are too many to read, the units below to choose from."""
    unit = ledger_unit(request, Can.VIEW_LEDGER, code)
    this = month_of(clock.today())
    month = parse_month(request.GET["thang"]) if "thang" in request.GET else this
    if too_many_cells(unit):
        title = _("Ledger of meetings, %(month)s") % {"month": vn_month(month)}
        query = f"?thang={month:%Y-%m}"
        return units_below(request, LedgerUnits(Unit), unit, title, "meetings:ledger", query)
    book = ledger(unit, month)
    lines = [
        CellLine(row.cell_code, row.cell_name, row.outcome, said_in(row, month))
        for row in book.rows
    ]
    chosen = request.GET.get("ket-qua", "")
    shown = [line for line in lines if not chosen or line.outcome == chosen]
    page = page_of(request, shown, ROWS_ON_A_PAGE)
    calls = call_list(unit, month, lines) if may(request.user, Can.REMIND_CELLS, unit) else []
    return render(
        request,
        "meetings/ledger.html",
        {
            "unit": unit,
            "month": month,
            "lines": page.object_list,
            "page": page,
            "chosen": chosen,
            "outcomes": Outcome,
            "counts": [(outcome, book.counts.get(outcome, 0)) for outcome in Outcome],
            "expected": book.expected,
            "earlier": add_months(month, -1),
            "later": add_months(month, 1) if month < add_months(this, 1) else None,
            "calls": calls[:CALLED_AT_MOST],
            "explanations": explanations_of(request, unit, month),
            "may_answer": may(request.user, Can.ANSWER_EXPLANATIONS, unit),
            "may_explain": may(request.user, Can.EXPLAIN_ABSENCE, unit),
            "may_record": may(request.user, Can.RECORD_MEETINGS, unit),
            "may_plan": may(request.user, Can.PREPARE_MEETINGS, unit),
            "may_enter": not unit.is_cell and may(request.user, Can.ENTER_RETURNS, unit),
            "may_set_topics": may(request.user, Can.SET_TOPICS, unit),
            "reads": bool(request.user.reaches(Can.VIEW_MEETINGS))
            and may(request.user, Can.VIEW_MEETINGS, unit),
            "due": _due(unit, month),
            "today": clock.today(),
        },
    )


def too_many_cells(unit: Unit) -> bool:
    """More than one list should hold; the committees below have lists of their own."""
    return not unit.is_cell and Unit.objects.within(unit).cells().count() > CELLS_AT_MOST


def units_below(
    request: Request,
    units: ScopedQuerySet[Unit],
    unit: Unit,
    title: str,
    url_name: str,
    query: str = "",
) -> HttpResponse:
    """The same page of each of the units directly below, to choose from."""
    below = units.visible_to(request.user).filter(parent=unit).order_by("sort_key")
    links = [(each, reverse(url_name, args=[each.code]) + query) for each in below]
    return render(
        request, "meetings/units_below.html", {"unit": unit, "title": title, "links": links}
    )


def _due(unit: Unit, month: date) -> dict[str, Any]:
    rules = rules_on(unit, month)
    return {"day": due_day(month, rules.values), "source": rules.source_of("due_day")}


def call_list(unit: Unit, month: date, lines: list[CellLine]) -> list[CallLine]:
    """Cells that are silent or overdue, with the secretary of today. Three queries, however many."""
    wanted = [line for line in lines if line.said.needs_words]
    if not wanted or unit.is_cell:
        return []
    ids = {code: pk for pk, (code, _name) in cells_under(unit, month).items()}
    due = _due(unit, month)
    secretaries = secretaries_on(
        [ids[line.code] for line in wanted if line.code in ids], clock.today()
    )
    return [
        CallLine(
            line.code,
            line.name,
            line.said,
            holder := secretaries.get(ids.get(line.code, 0)),
            reminder_words(
                line.name,
                line.said.month,
                line.said.kind,
                holder,
                due["day"],
                clause(due["source"]),
            ),
        )
        for line in wanted
    ]


def explanations_of(request: Request, unit: Unit, month: date) -> list[Explanation]:
    rows = Explanation.objects.visible_to(request.user).within(unit)
    return list(
        rows.filter(period=month)
        .select_related("unit", "answered_by")
        .order_by("is_accepted", "unit__sort_key", "id")
    )


@require_http_methods(["GET", "POST"])
@policy(Can.EXPLAIN_ABSENCE)
def explain(request: Request, code: str) -> HttpResponse:
    unit = ledger_unit(request, Can.EXPLAIN_ABSENCE, code)
    mine = Explanation.objects.filter(unit=unit)
    if withdrawn := request.POST.get("withdraw"):
        explanation = next((each for each in mine if str(each.public_id) == withdrawn), None)
        if explanation is None:
            raise Http404
        actions.withdraw_explanation(explanation, by=request.user)
        return redirect("meetings:explain", unit.code)
    is_change = request.method == "POST"
    initial = {
        "kind": request.GET.get("loai", "regular"),
        "period": request.GET.get("thang") or month_of(clock.today()),
    }
    form = ExplainForm(request.POST if is_change else None, initial=initial)
    if is_change and form.is_valid():
        given = form.cleaned_data
        if frame.taken(
            form,
            lambda: actions.explain_absence(
                unit,
                kind=given["kind"],
                period=given["period"],
                reason=given["reason"],
                by=request.user,
            ),
        ):
            messages.success(request, _("The reason is recorded. The superior will answer it."))
            return redirect(_address(unit, given["period"]))
    return render(
        request,
        "meetings/explain.html",
        {"unit": unit, "form": form, "waiting": mine.filter(is_accepted__isnull=True)},
        status=422 if is_change else 200,
    )


@require_http_methods(["GET", "POST"])
@policy(Can.ANSWER_EXPLANATIONS)
def answer(request: Request, public_id: UUID) -> HttpResponse:
    rows = Explanation.objects.select_related("unit", "recorded_by")
    explanation = fetch(rows, request.user, Can.ANSWER_EXPLANATIONS, public_id=public_id)
    is_change = request.method == "POST"
    form = AnswerForm(request.POST if is_change else None, initial={"answer": explanation.answer})
    if is_change and form.is_valid():
        given = form.cleaned_data
        if frame.taken(
            form,
            lambda: actions.answer_explanation(
                explanation,
                is_accepted=given["is_accepted"] == "1",
                answer=given["answer"],
                by=request.user,
            ),
        ):
            messages.success(request, _("The answer is recorded; the cell sees it."))
            return redirect(
                _address(explanation.unit.parent or explanation.unit, explanation.period)
            )
    return render(
        request,
        "meetings/answer.html",
        {"explanation": explanation, "form": form},
        status=422 if is_change else 200,
    )


def _address(unit: Unit, month: date) -> str:
    return f"{reverse('meetings:ledger', args=[unit.code])}?thang={month:%Y-%m}"
