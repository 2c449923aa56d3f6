"""Step 4: conclusion, lines, adoption, close. One form, one main button."""

from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.library.queries.issuing import term_of
from nennep.meetings import actions
from nennep.meetings.actions.drafting import paper_kind
from nennep.meetings.choices import SATISFY_REGULAR, Can, MeetingKind
from nennep.meetings.forms.concluding import EndForm, LineForm, PaperForm, ResultForm
from nennep.meetings.models import Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.additions import lacking
from nennep.meetings.queries.agenda import agenda_steps
from nennep.meetings.queries.answering import last_lines
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.queries.issuing import obstacle_to
from nennep.meetings.queries.marks import roll_call_of
from nennep.meetings.queries.page import earlier_texts
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.rules.length import least_length
from nennep.meetings.views import frame
from nennep.meetings.views.people import People, people_of
from nennep.meetings.views.request import Request

NEW_LINES = 1  # an empty line ready to be typed on; another comes after saving


@dataclass
class ConclusionPage:
    """The forms of the page, filled with what stands or with what was typed."""

    people: People
    paper: Resolution | None
    words: PaperForm
    lines: list[LineForm]
    new: list[LineForm]
    results: list[ResultForm]
    end: EndForm
    errors: list[str] = field(default_factory=list)

    @property
    def forms(self) -> list[Any]:
        return [self.words, *self.lines, *self.new, *self.results, self.end]


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEETINGS)
def conclude(request: Request, public_id: UUID) -> HttpResponse:
    is_change = request.method == "POST"
    can = Can.RECORD_MEETINGS if is_change else Can.VIEW_MEETINGS
    meeting = frame.meeting_to(request, can, public_id)
    if request.POST.get("do") == "close" and not frame.may(request, Can.CLOSE_MINUTES, meeting):
        raise PermissionDenied
    page = _page(meeting, request.POST if is_change else None)
    if is_change and _is_kept(request, meeting, page):
        return _go_on(request, meeting)
    return frame.show(
        request,
        "conclude",
        meeting,
        Can.RECORD_MEETINGS,
        _context(meeting, page),
        status=409 if page.end.theirs is not None else 422 if is_change else 200,
    )


def _page(meeting: Meeting, data: Any) -> ConclusionPage:
    has_names = not meeting.unit.is_figures_only
    people = people_of(roll_of(meeting)) if has_names else People()
    paper = meeting.resolutions.order_by("id").first()
    standing = paper.items.select_related("who") if paper else ()
    lines = [LineForm(data, line=line, who=_who(people, line)) for line in standing]
    results = [ResultForm(data, line=line) for line in _answered_for(meeting)]
    steps = [(step.code, step.title) for step in agenda_steps(meeting)]
    return ConclusionPage(
        people,
        paper,
        PaperForm(data, paper=paper, kind=meeting.kind, usual=paper_kind(meeting.kind)),
        [form for form in lines if _was_shown(form, "what")],
        [LineForm(data, number=number) for number in range(NEW_LINES)],
        [form for form in results if _was_shown(form, "result")],
        EndForm(data, meeting=meeting, steps=steps),
    )


def _answered_for(meeting: Meeting) -> list[ResolutionItem]:
    """Lines whose results this meeting hears of: those of a month, not those of a term or a year."""
    if meeting.kind in {MeetingKind.CONGRESS, MeetingKind.SELF_REVIEW}:
        return []
    return last_lines(meeting)


def _who(people: People, line: ResolutionItem) -> str:
    """Whoever left the roll meanwhile keeps the name on the line."""
    if line.who is None:
        return line.who_text
    return people.label_of(line.who_id) or line.who.full_name


def _was_shown(form: LineForm | ResultForm, name: str) -> bool:
    """A line that somebody else added meanwhile was not on the page that was sent."""
    return not form.is_bound or form.add_prefix(name) in form.data


def _is_kept(request: Request, meeting: Meeting, page: ConclusionPage) -> bool:
    if not all([form.is_valid() for form in page.forms]):  # noqa: C419 -- every form says what is wrong
        return False
    try:
        _keep(request, meeting, page)
    except actions.EditedMeanwhile as edited:
        page.end.show_theirs(cast(Meeting, edited.theirs))
        return False
    except Refusal as refusal:
        known = refusal.field in page.end.fields
        page.end.add_error(refusal.field if known else None, refusal.message)
        if not known:
            page.errors.append(refusal.message)
        return False
    return True


@transaction.atomic
def _keep(request: Request, meeting: Meeting, page: ConclusionPage) -> None:
    by, do = request.user, request.POST.get("do", "")
    for form in page.results:
        if form.has_changed():
            day = meeting.held_on or clock.today()
            done_on = (form.line.done_on or day) if form.cleaned_data["is_done"] else None
            actions.record_result(
                form.line, result=form.cleaned_data["result"], done_on=done_on, by=by
            )
    if do == "drop" and page.paper is not None:
        actions.remove_resolution(page.paper, by=by)
    else:
        _keep_paper(meeting, page, by)
    _keep_end(meeting, page.end, by, is_now=do == "end_now")


