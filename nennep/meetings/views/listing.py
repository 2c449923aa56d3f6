"""The meetings a person may read, and the one that opens by itself."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from nennep.core.policies import policy
from nennep.core.scoping import may
from nennep.meetings.choices import Can
from nennep.meetings.models import Meeting
from nennep.meetings.queries.progress import progress
from nennep.meetings.views import frame
from nennep.meetings.views.home import cells_of
from nennep.meetings.views.request import Request
from nennep.ui.taking import page_of

ON_A_PAGE = 30


@require_GET
@policy(Can.VIEW_MEETINGS)
def meeting_list(request: Request) -> HttpResponse:
    """One's own cell's, the latest first; people above cells find meetings from the ledger."""
    cells = cells_of(request)
    only = [r.only for r in request.user.reaches(Can.VIEW_MEETINGS) if r.only]
    if not cells and not only:
        return redirect("meetings:ledger-home")
    shown = (
        Meeting.objects.visible_to(request.user)
        .filter(Q(unit__in=cells) | Q(public_id__in=only))
        .select_related("unit", "roll_call")
        .order_by("-period", "-planned_at", "-id")
    )
    page = page_of(request, shown, ON_A_PAGE)
    return render(
        request,
        "meetings/list.html",
        {
            "page": page,
            "rows": [(meeting, frame.title_of(meeting), state_of(meeting)) for meeting in page],
            "cells": cells,
            "is_one_cell": len(cells) == 1,
            "may_prepare": [c for c in cells if may(request.user, Can.PREPARE_MEETINGS, c)],
        },
    )


def state_of(meeting: Meeting) -> str:
    if meeting.cancelled_at is not None:
        return "cancelled"
    if meeting.is_closed:
        return "closed"
    return "open" if meeting.started_at is not None else "planned"


@require_GET
@policy(Can.VIEW_MEETINGS)
def meeting_page(request: Request, public_id: UUID) -> HttpResponse:
    """Where the work stands; for those who only read, what came of it."""
    meeting = frame.meeting_to(request, Can.VIEW_MEETINGS, public_id)
    if frame.may(request, Can.RECORD_MEETINGS, meeting):
        step = frame.current_step(progress(meeting))
        if step == "prepare" and not frame.may(request, Can.PREPARE_MEETINGS, meeting):
            step = "roll-call"
        return redirect(f"meetings:{step}", public_id)
    return redirect("meetings:follow" if meeting.is_closed else "meetings:prepare", public_id)
