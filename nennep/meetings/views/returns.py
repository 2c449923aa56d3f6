"""The returns of many cells, typed in from paper on one page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core import clock
from nennep.core.periods import add_months, month_end, month_of, parse_month, quarter_months
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import ScopedQuerySet, fetch
from nennep.core.text import vn_number
from nennep.meetings import actions
from nennep.meetings.choices import SATISFY_REGULAR, Can, LedgerKind, MeetingKind
from nennep.meetings.forms.returns import (
    Asked,
    ReturnLine,
    entries_of,
    faults_of,
    strength_labels,
    type_in,
    usual_of,
)
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import rules_on
from nennep.meetings.queries.ledger import cells_under
from nennep.meetings.queries.returns import KnownMeeting, KnownMonths
from nennep.meetings.rules.ledger import due_day
from nennep.meetings.views.ledger import LedgerUnits, ledger_unit
from nennep.meetings.views.request import Request
from nennep.members.queries import strength_on
from nennep.organisation.models import Unit

CELLS_AT_MOST = 120  # more than anybody types in one sitting; a committee below has its own page
FIELDS = frozenset({"day", "start", "end", "present", "reason"})


class ReturnedMeetings(ScopedQuerySet[Meeting]):
    """Meetings that an office entered from paper: figures without names."""

    to_view = Can.ENTER_RETURNS


@require_http_methods(["GET", "POST"])
@policy(Can.ENTER_RETURNS)
def enter_returns(request: Request, code: str) -> HttpResponse:
    unit = ledger_unit(request, Can.ENTER_RETURNS, code)
    asked = _asked(request)
    cells = cells_under(unit, asked.month)
    if len(cells) > CELLS_AT_MOST:
        below = LedgerUnits(Unit).filter(parent=unit).order_by("sort_key")
        frame = {"unit": unit, "asked": asked, "below": below, **_months(asked.month)}
        return render(request, "meetings/returns_units.html", frame)
    lines = _lines(unit, cells, asked)
    status = 200
    if request.method == "POST":
        written = _enter(request, unit, lines, asked)
        if not faults_of(lines):
            _tell(request, written)
            return redirect(_address(unit, asked))
        status = 422
        lines = _with_typed(_lines(unit, cells, asked), lines)
    context = {
        "unit": unit,
        "asked": asked,
        "kinds": LedgerKind.choices,
        "is_regular": asked.kind == LedgerKind.REGULAR,
        "lines": lines,
        "strength_labels": strength_labels(),
        "faults": faults_of(lines),
        "entered": sum(1 for line in lines if not line.is_open),
        "due": due_day(asked.month, rules_on(unit, asked.month).values),
        "crumbs": [
            (
                _("Ledger"),
                f"{reverse('meetings:ledger', args=[unit.code])}?thang={asked.month:%Y-%m}",
            ),
            (_("Figures from paper"), ""),
        ],
        **_months(asked.month),
    }
    return render(request, "meetings/returns.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy(Can.ENTER_RETURNS)
def take_back_return(request: Request, public_id: UUID) -> HttpResponse:
    """Entered by mistake: asked once more, then gone."""
    rows = ReturnedMeetings(Meeting).filter(is_return=True).select_related("unit", "roll_call")
    meeting = fetch(rows, request.user, Can.ENTER_RETURNS, public_id=public_id)
    unit = meeting.unit
    if request.method == "POST":
        actions.take_return_back(meeting, by=request.user)
        messages.success(request, _("It is gone again. Type the figures anew."))
        above = unit.parent if unit.parent_id else unit
        kind = next((k for k in LedgerKind if k == meeting.kind), LedgerKind.REGULAR)
        return redirect(_address(above or unit, Asked(kind, meeting.period)))
    return render(request, "meetings/return_back.html", {"unit": unit, "meeting": meeting})


def _asked(request: Request) -> Asked:
    month = parse_month(request.GET["thang"]) if "thang" in request.GET else month_of(clock.today())
    kind = request.GET.get("loai", "")
    chosen = LedgerKind(kind) if kind in LedgerKind.values else LedgerKind.REGULAR
    return Asked(chosen, month, usual_of(request.POST))


def _months(month: date) -> dict[str, Any]:
    this = month_of(clock.today())
    return {
        "month": month,
        "earlier": add_months(month, -1),
        "later": add_months(month, 1) if month < this else None,
    }


def _lines(unit: Unit, cells: Mapping[int, tuple[str, str]], asked: Asked) -> list[ReturnLine]:
    """The cells in order of their names, with what is recorded. A fixed number of queries."""
    last = quarter_months(asked.month)[-1]
    known = KnownMonths(cells, asked.month, last)
    day = min(due_day(asked.month, rules_on(unit, asked.month).values) or month_end(asked.month),
              clock.today())  # fmt: skip
    strengths = strength_on(list(cells), day)
    reason_month = last if asked.kind == LedgerKind.THEMATIC else asked.month
    lines = [
        ReturnLine(
            pk, code, name, strengths[pk],
            _known(known, pk, asked),
            known.reason(pk, asked.kind.value, reason_month),
        )
        for pk, (code, name) in cells.items()
        if asked.kind != LedgerKind.CELL_COMMITTEE or known.had_committee(pk, day)
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.code)


def _known(known: KnownMonths, cell_id: int, asked: Asked) -> KnownMeeting | None:
    kinds = SATISFY_REGULAR if asked.kind == LedgerKind.REGULAR else {MeetingKind(asked.kind.value)}
    found = known.meetings(cell_id, asked.month, kinds)
    return min(found, key=lambda m: not m.is_closed, default=None)


def _enter(request: Request, unit: Unit, lines: list[ReturnLine], asked: Asked) -> int:
    """What can be written is written; the rest stays typed, each fault beside its field."""
    for line in lines:
        type_in(line, request.POST)
    entered = actions.record_returns(entries_of(lines, asked), under=unit, by=request.user)
    by_id = {line.unit_id: line for line in lines}
    for cell_id, refusal in entered.refused.items():
        by_id[cell_id].no(_field(refusal), refusal.message)
    return entered.written


def _field(refusal: Refusal) -> str:
    return refusal.field if refusal.field in FIELDS else "day"


def _with_typed(fresh: list[ReturnLine], before: list[ReturnLine]) -> list[ReturnLine]:
    """Rows that were written show what is recorded; the others what was typed."""
    typed = {line.unit_id: line for line in before}
    for line in fresh:
        if line.is_open or typed[line.unit_id].errors:
            line.typed, line.errors = typed[line.unit_id].typed, typed[line.unit_id].errors
    return fresh


def _tell(request: Request, written: int) -> None:
    if written:
        messages.success(
            request,
            _("The figures of %(count)s cells are entered.") % {"count": vn_number(written)},
        )
    else:
        messages.info(request, _("Nothing new was typed; everything stands as it was."))


def _address(unit: Unit, asked: Asked) -> str:
    where = reverse("meetings:returns", args=[unit.code])
    return f"{where}?thang={asked.month:%Y-%m}&loai={asked.kind.value}"
