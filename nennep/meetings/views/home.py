"""The first page: for a cell's own people one card with the next meeting; for others where they work."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.accounts.choices import Role
from nennep.core import clock
from nennep.core.periods import add_months
from nennep.core.policies import signed_in
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.meetings.choices import Can, LedgerKind, MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.additions import Hint, alerts_of
from nennep.meetings.queries.cards import (
    NextMeetingCard,
    next_meeting_card,
    next_open_meetings,
    other_open_meetings,
)
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.queries.ledger import Row, cells_in_months
from nennep.meetings.queries.timelines import Calendar
from nennep.meetings.views import frame
from nennep.meetings.views.ledger_words import Said, said_of
from nennep.meetings.views.request import Request
from nennep.meetings.views.usual import last_held, usual_moment
from nennep.organisation.models import Unit
from nennep.ui.http import beginning_of, home_links

LAST_MONTHS = 4
ALARMS, ALARM_MONTHS = 2, 3


@dataclass(frozen=True)
class NextCard:
    """The one thing to do next, what it still lacks, and the button that leads there."""

    unit: Unit
    title: str
    when: str
    missing: list[str]
    url: str
    button: str
    meeting: Meeting | None
    days_left: int | None


@require_GET
@signed_in
def home(request: Request) -> HttpResponse:
    cells = cells_of(request)
    if cells:
        shown = next((c for c in cells if c.code == request.GET.get("chi-bo")), cells[0])
        page = {"card": _cell_home(request, shown), "beside": _beside(cells, shown)}
        return render(request, "meetings/home.html", page)
    if only := _only_meeting(request):
        return redirect("meetings:meeting", only)
    if first := beginning_of(request):
        return redirect(first)
    links = home_links(request)
    if links and not _is_administrator(request):
        return redirect(links[0].url)
    return render(request, "meetings/home_links.html", {"links": links})


def cells_of(request: Request) -> list[Unit]:
    """The cells in which the person has a place, most often one."""
    grants = request.user.standing_grants
    found = {grant.unit_id: grant.unit for grant in grants if grant.unit.is_cell and not grant.only}
    return list(found.values())


def _beside(cells: list[Unit], shown: Unit) -> list[tuple[Unit, str]]:
    """The person's other cells, each with the moment of its next meeting. One query for all."""
    others = [cell for cell in cells if cell != shown]
    meetings = next_open_meetings(others) if others else {}
    return [
        (cell, _when(meetings[cell.pk]) if cell.pk in meetings else _("No meeting planned"))
        for cell in others
    ]


def _only_meeting(request: Request) -> Any:
    reaches = request.user.reaches(Can.RECORD_MEETINGS)
    return next((reach.only for reach in reaches if reach.only), None)


def _is_administrator(request: Request) -> bool:
    grants = request.user.standing_grants
    return any(grant.role == Role.ADMINISTRATOR for grant in grants)


def _cell_home(request: Request, unit: Unit) -> dict[str, Any]:
    may_prepare = may(request.user, Can.PREPARE_MEETINGS, unit)
    rows = _last_rows(unit)
    card = next_card(unit, may_prepare=may_prepare)
    return {
        "unit": unit,
        "next": card,
        "others": _others(unit, card) if may_prepare else [],
        "may_prepare": may_prepare,
        "may_explain": may(request.user, Can.EXPLAIN_ABSENCE, unit),
        "months": [row for row in rows if row.kind == LedgerKind.REGULAR and not row.is_to_come][
            :LAST_MONTHS
        ],
        "alerts": [*_alerts(unit, rows), *alerts_of(unit, request.user)] if may_prepare else [],
    }


def next_card(unit: Unit, *, may_prepare: bool) -> NextCard:
    """The meeting under way or planned next; else the month to plan."""
    card = next_meeting_card(unit)
    if card.meeting is None or card.progress is None:
        return _to_plan(unit, card)
    if not may_prepare:
        return _to_attend(unit, card)
    step = frame.current_step(card.progress)
    return NextCard(
        unit,
        frame.title_of(card.meeting),
        _when(card.meeting),
        _lacking(card.meeting),
        frame.step_url(step, card.meeting),
        card.progress.next_action.label,
        card.meeting,
        card.days_left,
    )


