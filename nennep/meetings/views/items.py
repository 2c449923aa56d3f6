"""One item of the agenda: its title, its step, and what its texts said before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.core.text import whole_number
from nennep.meetings import actions
from nennep.meetings.choices import Can
from nennep.meetings.forms.discussing import TitleForm
from nennep.meetings.models import AgendaItem, Revision
from nennep.meetings.queries.agenda import agenda_steps
from nennep.meetings.views import frame
from nennep.meetings.views.request import Request


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEETINGS)
def item(request: Request, public_id: UUID) -> HttpResponse:
    is_change = request.method == "POST"
    can = Can.RECORD_MEETINGS if is_change else Can.VIEW_MEETINGS
    rows = AgendaItem.objects.select_related("meeting__unit", "topic__unit")
    found = fetch(rows, request.user, can, public_id=public_id)
    if not is_change:
        frame.note_look(request, found.meeting, "meeting looked at")
    form = TitleForm(request.POST if is_change else None, item=found, steps=_steps(found))
    if is_change and _is_done(request, found, form):
        return redirect(*_way_back(request, found))
    meeting = found.meeting
    may_change = frame.may(request, Can.RECORD_MEETINGS, meeting)
    context = {
        "item": found,
        "meeting": meeting,
        "title": frame.title_of(meeting),
        "form": form,
        "revisions": found.revisions.select_related("saved_by"),
        "is_editable": may_change and not meeting.is_closed and meeting.cancelled_at is None,
    }
    return render(request, "meetings/item.html", context, status=422 if is_change else 200)


def _steps(found: AgendaItem) -> list[tuple[str, str]]:
    return [(step.code, step.title) for step in agenda_steps(found.meeting)]


def _is_done(request: Request, found: AgendaItem, form: TitleForm) -> bool:
    what, _dash, which = request.POST.get("do", "").partition("-")
    version = whole_number(which)
    if what == "restore" and version is not None:
        return _is_restored(request, found, get_object_or_404(found.revisions, version=version))
    return form.is_valid() and frame.taken(
        form, lambda: actions.edit_item(found, by=request.user, **form.cleaned_data)
    )


def _is_restored(request: Request, found: AgendaItem, earlier: Revision) -> bool:
    """The earlier text is written again: what stands now becomes an earlier text itself."""
    try:
        actions.write_item(
            found,
            discussion=earlier.discussion,
            conclusion=earlier.conclusion,
            version=found.version,
            by=request.user,
        )
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return False
    messages.success(request, _("The earlier text stands again. The other one is kept below."))
    return True


def _way_back(request: Request, found: AgendaItem) -> tuple[Any, ...]:
    """After a change of its title to where it was asked for: the agenda, or the discussion."""
    if request.POST.get("do", "").startswith("restore"):
        return "meetings:item", found.public_id
    step = "discuss" if found.meeting.started_at else "prepare"
    if not frame.may(request, Can.PREPARE_MEETINGS, found.meeting):
        step = "discuss"
    return f"meetings:{step}", found.meeting.public_id
