"""Step 1. One form: everything on it is kept by any of its buttons, so that no typing is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.text import whole_number
from nennep.meetings import actions
from nennep.meetings.choices import Can
from nennep.meetings.forms.planning import WhenForm
from nennep.meetings.forms.preparing import NewTaskForm, TaskForm
from nennep.meetings.models import AgendaItem, Meeting
from nennep.meetings.queries.agenda import agenda_steps, prompts_for
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.queries.marks import plan_marks
from nennep.meetings.queries.page import checklist_of
from nennep.meetings.queries.papers import agenda_text, invitation_text
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.views import frame
from nennep.meetings.views.people import People, people_of
from nennep.meetings.views.request import Request

SENT = {
    "invited": actions.mark_invited,
    "superior_told": actions.mark_superior_told,
    "papers_sent": actions.mark_papers_sent,
}


@dataclass
class PreparingPage:
    """The forms of the page, filled with what stands or with what was typed."""

    when: WhenForm
    people: People
    tasks: list[TaskForm]
    new_task: NewTaskForm
    errors: list[str] = field(default_factory=list)

    @property
    def forms(self) -> list[Any]:
        return [self.when, *self.tasks, self.new_task]

    @property
    def done(self) -> int:
        return sum(1 for task in self.tasks if task.shown.is_done)

    @property
    def has_task_errors(self) -> bool:
        return any(form.errors for form in [*self.tasks, self.new_task] if form.is_bound)


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEETINGS)
def prepare(request: Request, public_id: UUID) -> HttpResponse:
    is_change = request.method == "POST"
    can = Can.PREPARE_MEETINGS if is_change else Can.VIEW_MEETINGS
    meeting = frame.meeting_to(request, can, public_id)
    page = _page(meeting, request.POST if is_change else None)
    if is_change and _is_kept(request, meeting, page):
        return _go_on(request, meeting)
    return frame.show(
        request,
        "prepare",
        meeting,
        Can.PREPARE_MEETINGS,
        _context(meeting, page),
        status=422 if is_change else 200,
    )


def _page(meeting: Meeting, data: Any) -> PreparingPage:
    has_names = not meeting.unit.is_figures_only
    people = people_of(roll_of(meeting)) if has_names else People()
    tasks = [
        TaskForm(
            data,
            shown=shown,
            find=people.find,
            owner=_owner(people, shown.entry.owner) if has_names else None,
        )
        for shown in checklist_of(meeting)
    ]
    return PreparingPage(
        WhenForm(data, meeting=meeting),
        people,
        [form for form in tasks if data is None or form.add_prefix("due_on") in data],
        NewTaskForm(data, find=people.find, has_names=has_names),
    )


def _owner(people: People, owner: Any) -> str:
    """The name that stands; somebody who left the roll meanwhile keeps it."""
    return (people.label_of(owner.pk) or str(owner.full_name)) if owner else ""


def _is_kept(request: Request, meeting: Meeting, page: PreparingPage) -> bool:
    if not all([form.is_valid() for form in page.forms]):  # noqa: C419 -- every form says what is wrong
        return False
    try:
        _keep(request, meeting, page)
    except Refusal as refusal:
        known = refusal.field in page.when.fields
        page.when.add_error(refusal.field if known else None, refusal.message)
        return False
    return True


@transaction.atomic
def _keep(request: Request, meeting: Meeting, page: PreparingPage) -> None:
    data, by = request.POST, request.user
    _keep_tasks(meeting, page, by)  # before the meeting moves: their days move with it
    if page.when.has_changed():
        actions.move_meeting(meeting, by=by, **page.when.given)
    if chosen := data.getlist("prompt"):
        actions.add_prompts(meeting, titles=chosen, by=by)
    if title := data.get("new_item", "").strip():
        actions.add_item(meeting, title=title, by=by)
    for what, mark in SENT.items():
        if what in data and getattr(meeting, f"{what}_at") is None:
            mark(meeting, by=by)
    _act(meeting, data.get("do", ""), by)


def _keep_tasks(meeting: Meeting, page: PreparingPage, by: Any) -> None:
    for form in page.tasks:
        entry, given = form.shown.entry, form.cleaned_data
        if form.is_assigned_anew:
            owner = given.get("owner", entry.owner)
            actions.assign_task(entry, owner=owner, due_on=given["due_on"], by=by)
        if "is_done" in form.changed_data:
            actions.tick_checklist(entry, is_done=given["is_done"], by=by)
    given = page.new_task.cleaned_data
    if given["title"].strip():
        actions.add_task(
            meeting,
            title=given["title"],
            owner=given.get("owner"),
            due_on=given["due_on"],
            by=by,
        )


def _act(meeting: Meeting, do: str, by: Any) -> None:
    """The small buttons: `up-<item>`, `remove-<item>`, `untask-<task>`, `unmark-<what>` …"""
    what, _dash, which = do.partition("-")
    if what == "unmark" and which in SENT:
        actions.unmark(meeting, which, by=by)
    if what == "fill":
        actions.prepare(meeting, by=by)
    if what == "untask":
        actions.remove_task(get_object_or_404(meeting.checklist, pk=whole_number(which)), by=by)
    moves: dict[str, Callable[[AgendaItem], object]] = {
        "up": lambda item: actions.move_item(item, to=item.position - 1, by=by),
        "down": lambda item: actions.move_item(item, to=item.position + 1, by=by),
        "remove": lambda item: actions.remove_item(item, by=by),
    }
    if what in moves:
        moves[what](get_object_or_404(meeting.items, public_id=which))


def _go_on(request: Request, meeting: Meeting) -> HttpResponse:
    do = request.POST.get("do", "")
    what, _dash, which = do.partition("-")
    if url := frame.panel_asked(request, "prepare", meeting):
        return redirect(url)
    if do == "next":
        return redirect("meetings:roll-call", meeting.public_id)
    if what == "edit":
        return redirect("meetings:item", which)
    anchors = {
        "unmark": "#sending",
        "task": "#checklist",
        "untask": "#checklist",
        "save": "",
        "fill": "",
    }
    anchor = anchors.get(what, "#agenda" if do else "")
    return redirect(reverse("meetings:prepare", args=[meeting.public_id]) + anchor)


def _context(meeting: Meeting, page: PreparingPage) -> dict[str, Any]:
    items = list(meeting.items.select_related("carried_from__who", "topic"))
    there = {item.title for item in items}
    rules = rules_of(meeting)
    return {
        "page": page,
        "form": page.when,
        "items": items,
        "step_choices": agenda_steps(meeting),
        "prompts": [text for text in prompts_for(meeting.unit.block) if text not in there],
        "plan_marks": plan_marks(meeting, rules) if meeting.started_at is None else [],
        "sendings": _sendings(meeting),
        "invitation": invitation_text(meeting),
        "agenda_text": agenda_text(meeting),
        "papers_rule": rules.source_of("papers_days_before"),
        "papers_before": rules.values.papers_days_before,
    }


def _sendings(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {"name": "invited", "label": _("Members have been told"), "at": meeting.invited_at},
        {
            "name": "superior_told",
            "label": _("The superior committee has been told"),
            "at": meeting.superior_told_at,
        },
        {
            "name": "papers_sent",
            "label": _("Papers have been sent to members"),
            "at": meeting.papers_sent_at,
        },
    ]
