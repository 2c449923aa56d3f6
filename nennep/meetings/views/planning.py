"""The plan of a cell: what each month asks, what is set, and what was moved or called off."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core import clock
from nennep.core.periods import month_of, months_between, quarter_months
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.core.text import whole_number
from nennep.meetings import actions
from nennep.meetings.choices import Can, MeetingKind
from nennep.meetings.forms.planning import MoveForm, PlanForm, ReasonForm
from nennep.meetings.models import Meeting
from nennep.meetings.queries import in_force
from nennep.meetings.queries.ledger import cells_in_months
from nennep.meetings.queries.marks import plan_marks
from nennep.meetings.queries.timelines import Calendar
from nennep.meetings.views import frame
from nennep.meetings.views.ledger_words import Said, said_of
from nennep.meetings.views.request import Request
from nennep.meetings.views.usual import last_held, next_period, usual_moment, usual_place
from nennep.organisation.models import Unit

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_http_methods(["GET", "POST"])
@policy(Can.PREPARE_MEETINGS)
def plan(request: Request, code: str) -> HttpResponse:
    unit = fetch(Unit.objects.all(), request.user, Can.PREPARE_MEETINGS, code=code)
    if request.POST.get("do") == "next":
        return _plan_next(request, unit)
    is_change = request.method == "POST"
    form = PlanForm(request.POST if is_change else None, initial=_usual(unit))
    if is_change and form.is_valid() and frame.taken(form, lambda: _plan(request, unit, form)):
        return redirect("meetings:plan", unit.code)
    year = _year(request)
    context = {
        "unit": unit,
        "form": form,
        "year": year,
        "quarters": quarters_of(unit, year),
        "this_month": month_of(clock.today()),
    }
    return render(request, "meetings/plan.html", context, status=422 if is_change else 200)


def _plan_next(request: Request, unit: Unit) -> HttpResponse:
    """One tap from the home: planned as usual, prepared, and open. Pressed twice it is one meeting."""
    waiting = Meeting.objects.live().filter(unit=unit, closed_at__isnull=True)
    meeting = waiting.order_by("planned_at", "id").first()
    if meeting is None:
        last, period = last_held(unit), next_period(unit)
        meeting = actions.plan_meeting(
            unit,
            kind=MeetingKind.REGULAR,
            period=period,
            planned_at=usual_moment(unit, period, last),
            place=usual_place(last),
            by=request.user,
        )
    actions.prepare(meeting, by=request.user)
    return redirect("meetings:prepare", meeting.public_id)


def _plan(request: Request, unit: Unit, form: PlanForm) -> None:
    given = form.cleaned_data
    meeting = actions.plan_meeting(
        unit,
        kind=given["kind"],
        period=given["period"],
        planned_at=form.planned_at,
        planned_minutes=_length(given),
        place=given["place"],
        topic=given["topic"],
        is_model=given["is_model"],
        is_online=given["is_online"],
        online_permission=given["online_permission"],
        by=request.user,
    )
    actions.prepare(meeting, by=request.user)
    messages.success(request, _("The meeting is on the plan."))
    _warn(request, meeting)


def _length(given: dict[str, Any]) -> int | None:
    """Asked of the kinds for which a rule names a least length; what another kind sent is not meant."""
    is_asked = given.get("kind") in {MeetingKind.REGULAR, MeetingKind.COMBINED}
    return given.get("planned_minutes") if is_asked else None


def _warn(request: Request, meeting: Meeting) -> None:
    """The plan stands; where it does not keep a rule, the person hears so now."""
    for mark in plan_marks(meeting):
        clause = in_force.clause(mark.source)
        messages.warning(request, f"{mark.sentence} ({clause})" if clause else mark.sentence)


def _usual(unit: Unit) -> dict[str, Any]:
    last, period = last_held(unit), next_period(unit)
    at = usual_moment(unit, period, last)
    return {
        "kind": MeetingKind.REGULAR,
        "period": period,
        "day": at.date(),
        "time": at.time(),
        "place": usual_place(last),
    }


def _year(request: Request) -> int:
    asked = whole_number(request.GET.get("nam", ""))
    year = clock.today().year if asked is None else asked
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def quarters_of(unit: Unit, year: int) -> list[dict[str, Any]]:
    """Four quarters of three months, each month with what is expected and what is there."""
    first, last = date(year, 1, 1), date(year, 12, 1)
    today = clock.today()
    expected: dict[date, list[Said]] = {
        cell.month: [said_of(row, cell.month, today) for row in cell.rows]
        for cell in cells_in_months([unit.pk], first, last, Calendar())
    }
    meetings: dict[date, list[tuple[Meeting, str]]] = defaultdict(list)
    rows = Meeting.objects.filter(unit=unit, period__range=(first, last))
    for meeting in rows.order_by("planned_at", "id"):
        meetings[meeting.period].append((meeting, frame.title_of(meeting)))
    months = [
        {"month": month, "rows": expected.get(month, []), "meetings": meetings.get(month, [])}
        for month in months_between(first, last)
    ]
    return [
        {
            "number": n + 1,
            "months": months[n * 3 : n * 3 + 3],
            "first": quarter_months(months[n * 3]["month"])[0],
        }
        for n in range(4)
    ]


@require_http_methods(["GET", "POST"])
@policy(Can.PREPARE_MEETINGS)
def change(request: Request, public_id: UUID) -> HttpResponse:
    """Move it, call it off, take that back, or take back an opening that was a mistake."""
    meeting = frame.meeting_to(request, Can.PREPARE_MEETINGS, public_id)
    do = request.POST.get("do", "")
    move = MoveForm(request.POST if do == "move" else None, meeting=meeting)
    reason = ReasonForm(request.POST if do == "cancel" else None)
    if do and _is_changed(request, meeting, do, move, reason):
        return redirect("meetings:plan" if do == "cancel" else "meetings:meeting",
                        meeting.unit.code if do == "cancel" else public_id)  # fmt: skip
    context = {
        "meeting": meeting,
        "title": frame.title_of(meeting),
        "move": move,
        "reason": reason,
        "is_recorder": frame.may(request, Can.RECORD_MEETINGS, meeting),
    }
    return render(request, "meetings/change.html", context, status=422 if do else 200)


def _is_changed(
    request: Request, meeting: Meeting, do: str, move: MoveForm, reason: ReasonForm
) -> bool:
    by = request.user
    if do == "move":
        return move.is_valid() and frame.taken(move, lambda: _move(request, meeting, move))
    if do == "cancel":
        return reason.is_valid() and frame.taken(
            reason,
            lambda: actions.cancel_meeting(meeting, reason=reason.cleaned_data["reason"], by=by),
        )
    if do == "undo_cancel":
        actions.undo_cancel(meeting, by=by)
        return True
    if do == "undo_open" and frame.may(request, Can.RECORD_MEETINGS, meeting):
        actions.undo_open(meeting, by=by)
        return True
    return False


@transaction.atomic
def _move(request: Request, meeting: Meeting, form: MoveForm) -> None:
    actions.change_kind(meeting, kind=form.cleaned_data["kind"], by=request.user)
    moved = actions.move_meeting(meeting, by=request.user, **form.given)
    _warn(request, moved)
