"""A post in a cell passes on: one page, one action, today or on a day to come."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nennep.accounts.choices import Can
from nennep.accounts.http import public_address
from nennep.accounts.queries.asking import user_of
from nennep.accounts.queries.slips import slip_again
from nennep.core import clock, trail
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.members.actions.handover import HandedOver, hand_over, take_back
from nennep.members.choices import Can as CanOfMembers
from nennep.members.forms.handover import HandOverForm
from nennep.members.models import Handover, Position
from nennep.members.queries.positions import CELL_BODIES
from nennep.organisation.models import Unit
from nennep.papers.drawings import qr_svg, scalable
from nennep.ui.asking import ask
from nennep.ui.http import Request


@never_cache
@require_http_methods(["GET", "POST"])
@policy(Can.LOOK_AFTER_ACCOUNTS)
def hand_over_post(request: Request, code: str, pk: int) -> HttpResponse:
    """Whoever changes posts on the roll and looks after accounts there does both at once."""
    unit = fetch(Unit.objects.all(), request.user, Can.LOOK_AFTER_ACCOUNTS, code=code)
    if not may(request.user, CanOfMembers.MANAGE_MEMBERS, unit):
        raise PermissionDenied
    posts = Position.objects.select_related("member", "body__unit")
    position = get_object_or_404(posts, pk=pk, body__unit=unit, body__kind__in=CELL_BODIES)
    form = HandOverForm(request.POST or None, position=position)
    if form.is_valid():
        done = _handed_over(request, form, position)
        if done is not None:
            return _result(request, done)
    if request.method == "GET":
        trail.record_look("roll of a cell", unit, by=request.user, day=clock.today())
    return ask(
        request,
        form,
        title=_("Hand over: %(post)s") % {"post": position.get_title_display()},
        about=f"{position.member.full_name}, {unit.name}",
        lead="",
        submit=_("Hand over"),
        back_url=reverse("members:offices", args=[unit.code]),
        crumbs=[
            (_("Roles"), reverse("accounts:grants")),
            (
                _("Posts and accounts: %(unit)s") % {"unit": unit.name},
                reverse("members:offices", args=[unit.code]),
            ),
        ],
        template="members/hand_over.html",
        position=position,
    )


def _handed_over(request: Request, form: HandOverForm, position: Position) -> HandedOver | None:
    try:
        return hand_over(position, by=user_of(request), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _result(request: Request, done: HandedOver) -> HttpResponse:
    """What happens when; and, shown this once, the slip of a new account."""
    context: dict[str, object] = {
        "handover": done.handover,
        "unit": done.handover.unit,
        "is_now": done.handover.on <= clock.today(),
        "successor": done.user,
    }
    if done.password:
        address = public_address(request)
        slip = slip_again(done.user, done.password, address=address, by=user_of(request))
        context |= {"slip": slip, "qr": scalable(qr_svg(slip.link))}
    return render(request, "members/handed_over.html", context)


@require_POST
@policy(Can.LOOK_AFTER_ACCOUNTS)
def take_handover_back(request: Request, public_id: UUID) -> HttpResponse:
    handovers = Handover.objects.select_related("unit")
    handover = fetch(handovers, request.user, Can.LOOK_AFTER_ACCOUNTS, public_id=public_id)
    if not may(request.user, CanOfMembers.MANAGE_MEMBERS, handover.unit):
        raise PermissionDenied
    take_back(handover, by=user_of(request))
    messages.success(request, _("The handover will not happen; everything is as it was."))
    return redirect("members:offices", handover.unit.code)