def _keep_paper(meeting: Meeting, page: ConclusionPage, by: Any) -> None:
    paper, find = page.paper, page.people.find
    filled = [form for form in page.new if form.is_filled]
    if page.words.has_changed() or (filled and paper is None):
        of_kind = {"kind": paper.kind} if paper else {}
        paper = actions.write_resolution(meeting, by=by, **page.words.given | of_kind)
    for form in page.lines:
        if form.line is not None and form.cleaned_data["remove"]:
            actions.remove_line(form.line, by=by)
        elif form.line is not None and form.has_changed():
            actions.edit_line(form.line, by=by, **form.given(find))
    for form in filled:
        if paper is not None:
            actions.add_line(paper, by=by, **form.given(find))


def _keep_end(meeting: Meeting, form: EndForm, by: Any, *, is_now: bool) -> None:
    given = form.cleaned_data
    if "closing_text" in form.changed_data:
        version = given["version"] if given["version"] is not None else meeting.version
        actions.write_closing(meeting, text=given["closing_text"], version=version, by=by)
    if {"as_programme", "skipped"} & set(form.changed_data):
        if given["as_programme"] or given["skipped"]:
            actions.mark_steps(meeting, skipped=given["skipped"], by=by)
        else:
            actions.take_back(meeting, "steps", by=by)
    _keep_moments(meeting, form, by, is_now=is_now)
    for name, what, act in (
        ("adopted", "adoption", actions.adopt_minutes),
        ("declared", "declaration", actions.declare_free_of_secrets),
    ):
        if name in form.changed_data and given[name]:
            act(meeting, by=by)
        elif name in form.changed_data:
            actions.take_back(meeting, what, by=by)


def _keep_moments(meeting: Meeting, form: EndForm, by: Any, *, is_now: bool) -> None:
    """A time that was emptied is taken back."""
    if "thematic_start" in form.changed_data:
        if form.thematic_started_at:
            actions.start_thematic(meeting, at=form.thematic_started_at, by=by)
        else:
            actions.take_back(meeting, "thematic", by=by)
    if is_now or ("end" in form.changed_data and form.ended_at):
        actions.end_meeting(meeting, ended_at=None if is_now else form.ended_at, by=by)
    elif "end" in form.changed_data:
        actions.take_back(meeting, "end", by=by)


def _is_closed(request: Request, meeting: Meeting) -> bool:
    """What was typed is kept in any case; only the closing may be refused."""
    try:
        closing = actions.close_minutes(meeting, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return False
    if meeting.kind in SATISFY_REGULAR:
        messages.success(request, _("The minutes are closed and locked. The month counts as held."))
    else:
        messages.success(request, _("The minutes are closed and locked."))
    for paper in closing.issued:
        messages.success(request, _("Number given: %(symbol)s.") % {"symbol": paper.symbol})
    for paper, why in closing.unissued:
        messages.warning(
            request,
            _("%(kind)s has no number: %(why)s") % {"kind": paper.get_kind_display(), "why": why},
        )
    return True


def _go_on(request: Request, meeting: Meeting) -> HttpResponse:
    if url := frame.panel_asked(request, "conclude", meeting):
        return redirect(url)
    do = request.POST.get("do", "")
    if do == "close" and _is_closed(request, meeting):
        return redirect("meetings:follow", meeting.public_id)
    anchor = {"end_now": "#ending", "add": "#lines", "close": "#still-missing"}.get(do, "")
    return redirect(reverse("meetings:conclude", args=[meeting.public_id]) + anchor)


def _context(meeting: Meeting, page: ConclusionPage) -> dict[str, Any]:
    rules, held_on = rules_of(meeting), meeting.held_on
    term = term_of(meeting.unit, held_on) if held_on else None
    obstacle = obstacle_to(page.paper, meeting, term) if page.paper and held_on else None
    roll_call = roll_call_of(meeting)
    least = least_length(meeting.kind, roll_call.strength if roll_call else 0, rules.values)
    return {
        "page": page,
        "missing": _gaps(meeting) if held_on and not meeting.is_closed else [],
        "lacking": [] if meeting.is_closed else lacking(meeting),
        "steps_asked": agenda_steps(meeting),
        "skipped": set(page.end["skipped"].value() or ()),
        "least": least.minutes if least else None,
        "least_source": rules.source_of(least.rule) if least else None,
        "earlier_closings": earlier_texts(meeting, "closing_text"),
        "why_no_number": _why(obstacle),
        "is_first_save": meeting.ended_at is None,
    }


def _gaps(meeting: Meeting) -> list[tuple[str, str]]:
    """What keeps the minutes from being closed, in words, each with the place where it is written."""
    opening = reverse("meetings:roll-call", args=[meeting.public_id])
    places = {"start": opening, "roll_call": f"{opening}#roll", "end": "#ending"}
    gaps = actions.missing(meeting)
    return [(words, places.get(name, "#minutes")) for name, words in gaps.items()]


def _why(obstacle: Any) -> str:
    from nennep.meetings.actions.closing import why_not  # noqa: PLC0415 -- words of the closing

    return why_not(obstacle) if obstacle else ""
