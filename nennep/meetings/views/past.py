"""A meeting of the past, typed in from the paper book on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core.periods import month_of
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.meetings import actions
from nennep.meetings.actions.drafting import paper_kind
from nennep.meetings.choices import Can, PaperKind, Presence, VoteMethod
from nennep.meetings.forms.discussing import SpeakersForm
from nennep.meetings.forms.fields import moment
from nennep.meetings.forms.opening import FiguresForm
from nennep.meetings.forms.past import DayForm, PastForm
from nennep.meetings.forms.roll import lines_of, read_roll, typed_lines
from nennep.meetings.queries.in_force import rules_on
from nennep.meetings.queries.roll import roll_for
from nennep.meetings.rules import Step
from nennep.meetings.rules.steps import steps_of
from nennep.meetings.views import frame
from nennep.meetings.views.opening import notes_of
from nennep.meetings.views.request import Request
from nennep.meetings.views.usual import last_held, usual_place
from nennep.members.choices import PositionTitle
from nennep.members.models import Member
from nennep.members.queries import RollEntry, strength_on
from nennep.organisation.models import Unit

NOON = time(12)


@dataclass(frozen=True)
class PastPage:
    """What the page is about, and its forms. `figures` in place of names where none are kept."""

    unit: Unit
    kind: str
    day: date
    roll: Sequence[RollEntry]
    form: PastForm
    figures: FiguresForm | None
    speakers: SpeakersForm


@require_http_methods(["GET", "POST"])
@policy(Can.RECORD_MEETINGS)
def past_meeting(request: Request, code: str) -> HttpResponse:
    """The day first (in the address), then the page of that day's roll."""
    unit = fetch(Unit.objects.all(), request.user, Can.RECORD_MEETINGS, code=code)
    first = DayForm(request.GET or None)
    if not first.is_valid():
        return render(request, "meetings/past_day.html", {"unit": unit, "form": first})
    kind, day = first.cleaned_data["kind"], first.cleaned_data["day"]
    roll = [] if unit.is_figures_only else roll_for(unit, kind, day)
    data = request.POST if request.method == "POST" else None
    page = PastPage(
        unit,
        kind,
        day,
        roll,
        _form(unit, kind, day, roll, data),
        _figures(unit, kind, day, data),
        SpeakersForm(data, people=_people(roll), initial={"speakers": "", "named": []}),
    )
    if data is not None and _is_taken(request, page):
        return redirect("meetings:ledger", unit.code)
    notes = notes_of(roll)
    lines = (
        typed_lines(roll, read_roll(data, roll), notes)
        if data is not None
        else lines_of(roll, [], notes)
    )
    context = {
        "unit": unit,
        "kind": kind,
        "day": day,
        "form": page.form,
        "figures": page.figures,
        "speakers": page.speakers,
        "speaker_names": _people(roll),
        "named": {int(member_id) for member_id in page.speakers["named"].value() or ()},
        "steps_asked": _steps(unit, kind, day),
        "skipped": set(page.form["skipped"].value() or ()),
        "lines": [line for line in lines if not line.is_exempt],
        "exempt": [line for line in lines if line.is_exempt],
        "presences": [(value, str(label)) for value, label in Presence.choices],
        "is_editable": True,
    }
    return render(request, "meetings/past.html", context, status=422 if data is not None else 200)


def _form(unit: Unit, kind: str, day: date, roll: Sequence[RollEntry], data: Any) -> PastForm:
    own = [entry for entry in roll if entry.in_strength]
    chair = next((e for e in own if e.position == PositionTitle.SECRETARY), None)
    initial = {
        "period": month_of(day),
        "place": usual_place(last_held(unit)),
        "chair": chair.member_id if chair else "",
    }
    steps = [(step.code, step.title) for step in _steps(unit, kind, day)]
    return PastForm(data, kind=kind, people=_people(own), steps=steps, initial=initial)


def _people(roll: Sequence[RollEntry]) -> list[tuple[int, str]]:
    return [(entry.member_id, entry.name) for entry in roll]


def _steps(unit: Unit, kind: str, day: date) -> tuple[Step, ...]:
    return steps_of(kind, rules_on(unit, day).values) or ()


def _figures(unit: Unit, kind: str, day: date, data: Any) -> FiguresForm | None:
    if not unit.is_figures_only:
        return None
    strength = strength_on([unit.pk], day)[unit.pk]
    names = ("official", "probationary", "exempt", "away", "suspended", "here")
    initial = {name: getattr(strength, name) for name in names}
    return FiguresForm(data, kind=kind, initial=initial)


def _is_taken(request: Request, page: PastPage) -> bool:
    forms = [page.form, page.speakers, *([page.figures] if page.figures else [])]
    if not all([each.is_valid() for each in forms]):  # noqa: C419 -- every form says what is wrong
        return False
    sheet = _sheet(request, page)
    if not frame.taken(
        page.form, lambda: actions.record_past_meeting(page.unit, sheet=sheet, by=request.user)
    ):
        return False
    messages.success(request, _("The meeting of the past is recorded, and its minutes are closed."))
    return True


def _sheet(request: Request, page: PastPage) -> actions.PastSheet:
    form, day = page.form, page.day
    given, called = form.cleaned_data, read_roll(request.POST, page.roll)
    dues = (given["dues_paid"], given["dues_due"])
    spoke = page.speakers.asked or {}
    return actions.PastSheet(
        kind=page.kind,
        period=given["period"],
        started_at=form.at("start", day),
        ended_at=form.at("end", day),
        thematic_started_at=form.at("thematic_start", day),
        place=given["place"],
        topic=given.get("topic", ""),
        chair=_member(given["chair"]),
        minute_taker=_member(given["minute_taker"]),
        minute_taker_name=given["minute_taker_name"],
        absences=called.absences,
        late=called.late,
        left_early=called.left_early,
        exempt_came=called.exempt_came,
        figures=page.figures.figures if page.figures else None,
        spoke_all_but=spoke.get("except_ids"),
        spoke_only=spoke.get("ids"),
        guests=_guests(form),
        skipped_steps=form.skipped_steps,
        dues=dues if None not in dues else None,
        papers_sent_at=moment(given["papers_sent_on"], NOON),
        finished_sent_at=moment(given["finished_sent_on"], NOON),
        items=form.titled_items,
        conclusion=given["conclusion"],
        summary=given["summary"],
        lines=[actions.SheetLine(what=line) for line in form.rows_of("lines")],
        vote=_vote(given, page.kind),
    )


def _guests(form: PastForm) -> list[actions.SheetGuest]:
    return [
        actions.SheetGuest(name, post, is_superior)
        for field, is_superior in (("superiors", True), ("guests", False))
        for name, post in form.guests_of(field)
    ]


def _member(choice: str) -> Member | None:
    return Member.objects.get(pk=int(choice)) if choice else None


def _vote(given: dict[str, Any], kind: str) -> actions.SheetVote | None:
    if given["in_favour"] is None:
        return None
    return actions.SheetVote(
        in_favour=given["in_favour"],
        against=given["against"] or 0,
        other=given["other"] or 0,
        subject="conclusion" if paper_kind(kind) == PaperKind.CONCLUSION else "resolution",
        method=given["method"] or VoteMethod.CARD,
    )
