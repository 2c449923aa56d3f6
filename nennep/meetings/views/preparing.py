"""Step 1. One form: everything on it is kept by any of its buttons, so that no typing is lost."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core.policies import policy
from nennep.meetings import actions
from nennep.meetings.choices import Can
from nennep.meetings.forms.planning import WhenForm
from nennep.meetings.models import AgendaItem, Meeting
from nennep.meetings.queries.agenda import agenda_steps, prompts_for
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.queries.page import checklist_of
from nennep.meetings.queries.papers import invitation_text
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.views import frame
from nennep.meetings.views.people import by_name
from nennep.meetings.views.request import Request

SENT = {
    "invited": actions.mark_invited,
    "superior_told": actions.mark_superior_told,
    "papers_sent": actions.mark_papers_sent,
}


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEETINGS)
def prepare(request: Request, public_id: UUID) -> HttpResponse:
    meeting = frame.meeting_to(
        request,
        Can.PREPARE_MEETINGS if request.method == "POST" else Can.VIEW_MEETINGS,
        public_id,
    )
    form = WhenForm(request.POST or None, meeting=meeting)
    if request.method == "POST":
        if form.is_valid() and frame.taken(form, lambda: _keep(request, meeting, form)):
            return _go_on(request, meeting)
        context = _context(meeting, form)
        return frame.show(request, "prepare", meeting, Can.PREPARE_MEETINGS, context, status=422)
    return frame.show(request, "prepare", meeting, Can.PREPARE_MEETINGS, _context(meeting, form))


@transaction.atomic
def _keep(request: Request, meeting: Meeting, form: WhenForm) -> None:
    data, by = request.POST, request.user
    if form.has_changed():
        given = form.cleaned_data
        actions.move_meeting(
            meeting,
            planned_at=form.planned_at,
            place=given["place"],
            topic=given.get("topic"),
            by=by,
        )
    if chosen := data.getlist("prompt"):
        actions.add_prompts(meeting, titles=chosen, by=by)
    if title := data.get("new_item", "").strip():
        actions.add_item(meeting, title=title, by=by)
    _tick(meeting, data.getlist("done"), by)
    _name_owners(meeting, data, by)
    for what, mark in SENT.items():
        if what in data and getattr(meeting, f"{what}_at") is None:
            mark(meeting, by=by)
    _act(meeting, data.get("do", ""), by)


def _tick(meeting: Meeting, done: list[str], by: Any) -> None:
    """What a fact proves is not ticked by hand."""
    for shown in checklist_of(meeting):
        entry, is_done = shown.entry, shown.entry.code in done
        if not shown.is_proven and is_done != (entry.done_at is not None):
            actions.tick_checklist(entry, is_done=is_done, by=by)


def _name_owners(meeting: Meeting, data: Mapping[str, str], by: Any) -> None:
    """Who sees to what; a name the roll does not know changes nothing."""
    entries = list(meeting.checklist.select_related("owner"))
    typed = {entry: " ".join(data.get(f"owner-{entry.code}", "").split()) for entry in entries}
    changed = {
        entry: name
        for entry, name in typed.items()
        if name and name != (entry.owner.full_name if entry.owner else "")
    }
    if not changed:
        return
    people = by_name(roll_of(meeting))
    for entry, name in changed.items():
        if owner := people.get(name.casefold()):
            actions.set_owner(entry, owner=owner, by=by)


def _act(meeting: Meeting, do: str, by: Any) -> None:
    """The small buttons: `up-<item>`, `down-<item>`, `remove-<item>`, `unmark-<what>`."""
    what, _dash, which = do.partition("-")
    if what == "unmark" and which in SENT:
        actions.unmark(meeting, which, by=by)
        return
    moves: dict[str, Callable[[AgendaItem], object]] = {
        "up": lambda item: actions.move_item(item, to=item.position - 1, by=by),
        "down": lambda item: actions.move_item(item, to=item.position + 1, by=by),
        "remove": lambda item: actions.remove_item(item, by=by),
    }
    if what in moves:
        moves[what](get_object_or_404(meeting.items, public_id=which))


def _go_on(request: Request, meeting: Meeting) -> HttpResponse:
    if url := frame.panel_asked(request, "prepare", meeting):
        return redirect(url)
    do = request.POST.get("do", "")
    if do == "next":
        return redirect("meetings:roll-call", meeting.public_id)
    anchor = "#sending" if do.startswith("unmark") else "#agenda" if do and do != "save" else ""
    return redirect(reverse("meetings:prepare", args=[meeting.public_id]) + anchor)


def _context(meeting: Meeting, form: WhenForm) -> dict[str, Any]:
    steps = agenda_steps(meeting)
    items = list(meeting.items.select_related("carried_from__who"))
    there = {item.title for item in items}
    return {
        "form": form,
        "items": items,
        "step_choices": steps,
        "prompts": [text for text in prompts_for(meeting.unit.block) if text not in there],
        "checklist": checklist_of(meeting),
        "people": [] if meeting.unit.is_figures_only else [e.name for e in roll_of(meeting)],
        "sendings": _sendings(meeting),
        "invitation": invitation_text(meeting),
        "papers_rule": rules_of(meeting).source_of("papers_days_before"),
        "papers_before": rules_of(meeting).values.papers_days_before,
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