def _to_attend(unit: Unit, card: NextMeetingCard) -> NextCard:
    """Members are shown the cell's meetings; those of the committee are its own."""
    planned = [card.meeting, *other_open_meetings(unit, card.meeting)]
    meeting = next((m for m in planned if m and m.kind != MeetingKind.CELL_COMMITTEE), None)
    if meeting is None:
        return _to_plan(unit, card)
    return NextCard(
        unit,
        frame.title_of(meeting),
        _when(meeting),
        [],
        frame.step_url("meeting", meeting),
        _("Look at the agenda"),
        meeting,
        (day_of(meeting) - clock.today()).days if meeting.planned_at else None,
    )


def _others(unit: Unit, card: NextCard) -> list[tuple[Meeting, str, str]]:
    """Planned or under way besides the one on the card: meeting, title, when."""
    rows = other_open_meetings(unit, card.meeting) if card.meeting else []
    return [(meeting, frame.title_of(meeting), _when(meeting)) for meeting in rows]


def _to_plan(unit: Unit, card: NextMeetingCard) -> NextCard:
    period = card.period
    at = usual_moment(unit, period, last_held(unit))
    return NextCard(
        unit,
        _("Regular meeting, %(month)s/%(year)s") % {"month": period.month, "year": period.year},
        _("Proposed: %(time)s on %(day)s") % {"time": f"{at:%H:%M}", "day": vn_date(at.date())},
        [_("not planned yet")],
        reverse("meetings:plan", args=[unit.code]),
        _("Prepare the meeting"),
        None,
        card.days_left,
    )


def _when(meeting: Meeting) -> str:
    moment = meeting.started_at or meeting.planned_at
    if moment is None:
        return _("No day set yet")
    at = moment.astimezone(clock.HANOI)
    when = _("%(time)s on %(day)s") % {"time": f"{at:%H:%M}", "day": vn_date(at.date())}
    return f"{when}, {meeting.place}" if meeting.place else when


def _lacking(meeting: Meeting) -> list[str]:
    """Before the meeting what has not gone out; after it what the minutes lack."""
    if meeting.started_at is None:
        before = (
            (meeting.planned_at is None, _("no day set")),
            (meeting.invited_at is None, _("members not told yet")),
            (meeting.superior_told_at is None, _("superior not told yet")),
            (meeting.papers_sent_at is None, _("papers not sent yet")),
        )
        return [words for is_lacking, words in before if is_lacking]
    after = (
        (not hasattr(meeting, "roll_call"), _("roll call not taken")),
        (meeting.ended_at is None, _("end not written")),
        (True, _("minutes not closed")),
    )
    return [words for is_lacking, words in after if is_lacking]


def _last_rows(unit: Unit) -> list[Said]:
    """The rows of the past months, the latest first."""
    today = clock.today()
    this = today.replace(day=1)
    found: list[tuple[Row, date]] = [
        (row, cell.month)
        for cell in cells_in_months([unit.pk], add_months(this, -12), this, Calendar())
        for row in cell.rows
    ]
    return [said_of(row, month, today) for row, month in reversed(found)]


def _alerts(unit: Unit, rows: list[Said]) -> list[Hint]:
    """Months of the ledger that wait for words."""
    lately = add_months(clock.today().replace(day=1), -ALARM_MONTHS)
    open_rows = [row for row in rows if row.needs_words and row.month >= lately]
    sentences = [row.alarm for row in open_rows[:ALARMS]]
    if (more := len(open_rows) - ALARMS) > 0:
        sentences.append(_("%(count)s more of the past months: see the ledger.") % {"count": more})
    return [Hint(sentence) for sentence in sentences]
