"""Rounds of commendation: opened by an office, filled from below, with a short list on request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.queries.asking import user_of
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.organisation.models import Unit
from nennep.recognition.actions.rounds import drop_round, open_round, propose, withdraw_proposal
from nennep.recognition.choices import FORMS, Can
from nennep.recognition.forms.commendations import NominationForm, RoundForm
from nennep.recognition.models import CommendationRound, Nomination
from nennep.recognition.queries.commendations import (
    bases_reviewed,
    candidates_of,
    chosen_in,
    grounds_on,
    money_told,
    proposals_seen,
)
from nennep.recognition.queries.papers import awards_in
from nennep.recognition.queries.short_list import short_list
from nennep.recognition.views import frame
from nennep.ui.asking import answer_of, ask, taken
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_COMMENDATIONS)
def new_round(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.DECIDE_COMMENDATIONS, code)
    grounds = grounds_on(unit, clock.today())
    form = RoundForm(request.POST or None, unit=unit, bases=bases_reviewed(), grounds=grounds)
    if request.method == "POST" and form.is_valid():
        opened = answer_of(form, lambda: open_round(unit, new=form.new, by=user_of(request)))
        if opened is not None:
            return redirect("recognition:commendation-round", opened.public_id)
    back = reverse("recognition:commendations", args=[unit.code])
    return ask(
        request, form, title=_("Open a round of commendation"), about=unit.name, back_url=back,
        crumbs=frame.crumbs(unit), submit=_("Open"),
    )  # fmt: skip


@require_GET
@policy(Can.VIEW_COMMENDATIONS)
def round_page(request: Request, public_id: UUID) -> HttpResponse:
    """What is proposed, as far as the person may see it, and what comes next."""
    found = frame.round_to(request, Can.VIEW_COMMENDATIONS, public_id)
    return render(request, "recognition/commendation_round.html", _round(request, found))


def _round(request: Request, found: CommendationRound) -> dict[str, Any]:
    proposals = proposals_seen(found, request.user)
    may_decide = may(request.user, Can.DECIDE_COMMENDATIONS, found.unit)
    is_inside = may(request.user, Can.VIEW_COMMENDATIONS, found.unit)
    return {
        "round": found,
        "unit": found.unit,
        "proposals": proposals,
        "groups": [
            (_("Collectives"), [each for each in proposals if not each.name]),
            (_("Persons"), [each for each in proposals if each.name]),
        ],
        "proposers": _proposers(request, found),
        "may_decide": may_decide,
        **(_outcome(found) if may_decide else {}),
        "mine": {each.pk for each in proposals if _may_withdraw(request, each)},
        "crumbs": [*frame.crumbs(found.unit), (found.occasion, "")] if is_inside else [],
    }


def _outcome(found: CommendationRound) -> dict[str, Any]:
    """For the office: the money as a sum, and the papers, once some are chosen."""
    chosen = chosen_in(found)
    if not chosen:
        return {}
    return {"told": money_told(found, chosen), "awards": awards_in(chosen), "forms": FORMS}


def _may_withdraw(request: Request, proposal: Nomination) -> bool:
    return may(request.user, Can.PROPOSE_COMMENDATIONS, proposal.proposer)


def _proposers(request: Request, found: CommendationRound) -> list[Unit]:
    """Where the person may propose for: the top ones of their grants inside the round's unit."""
    if not found.takes_proposals:
        return []
    paths = {reach.path for reach in request.user.reaches(Can.PROPOSE_COMMENDATIONS)}
    inside = [path for path in paths if path.startswith(found.unit.path)]
    units = Unit.objects.where_may(request.user, Can.PROPOSE_COMMENDATIONS)
    own = units.filter(path__in=inside) | units.filter(pk=found.unit_id)
    return list(own.living().order_by("depth", "sort_key")[:20])


@require_http_methods(["GET", "POST"])
@policy(Can.PROPOSE_COMMENDATIONS)
def new_proposal(request: Request, code: str, public_id: UUID) -> HttpResponse:
    unit = frame.unit_to(request, Can.PROPOSE_COMMENDATIONS, code)
    found = frame.round_to(request, Can.VIEW_COMMENDATIONS, public_id)
    form = NominationForm(request.POST or None, units=candidates_of(unit))
    if request.method == "POST" and form.is_valid():
        said = form.candidate
        declares = form.cleaned_data["declares"]
        if taken(
            form,
            lambda: propose(found, unit, candidate=said, declares=declares, by=user_of(request)),
        ):
            messages.success(request, _("The proposal was sent."))
            return redirect("recognition:commendation-round", found.public_id)
    back = reverse("recognition:commendation-round", args=[found.public_id])
    return ask(
        request, form, title=_("Propose a commendation"), about=f"{found.occasion} · {unit.name}",
        back_url=back, crumbs=[(found.occasion, back)], submit=_("Propose"),
    )  # fmt: skip


@require_POST
@policy(Can.PROPOSE_COMMENDATIONS)
def withdraw(request: Request, public_id: UUID) -> HttpResponse:
    rows = Nomination.objects.select_related("round", "unit", "proposer")
    proposal = fetch(rows, request.user, Can.PROPOSE_COMMENDATIONS, public_id=public_id)
    withdraw_proposal(proposal, by=user_of(request))
    messages.success(request, _("The proposal was withdrawn."))
    return redirect("recognition:commendation-round", proposal.round.public_id)


@require_POST
@policy(Can.DECIDE_COMMENDATIONS)
def drop(request: Request, public_id: UUID) -> HttpResponse:
    found = frame.round_to(request, Can.DECIDE_COMMENDATIONS, public_id)
    drop_round(found, by=user_of(request))
    messages.success(request, _("The round was dropped."))
    return redirect("recognition:commendations", found.unit.code)


@require_GET
@policy(Can.DECIDE_COMMENDATIONS)
def suggested(request: Request, public_id: UUID) -> HttpResponse:
    """Collectives that meet every criterion; made when asked, and nothing of it is kept."""
    found = frame.round_to(request, Can.DECIDE_COMMENDATIONS, public_id)
    context = {
        "round": found,
        "unit": found.unit,
        "list": short_list(found),
        "crumbs": [*frame.crumbs(found.unit, found), (_("Collectives that meet the criteria"), "")],
    }
    return render(request, "recognition/short_list.html", context)
