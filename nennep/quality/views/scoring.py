"""The score of one meeting: the sheet as the facts fill it, the cell's vote, the three classes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.accounts.http import Request
from nennep.core import trail
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.meetings.choices import Can as CanMeet
from nennep.meetings.choices import Presence
from nennep.meetings.models import Meeting
from nennep.members.models import Member
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.scoring import ClassVoteForm, ScoreForm
from nennep.quality.queries.filled import Filled, filled_sheet
from nennep.quality.queries.losses import losses


@require_http_methods(["GET", "POST"])
@policy(CanMeet.VIEW_MEETINGS)
def score(request: Request, public_id: UUID) -> HttpResponse:
    """Content of the cell: whoever reads the minutes reads the score; who scores, changes it."""
    rows = Meeting.objects.select_related("unit", "roll_call")
    is_change = request.method == "POST"
    can = Can.SCORE_MEETINGS if is_change else CanMeet.VIEW_MEETINGS
    meeting = fetch(rows, request.user, can, public_id=public_id)
    if not is_change:
        _note_look(request, meeting)
    filled = filled_sheet(meeting)
    if filled is None:
        return render(request, "quality/no_sheet.html", _frame(request, meeting))
    data = request.POST if is_change else None
    form = ScoreForm(data, filled=filled, people=_people(meeting))
    vote = ClassVoteForm(data, initial={"in_favour": _voters(meeting), "against": 0, "other": 0})
    if is_change and _is_done(request, meeting, form, vote):
        return redirect(_next(meeting))
    context = _frame(request, meeting) | _shown(meeting, filled) | {"form": form, "vote": vote}
    return render(request, "quality/score.html", context, status=422 if is_change else 200)


def _note_look(request: Request, meeting: Meeting) -> None:
    """The cell's own people look at their own; everybody else's look is a line in the trail."""
    reaches = request.user.reaches(CanMeet.VIEW_MEETINGS)
    if not any(reach.path == meeting.unit.path for reach in reaches):
        trail.record_look("score looked at", meeting, by=request.user)


def may_score(request: Request, meeting: Meeting) -> bool:
    """By the unit, or by a pass to this meeting alone."""
    return any(
        meeting.unit.path.startswith(reach.path) and reach.only in {None, meeting.public_id}
        for reach in request.user.reaches(Can.SCORE_MEETINGS)
    )


def _frame(request: Request, meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "back": reverse("meetings:meeting", args=[meeting.public_id]),
        "may_score": may_score(request, meeting),
    }


def _shown(meeting: Meeting, filled: Filled) -> dict[str, Any]:
    kept = filled.kept if filled.agreed else None
    is_locked = meeting.is_closed and kept is not None
    return {
        "filled": filled,
        "sheet": filled.sheet,
        "source": filled.held_by.source,
        "kept": kept,
        "is_editable": not is_locked and meeting.cancelled_at is None,
        "losses": [] if meeting.is_closed else losses(filled, meeting),
        "changed": filled.changed,
        "is_voting": not meeting.is_closed and hasattr(meeting, "roll_call"),
    }


def _people(meeting: Meeting) -> Any:
    """Who may be named as scorer: members present; nobody where no names are kept."""
    if meeting.unit.is_figures_only:
        return None
    here = meeting.attendances.filter(presence=Presence.PRESENT)
    return Member.objects.filter(pk__in=here.values("member_id")).order_by("sort_key", "pk")


def _voters(meeting: Meeting) -> int:
    """Everybody who may vote and came: the usual result needs no typing."""
    known = getattr(meeting, "roll_call", None)
    if known is None:
        return 0
    if known.is_typed:
        return int(min(known.voting_base, known.present))
    return meeting.attendances.filter(presence=Presence.PRESENT, may_vote=True).count()


def _is_done(request: Request, meeting: Meeting, form: ScoreForm, vote: ClassVoteForm) -> bool:
    do = request.POST.get("do", "")
    if do == "take_back":
        actions.take_back_score(meeting, by=request.user)
        messages.success(request, _("The self-score was taken back."))
        return True
    if not all([form.is_valid(), do != "vote" or vote.is_valid()]):
        return False
    try:
        with transaction.atomic():
            _keep(request, meeting, form, vote if do == "vote" else None)
    except Refusal as refusal:
        _show(form, vote, refusal)
        return False
    return True


def _keep(request: Request, meeting: Meeting, form: ScoreForm, vote: ClassVoteForm | None) -> None:
    by = request.user
    remedies = form.cleaned_data["remedies"]
    sheet = actions.agree_score(meeting, given=form.given, remedies=remedies, by=by)
    if "scorer" in form.fields and form.cleaned_data["scorer"] != sheet.scorer:
        actions.name_scorer(meeting, scorer=form.cleaned_data["scorer"], by=by)
    if vote is not None and sheet.self_class:
        actions.record_class_vote(meeting, by=by, **vote.given)
    words = sheet.get_self_class_display() if sheet.self_class else ""
    messages.success(
        request,
        _("The score is kept: class “%(class)s”.") % {"class": words}
        if words
        else _("The score is kept."),
    )


def _show(form: ScoreForm, vote: ClassVoteForm, refusal: Refusal) -> None:
    """Beside the criterion it is about: a missing reason beside the reason."""
    code = refusal.field
    if refusal.code == "reason_missing" and f"r-{code}" in form.fields:
        form.add_error(f"r-{code}", refusal.message)
    elif f"p-{code}" in form.fields:
        form.add_error(f"p-{code}", refusal.message)
    elif code in vote.fields:
        vote.add_error(code, refusal.message)
    else:
        form.add_error(None, refusal.message)


def _next(meeting: Meeting) -> str:
    """Back to where the month goes on: the conclusion, or what follows it."""
    name = "follow" if meeting.is_closed else "conclude"
    return reverse(f"meetings:{name}", args=[meeting.public_id])
