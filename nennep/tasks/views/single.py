"""One receiver's task: taking it on, saying what came of it, judging it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.meetings.models import Meeting
from nennep.tasks import actions
from nennep.tasks.choices import Can
from nennep.tasks.forms import JudgeForm, ReportForm, TimeForm, WithdrawForm
from nennep.tasks.models import Assignment, UnitAssignment
from nennep.tasks.queries.in_force import questions_of
from nennep.tasks.queries.links import links_of
from nennep.tasks.queries.work import with_names
from nennep.tasks.views import frame
from nennep.ui.http import Request

OWN = frozenset({"accept", "report", "unreport"})  # what a member may do with the own task
PLAIN: dict[str, Callable[..., object]] = {
    "accept": actions.accept_task,
    "unreport": actions.take_report_back,
    "unjudge": actions.take_judgement_back,
}


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEMBER_TASKS)
def assignment(request: Request, public_id: UUID) -> HttpResponse:
    """A member's task. The cell keeps it; the member may answer for the own one."""
    rows = with_names(Assignment.objects.all())
    found = fetch(rows, request.user, Can.VIEW_MEMBER_TASKS, public_id=public_id)
    is_own = found.member is not None and found.member.user_id == request.user.pk
    may_keep = may(request.user, Can.KEEP_TASKS, found.unit)
    do = request.POST.get("do", "")
    if request.method == "POST" and not (may_keep or (is_own and do in OWN)):
        raise PermissionDenied
    frame.note_look(request, found.unit, "tasks of a cell")
    page = {"may_keep": may_keep, "may_answer": may_keep or is_own, "may_judge": may_keep}
    return _answer(request, found, page, "assignment")


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_TASKS)
def received(request: Request, public_id: UUID) -> HttpResponse:
    """A unit's task. The unit answers; whoever may give tasks at the giver judges."""
    rows = with_names(UnitAssignment.objects.all())
    found = fetch(rows, request.user, Can.VIEW_TASKS, public_id=public_id)
    page = {
        "may_keep": False,
        "may_answer": may(request.user, Can.ANSWER_TASKS, found.unit),
        "may_judge": may(request.user, Can.GIVE_TASKS, found.task.unit),
    }
    is_of_receiver = request.POST.get("do", "") in OWN
    if request.method == "POST" and not page["may_answer" if is_of_receiver else "may_judge"]:
        raise PermissionDenied
    return _answer(request, found, page, "received")


def _answer(request: Request, found: Assignment, page: dict[str, bool], name: str) -> HttpResponse:
    do = request.POST.get("do", "")
    forms = _forms(found, request.POST if request.method == "POST" else None, do)
    if request.method == "POST" and _is_done(request, found, do, forms):
        return redirect(f"tasks:{name}", found.public_id)
    shown = {
        **page,
        **forms,
        "found": found,
        "unit": found.unit,
        "links": links_of(found, request.user),
        "questions": questions_of(found.task),
        "crumbs": frame.crumbs(found.unit, _("Task")),
    }
    return render(
        request, "tasks/detail.html", shown, status=422 if request.method == "POST" else 200
    )


def _forms(found: Assignment, data: Any, do: str) -> dict[str, Form]:
    return {
        "report": ReportForm(data if do == "report" else None, assignment=found),
        "judging": JudgeForm(data if do == "judge" else None),
        "time": TimeForm(data if do == "time" else None),
        "withdrawing": WithdrawForm(data if do == "withdraw" else None),
    }


def _is_done(request: Request, found: Assignment, do: str, forms: dict[str, Form]) -> bool:
    by: Any = request.user
    if do in PLAIN:
        PLAIN[do](found, by=by)
        return True
    acts: dict[str, tuple[str, Callable[[], object]]] = {
        "report": (
            "report",
            lambda: actions.report_result(found, by=by, **forms["report"].given),  # type: ignore[attr-defined]  # a ReportForm
        ),
        "judge": (
            "judging",
            lambda: actions.judge(found, by=by, **forms["judging"].cleaned_data),
        ),
        "time": ("time", lambda: actions.give_time(found, by=by, **forms["time"].cleaned_data)),
        "withdraw": (
            "withdrawing",
            lambda: actions.withdraw(found, by=by, **forms["withdrawing"].cleaned_data),
        ),
    }
    if do not in acts:
        return True
    name, act = acts[do]
    if not (forms[name].is_valid() and frame.taken(forms[name], act)):
        return False
    messages.success(request, _("Kept."))
    return True


@require_POST
@policy(Can.KEEP_TASKS)
def take_up(request: Request, public_id: UUID, meeting: UUID) -> HttpResponse:
    """A superior's task becomes a line of the paper of this meeting."""
    found = fetch(
        UnitAssignment.objects.select_related("unit"),
        request.user,
        Can.KEEP_TASKS,
        public_id=public_id,
    )
    held = get_object_or_404(Meeting.objects.visible_to(request.user), public_id=meeting)
    actions.put_in_paper(found, held, by=request.user)  # type: ignore[arg-type]  # a User
    messages.success(request, _("It stands among the tasks decided. Write who does it."))
    return redirect("meetings:conclude", held.public_id)
