"""Step 2: it begins, and the names are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.text import whole_number
from nennep.meetings import actions
from nennep.meetings.choices import Can, Presence
from nennep.meetings.forms.fields import local_time
from nennep.meetings.forms.groups import GroupPartForm, given_parts, group_forms
from nennep.meetings.forms.opening import FiguresForm, OpeningForm
from nennep.meetings.forms.roll import by_group, is_untouched, lines_of, read_roll, typed_lines
from nennep.meetings.models import Meeting, RollCall
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.queries.marks import attendance_mark, majority_warning
from nennep.meetings.queries.page import earlier_texts
from nennep.meetings.queries.roll import keeps_figures, roll_of
from nennep.meetings.rules.attendance import RollSheet
from nennep.meetings.views import frame
from nennep.meetings.views.request import Request
from nennep.members.choices import PositionTitle
from nennep.members.models import Member
from nennep.members.queries import RollEntry, strength_on

ROLL_BUTTONS = frozenset({"next", "save"})  # the others leave the roll call for later


@dataclass
class OpeningPage:
    """The forms of the page. `figures` stands in for the list of names where none are kept."""

    roll: Sequence[RollEntry]
    form: OpeningForm
    figures: FiguresForm | None
    groups: list[GroupPartForm]

    def asked(self, *, with_roll: bool) -> list[BaseForm]:
        figures = [self.figures] if self.figures and with_roll else []
        return [self.form, *self.groups, *figures]


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEETINGS)
def roll_call(request: Request, public_id: UUID) -> HttpResponse:
    is_change = request.method == "POST"
    can = Can.RECORD_MEETINGS if is_change else Can.VIEW_MEETINGS
    meeting = frame.meeting_to(request, can, public_id)
    page = _page(meeting, request.POST if is_change else None)
    if is_change and _is_taken(request, meeting, page):
        return _go_on(request, meeting)
    sheet = read_roll(request.POST, page.roll) if is_change else None
    return frame.show(
        request,
        "roll-call",
        meeting,
        Can.RECORD_MEETINGS,
        _context(meeting, page, sheet),
        status=409 if page.form.theirs is not None else 422 if is_change else 200,
    )


def _page(meeting: Meeting, data: Any) -> OpeningPage:
    roll = [] if keeps_figures(meeting) else roll_of(meeting)
    groups = list(meeting.unit.party_groups.on(day_of(meeting)))
    parts = list(meeting.group_parts.all()) if groups else []
    return OpeningPage(
        roll,
        opening_form(meeting, roll, data),
        figures_form(meeting, data),
        group_forms(groups, parts, data),
    )


def opening_form(meeting: Meeting, roll: Sequence[RollEntry], data: Any) -> OpeningForm:
    """Prefilled with who usually leads and who wrote the last minutes."""
    usual = _usual_chair(roll)
    initial = {
        "held_on": meeting.held_on or min(day_of(meeting), clock.today()),
        "start": local_time(meeting.started_at),
        "chair": meeting.chair_id or (usual.member_id if usual else ""),
        "minute_taker": meeting.minute_taker_id or _last_minute_taker(meeting, roll) or "",
        "minute_taker_name": "" if meeting.minute_taker_id else meeting.minute_taker_name,
        "opening_text": meeting.opening_text,
        "version": meeting.version,
        "dues_paid": meeting.dues_paid,
        "dues_due": meeting.dues_due
        if meeting.dues_due is not None
        else sum(1 for entry in roll if entry.in_strength and not entry.is_exempt) or None,
    }
    people = [(entry.member_id, entry.name) for entry in roll if entry.in_strength]
    return OpeningForm(data, initial=initial, people=people)


def figures_form(meeting: Meeting, data: Any) -> FiguresForm | None:
    if not keeps_figures(meeting):
        return None
    known = getattr(meeting, "roll_call", None)
    if known is not None:
        initial = {name: getattr(known, name) for name in FiguresForm.base_fields}
    else:
        strength = strength_on([meeting.unit_id], day_of(meeting))[meeting.unit_id]
        initial = {
            name: getattr(strength, name)
            for name in ("official", "probationary", "exempt", "away", "suspended", "here")
        }
    return FiguresForm(data, kind=meeting.kind, initial=initial)


def _is_taken(request: Request, meeting: Meeting, page: OpeningPage) -> bool:
    do = request.POST.get("do", "")
    if do.startswith("guest-"):
        guest = get_object_or_404(meeting.guests, pk=whole_number(do.removeprefix("guest-")))
        actions.remove_guest(guest, by=request.user)
    asked = page.asked(with_roll=do in ROLL_BUTTONS)
    if not all([each.is_valid() for each in asked]):  # noqa: C419 -- every form says what is wrong
        return False
    try:
        return frame.taken(page.form, lambda: _keep(request, meeting, page))
    except actions.EditedMeanwhile as edited:
        page.form.show_theirs(cast(Meeting, edited.theirs))
        return False


@transaction.atomic
def _keep(request: Request, meeting: Meeting, page: OpeningPage) -> None:
    do, by, form = request.POST.get("do", ""), request.user, page.form
    meeting = _open(meeting, form, by, is_now=do == "start_now")
    given = form.cleaned_data
    if "opening_text" in form.changed_data:
        version = given["version"] if given["version"] is not None else meeting.version
        actions.write_opening(meeting, text=given["opening_text"], version=version, by=by)
    if given["guest_name"]:
        actions.add_guest(
            meeting,
            full_name=given["guest_name"],
            post=given["guest_post"],
            is_superior=given["guest_is_superior"],
            by=by,
        )
    sheet = read_roll(request.POST, page.roll)
    _take(meeting, sheet, page.figures, by, is_asked=do in ROLL_BUTTONS)
    if form.dues is not None and form.dues != (meeting.dues_paid, meeting.dues_due):
        actions.set_dues(meeting, paid=form.dues[0], due=form.dues[1], by=by)
    parts = given_parts(page.groups, given["held_on"])
    if parts is not None:
        actions.set_group_parts(meeting, parts=parts, by=by)


def _open(meeting: Meeting, form: OpeningForm, by: Any, *, is_now: bool) -> Meeting:
    given = form.cleaned_data
    start = clock.now() if is_now else form.started_at
    if not is_now and start is None:
        raise Refusal(
            _("Write when the meeting started, or press “Start now”."),
            code="start_missing",
            field="start",
        )
    if start == _shown(meeting):  # what stands keeps its seconds
        start = meeting.started_at
        if _stands(meeting, given):
            return meeting
    return actions.open_meeting(
        meeting,
        started_at=start,
        chair=_member(given["chair"]),
        minute_taker=_member(given["minute_taker"]),
        minute_taker_name=given["minute_taker_name"],
        by=by,
    )


def _stands(meeting: Meeting, given: dict[str, Any]) -> bool:
    """Nothing of the opening was changed: the roll call alone is written."""
    taker = "" if meeting.minute_taker_id else meeting.minute_taker_name
    stands = (str(meeting.chair_id or ""), str(meeting.minute_taker_id or ""), taker)
    return stands == (given["chair"], given["minute_taker"], given["minute_taker_name"])


def _shown(meeting: Meeting) -> Any:
    at = meeting.started_at
    return at.astimezone(clock.HANOI).replace(second=0, microsecond=0) if at else None


def _member(choice: str) -> Member | None:
    return Member.objects.get(pk=int(choice)) if choice else None


def _take(
    meeting: Meeting, sheet: RollSheet, figures: FiguresForm | None, by: Any, *, is_asked: bool
) -> None:
    """Pressing “Start now” takes no roll call, unless somebody was marked already."""
    if figures is not None:
        if is_asked:
            actions.take_roll_figures(meeting, figures=figures.figures, by=by)
    elif is_asked or not is_untouched(sheet):
        actions.take_roll(
            meeting,
            absences=sheet.absences,
            late=sheet.late,
            left_early=sheet.left_early,
            exempt_came=sheet.exempt_came,
            by=by,
        )


def _go_on(request: Request, meeting: Meeting) -> HttpResponse:
    if url := frame.panel_asked(request, "roll-call", meeting):
        return redirect(url)
    if request.POST.get("do") == "next":
        return redirect("meetings:discuss", meeting.public_id)
    anchor = "#roll" if request.POST.get("do") == "start_now" else ""
    return redirect(reverse("meetings:roll-call", args=[meeting.public_id]) + anchor)


def _context(meeting: Meeting, page: OpeningPage, sheet: RollSheet | None) -> dict[str, Any]:
    roll = page.roll
    notes = notes_of(roll)
    if sheet is not None:
        lines = typed_lines(roll, sheet, notes)
    else:
        lines = lines_of(roll, meeting.attendances.all(), notes) if roll else []
    lines = by_group(lines, roll, {form.group.pk: form.group.name for form in page.groups})
    taken = getattr(meeting, "roll_call", None)
    return {
        "form": page.form,
        "figures": page.figures,
        "groups": page.groups,
        "earlier_openings": earlier_texts(meeting, "opening_text"),
        "has_parts": any(form.has_error("start") or form["start"].value() for form in page.groups),
        "lines": [line for line in lines if not line.is_exempt],
        "exempt": [line for line in lines if line.is_exempt],
        "apart": [entry for entry in roll if entry.status in {"away", "suspended"}],
        "taken": taken,
        "presences": [(value, str(label)) for value, label in Presence.choices],
        "guests": list(meeting.guests.all()),
        "warning": _warning(meeting, taken),
        "attendance": attendance_mark(meeting),
    }


def _warning(meeting: Meeting, taken: RollCall | None) -> str:
    """Too few who may vote came for any resolution to pass: a warning, never a bar."""
    if taken is None or taken.is_typed:
        return ""
    voters = meeting.attendances.filter(presence=Presence.PRESENT, may_vote=True).count()
    return majority_warning(meeting, voters)


def notes_of(roll: Sequence[RollEntry]) -> dict[int, str]:
    """What stands in small letters under a name."""
    notes = {}
    for entry in roll:
        words = [str(PositionTitle(entry.position).label)] if entry.position else []
        if entry.is_probationary:
            words.append(_("probationary"))
        if entry.status == "here":
            words.append(_("temporarily here"))
        if words:
            notes[entry.member_id] = ", ".join(words)
    return notes


def _usual_chair(roll: Sequence[RollEntry]) -> RollEntry | None:
    titles = (PositionTitle.SECRETARY, PositionTitle.STANDING_DEPUTY, PositionTitle.DEPUTY)
    return next((e for title in titles for e in roll if e.position == title), None)


def _last_minute_taker(meeting: Meeting, roll: Sequence[RollEntry]) -> int | None:
    last = (
        Meeting.objects.closed()
        .filter(unit_id=meeting.unit_id, minute_taker__isnull=False)
        .order_by("-started_at")
        .values_list("minute_taker_id", flat=True)
        .first()
    )
    return last if last in {entry.member_id for entry in roll} else None
