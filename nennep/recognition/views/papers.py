"""Papers of a round, as files: a decision of ratings, the list of those commended, certificates."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from nennep.core import trail
from nennep.core.policies import policy
from nennep.papers.paper import Paper
from nennep.papers.render import respond
from nennep.recognition.choices import FORMS, Can
from nennep.recognition.models import CommendationRound
from nennep.recognition.queries.commendations import chosen_in
from nennep.recognition.queries.papers import awards_in, citation_paper, list_paper
from nennep.recognition.queries.rating_papers import decision_paper, decisions_of
from nennep.recognition.queries.ratings import round_of
from nennep.recognition.views import frame
from nennep.ui.http import Request


@require_GET
@policy(Can.DECIDE_RATINGS)
def rating_decision_file(
    request: Request, code: str, year: int, number: int, form: str
) -> HttpResponse:
    """The draft has the number 0, the decisions of the round count by day from 1.

    A draft that was decided meanwhile leads back to the round.
    """
    unit = frame.unit_to(request, Can.DECIDE_RATINGS, code)
    if form not in FORMS:
        raise Http404
    decisions = decisions_of(round_of(unit, frame.year_or_404(year)))
    found = next((each for each in decisions if each.number == number), None)
    if found is None:
        return redirect("recognition:round", unit.code, year)
    return respond(decision_paper(found), form)  # type: ignore[arg-type]  # one of FORMS


@require_GET
@policy(Can.DECIDE_COMMENDATIONS)
def list_file(request: Request, public_id: UUID, form: str) -> HttpResponse:
    found = frame.round_to(request, Can.DECIDE_COMMENDATIONS, public_id)
    return _respond(request, found, list_paper(found, chosen_in(found)), form)


@require_GET
@policy(Can.DECIDE_COMMENDATIONS)
def citation_file(request: Request, public_id: UUID, number: int, form: str) -> HttpResponse:
    """`number` counts the forms of award of the round, by name, from 1."""
    found = frame.round_to(request, Can.DECIDE_COMMENDATIONS, public_id)
    chosen = chosen_in(found)
    awards = awards_in(chosen)
    if not 1 <= number <= len(awards):
        raise Http404
    return _respond(request, found, citation_paper(found, chosen, awards[number - 1]), form)


def _respond(request: Request, found: CommendationRound, paper: Paper, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    trail.record_look("commendations taken as a file", found.unit, by=request.user, form=form)
    return respond(paper, form)  # type: ignore[arg-type]  # one of FORMS
