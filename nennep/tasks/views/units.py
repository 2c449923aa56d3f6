"""A task given to units: how far each receiver is, and which cells have not dealt with it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.tasks.choices import Can
from nennep.tasks.models import Task
from nennep.tasks.queries.discussing import discussion_of
from nennep.tasks.queries.given import receivers_of
from nennep.tasks.queries.in_force import questions_of
from nennep.tasks.queries.links import link_above
from nennep.tasks.views import frame
from nennep.ui.http import Request
from nennep.ui.taking import page_of

RECEIVERS = 100
SHOWN_AT_MOST = 200


@require_GET
@policy(Can.VIEW_TASKS)
def given_task(request: Request, public_id: UUID) -> HttpResponse:
    rows = Task.objects.select_related("unit", "carries_out__unit")
    task = fetch(rows, request.user, Can.VIEW_TASKS, public_id=public_id)
    discussion = discussion_of(task)
    return render(
        request,
        "tasks/given.html",
        {
            "task": task,
            "unit": task.unit,
            "crumbs": frame.crumbs(task.unit, _("Task")),
            "page": page_of(request, receivers_of(task), RECEIVERS),
            "questions": questions_of(task),
            "discussion": discussion,
            "above": link_above(task, request.user),
            "waiting": discussion.waiting[:SHOWN_AT_MOST],
            "waiting_more": max(len(discussion.waiting) - SHOWN_AT_MOST, 0),
            "dealt_with": discussion.dealt_with[:SHOWN_AT_MOST],
            "dealt_more": max(discussion.done - SHOWN_AT_MOST, 0),
            "may_judge": may(request.user, Can.GIVE_TASKS, task.unit),
        },
    )
