"""Step 4: conclusion, lines, adoption, close. One form, one main button."""

from collections.abc import Sequence
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
from nennep.meetings import actions
from nennep.meetings.choices import Can
from nennep.meetings.forms.concluding import EndForm, LineForm, PaperForm, ResultForm
from nennep.meetings.models import Meeting, Resolution
from nennep.meetings.queries.additions import lacking
from nennep.meetings.queries.agenda import agenda_steps, last_lines
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.queries.issuing import obstacle_to, term_of
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.views import frame
from nennep.meetings.views.people import by_name
from nennep.meetings.views.request import Request
from nennep.members.queries import RollEntry

NEW_LINES = 1  # an empty line ready to be typed on; another comes after saving


@dataclass
class ConclusionPage:
    """The forms of the page, filled with what stands or with what was typed."""

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
    roll = [] if meeting.unit.is_figures_only else roll_of(meeting)
    page = _page(meeting, request.POST if is_change else None)
    if is_change and _is_kept(request, meeting, page, roll):
        return _go_on(request, meeting)
    return frame.show(
        request,
        "conclude",
        meeting,
        Can.RECORD_MEETINGS,
        _context(meeting, page, roll),
        status=409 if page.end.theirs is not None else 422 if is_change else 200,
    )


def _page(meeting: Meeting, data: Any) -> ConclusionPage:
    paper = meeting.resolutions.order_by("id").first()
    lines = [
        LineForm(data, line=line) for line in (paper.items.select_related("who") if paper else ())
    ]
    results = [ResultForm(data, line=line) for line in last_lines(meeting)]
    steps = [(step.code, step.title) for step in agenda_steps(meeting)]
    return ConclusionPage(
        paper,
        PaperForm(data, paper=paper),
        [form for form in lines if _was_shown(form, "what")],
        [LineForm(data, number=number) for number in range(NEW_LINES)],
        [form for form in results if _was_shown(form, "result")],
        EndForm(data, meeting=meeting, steps=steps),
    )


def _was_shown(form: LineForm | ResultForm, name: str) -> bool:
    """A line that somebody else added meanwhile was not on the page that was sent."""
    return not form.is_bound or form.add_prefix(name) in form.data


def _is_kept(
    request: Request, meeting: Meeting, page: ConclusionPage, roll: Sequence[RollEntry]
) -> bool:
    if not all([form.is_valid() for form in page.forms]):  # noqa: C419 -- every form says what is wrong
        return False
    try:
        _keep(request, meeting, page, roll)
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
def _keep(
    request: Request, meeting: Meeting, page: ConclusionPage, roll: Sequence[RollEntry]
) -> None:
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
        _keep_paper(meeting, page, roll, by)
    _keep_end(meeting, page.end, by, is_now=do == "end_now")


def _keep_paper(meeting: Meeting, page: ConclusionPage, roll: Sequence[RollEntry], by: Any) -> None:
    paper, people = page.paper, by_name(roll)
    filled = [form for form in page.new if form.is_filled]
    if page.words.has_changed() or (filled and paper is None):
        paper = actions.write_resolution(meeting, by=by, **page.words.given)
    for form in page.lines:
        if form.line is not None and form.cleaned_data["remove"]:
            actions.remove_line(form.line, by=by)
        elif form.line is not None and form.has_changed():
            actions.edit_line(form.line, by=by, **form.given(people))
    for form in filled:
        if paper is not None:
            actions.add_line(paper, by=by, **form.given(people))


def _keep_end(meeting: Meeting, form: EndForm, by: Any, *, is_now: bool) -> None:
    given = form.cleaned_data
    if "closing_text" in form.changed_data:
        version = given["version"] if given["version"] is not None else meeting.version
        actions.write_closing(meeting, text=given["closing_text"], version=version, by=by)
    has_said_steps = {"as_programme", "skipped"} & set(form.changed_data)
    if has_said_steps and (given["as_programme"] or given["skipped"]):
        actions.mark_steps(meeting, skipped=given["skipped"], by=by)
    if "thematic_start" in form.changed_data and form.thematic_started_at:
        actions.start_thematic(meeting, at=form.thematic_started_at, by=by)
    if is_now or ("end" in form.changed_data and form.ended_at):
        actions.end_meeting(meeting, ended_at=None if is_now else form.ended_at, by=by)
    if given["adopted"] and "adopted" in form.changed_data:
        actions.adopt_minutes(meeting, by=by)
    if given["declared"] and "declared" in form.changed_data:
        actions.declare_free_of_secrets(meeting, by=by)


def _is_closed(request: Request, meeting: Meeting) -> bool:
    """What was typed is kept in any case; only the closing may be refused."""
    try:
        closing = actions.close_minutes(meeting, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return False
    messages.success(request, _("The minutes are closed and locked. The month counts as held."))
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
    anchor = {"end_now": "#ending", "add": "#lines"}.get(do, "")
    return redirect(reverse("meetings:conclude", args=[meeting.public_id]) + anchor)


def _context(meeting: Meeting, page: ConclusionPage, roll: Sequence[RollEntry]) -> dict[str, Any]:
    rules, held_on = rules_of(meeting), meeting.held_on
    term = term_of(meeting.unit, held_on) if held_on else None
    obstacle = obstacle_to(page.paper, meeting, term) if page.paper and held_on else None
    return {
        "page": page,
        "people": [entry.name for entry in roll],
        "missing": actions.missing(meeting) if held_on and not meeting.is_closed else [],
        "lacking": [] if meeting.is_closed else lacking(meeting),
        "steps_asked": agenda_steps(meeting),
        "skipped": set(page.end["skipped"].value() or ()),
        "least": rules.values.minimum_minutes if meeting.kind == "regular" else None,
        "least_source": rules.source_of("minimum_minutes"),
        "why_no_number": _why(obstacle),
        "is_first_save": meeting.ended_at is None,
    }


def _why(obstacle: Any) -> str:
    from nennep.meetings.actions.closing import why_not  # noqa: PLC0415 -- words of the closing

    return why_not(obstacle) if obstacle else ""
