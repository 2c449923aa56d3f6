"""The minute-taker's way in: a code given by the secretary, entered on any phone."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nennep.accounts.actions import trying
from nennep.accounts.http import begin_session, network
from nennep.core.policies import policy, public
from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.choices import Can
from nennep.meetings.forms.planning import CodeForm
from nennep.meetings.models import Meeting
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.views import frame
from nennep.meetings.views.request import Request
from nennep.members.models import Member
from nennep.papers.drawings import qr_svg, scalable


@never_cache
@require_http_methods(["GET", "POST"])
@policy(Can.GIVE_MINUTE_PASS)
def minute_pass(request: Request, public_id: UUID) -> HttpResponse:
    """The code is on the answer to the giving and on no other page: only its hash is kept."""
    meeting = frame.meeting_to(request, Can.GIVE_MINUTE_PASS, public_id)
    given = None
    do = request.POST.get("do", "")
    if do == "give":
        given = actions.give_minute_pass(meeting, member=_chosen(request, meeting), by=request.user)
    elif do.startswith("end-"):
        chosen = get_object_or_404(meeting.passes, public_id=do.removeprefix("end-"))
        actions.end_pass(chosen, by=request.user)
        return redirect("meetings:pass", public_id)
    address = request.build_absolute_uri(reverse("meetings:by-code"))
    return render(
        request,
        "meetings/pass.html",
        {
            "meeting": meeting,
            "title": frame.title_of(meeting),
            "given": given,
            "address": address,
            "qr": scalable(qr_svg(f"{address}?ma={given.code}")) if given else "",
            "passes": meeting.passes.that_work().select_related("member"),
            "people": [] if meeting.unit.is_figures_only else _people(meeting),
        },
    )


def _people(meeting: Meeting) -> list[tuple[int, str]]:
    return [(entry.member_id, entry.name) for entry in roll_of(meeting) if entry.in_strength]


def _chosen(request: Request, meeting: Meeting) -> Member | None:
    choice = request.POST.get("member", "")
    if not choice:
        return None
    if choice not in {str(member_id) for member_id, _name in _people(meeting)}:
        raise PermissionDenied
    return Member.objects.get(pk=int(choice))


@never_cache
@require_http_methods(["GET", "POST"])
@public
def enter_by_code(request: HttpRequest) -> HttpResponse:
    """Wrong codes are counted by network: guessing one of 25 thousand million takes longer than a meeting."""
    is_change = request.method == "POST"
    initial = {"code": request.GET.get("ma", "")[:12]}
    form = CodeForm(request.POST if is_change else None, initial=initial)
    if is_change and form.is_valid():
        try:
            with trying(network=network(request)):
                user = actions.redeem(form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", refusal.message)
        else:
            begin_session(request, user)
            return redirect("/")
    return render(
        request, "meetings/by_code.html", {"form": form}, status=422 if is_change else 200
    )
