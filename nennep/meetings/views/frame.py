"""What the five steps of a meeting share: the record, the line of steps, who may change it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.meetings.actions import EditedMeanwhile
from nennep.meetings.choices import Can, StepPage
from nennep.meetings.models import Meeting, MeetingQuerySet
from nennep.meetings.queries.additions import panels_on
from nennep.meetings.queries.marks import marks
from nennep.meetings.queries.progress import Progress, StepState, progress
from nennep.meetings.views.request import Request

STEPS = ("prepare", "roll-call", "discuss", "conclude", "follow")
PAGE_OF = dict(zip(STEPS, StepPage, strict=True))


@dataclass(frozen=True, slots=True)
class StepLink:
    """One of the five steps on the line at the top."""

    name: str
    label: str
    url: str
    state: str


def meetings() -> MeetingQuerySet:
    """Meetings with what every step's page asks of them."""
    return Meeting.objects.select_related("unit", "roll_call", "closed_by")


def meeting_to(request: Request, can: str, public_id: UUID) -> Meeting:
    """The meeting to show or to change; a look from above the cell is noted."""
    meeting = fetch(meetings(), request.user, can, public_id=public_id)
    if can == Can.VIEW_MEETINGS:
        note_look(request, meeting, "meeting looked at")
    return meeting


def note_look(request: Request, meeting: Meeting, what: str, **details: object) -> None:
    """The cell's own people look at their own; everybody else's look is a line in the trail."""
    reaches = request.user.reaches(Can.VIEW_MEETINGS)
    if not any(reach.path == meeting.unit.path for reach in reaches):
        trail.record_look(what, meeting, by=request.user, **details)


def may(request: Request, can: str, meeting: Meeting) -> bool:
    """Whether this person may do `can` to this meeting, by the unit or by a pass to it alone."""
    return any(
        meeting.unit.path.startswith(reach.path) and reach.only in {None, meeting.public_id}
        for reach in request.user.reaches(can)
    )


def title_of(meeting: Meeting) -> str:
    titles = {
        "regular": _("Regular meeting, %(month)s/%(year)s"),
        "thematic": _("Thematic meeting, %(month)s/%(year)s"),
        "combined": _("Regular, then thematic meeting, %(month)s/%(year)s"),
        "cell_committee": _("Meeting of the cell committee, %(month)s/%(year)s"),
        "extraordinary": _("Extraordinary meeting, %(month)s/%(year)s"),
        "congress": _("Congress of the cell, %(month)s/%(year)s"),
        "self_review": _("Year-end self-review, %(month)s/%(year)s"),
    }
    title = titles[meeting.kind] % {"month": meeting.period.month, "year": meeting.period.year}
    return _("%(title)s (model meeting)") % {"title": title} if meeting.is_model else title


def step_links(meeting: Meeting, so_far: Progress) -> list[StepLink]:
    """A step passed over is pointed out, never barred."""
    return [
        StepLink(name, step.label, step_url(name, meeting), _state(step, so_far))
        for name, step in zip(STEPS, so_far.steps, strict=True)
    ]


def step_url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.public_id])


def _state(step: StepState, so_far: Progress) -> str:
    if step.is_done:
        return "done"
    return "attention" if step.number < so_far.next_action.step else "todo"


def current_step(so_far: Progress) -> str:
    """Where the work stands: the page that opens by itself."""
    return STEPS[so_far.next_action.step - 1]


def show(
    request: Request,
    name: str,
    meeting: Meeting,
    can: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A step's page. Its form is switched off where the person or the closed minutes forbid it."""
    may_change = may(request, can, meeting)
    so_far = progress(meeting)
    frame = {
        "meeting": meeting,
        "title": title_of(meeting),
        "steps": step_links(meeting, so_far),
        "next_action": so_far.next_action,
        "marks": marks(meeting),
        "current": STEPS.index(name) + 1,
        "step": name,
        "may_change": may_change,
        "is_editable": may_change and not meeting.is_closed and meeting.cancelled_at is None,
        "may_prepare": may(request, Can.PREPARE_MEETINGS, meeting),
        "may_close": may(request, Can.CLOSE_MINUTES, meeting),
        "may_give_pass": may(request, Can.GIVE_MINUTE_PASS, meeting),
        "draft_version": f"{meeting.version}-{meeting.closed_at or ''}",
        "panels": panels_on(PAGE_OF[name], meeting, request.user),
    }
    template = f"meetings/{name.replace('-', '_')}.html"
    return render(request, template, frame | context, status=status)


def panel_asked(request: Request, name: str, meeting: Meeting) -> str:
    """The page that a button of a panel leads to, once the step's form was kept; else nothing."""
    key = request.POST.get("go", "")
    panels = panels_on(PAGE_OF[name], meeting, request.user) if key else []
    return next((panel.url for panel in panels if panel.key == key), "")


def taken(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the action took it; a refusal stands beside its field, what was typed stays.

    Two texts at once are no mistake in a field: whoever calls shows them side by side.
    """
    try:
        act()
    except EditedMeanwhile:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True
