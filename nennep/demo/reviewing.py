"""Both districts are in the middle of a review: a written report was read, answers come in."""

from __future__ import annotations

from typing import Any

from nennep.accounts.models import User
from nennep.core import clock
from nennep.demo.plan.words import dice, one_of, preset
from nennep.organisation.models import Unit
from nennep.programmes.models import Programme
from nennep.reports.actions import Terms, ask_for, begin_review, choose, contribute
from nennep.reports.choices import ContributionKind, ReviewKind
from nennep.reports.models import Contribution, Contributor, ProgrammeReview
from nennep.statements.actions import confirm_all, take_in_report

CHOSEN = 3  # different lines of a kind that the office has put into its report


def begin_reviews(seed: int, *, by: User) -> None:
    for told in preset("reviews")["review"]:
        unit = Unit.objects.get(code=told["unit"])
        for said in told["report"]:
            content = said["text"].strip().encode()
            confirm_all(take_in_report(unit, name=said["file"], content=content, by=by), by=by)
        review = begin_review(unit, terms=_terms(told), by=by)
        ask_for(review, due_on=max(told["due_on"], clock.today()), by=by)
        _answer(review, told["answered"], seed, by)
        choose(review, lines=_worth_telling(review), by=by)


def _terms(told: dict[str, Any]) -> Terms:
    return Terms(
        programme=Programme.objects.get(basis__symbol=told["programme"], unit__code=told["unit"]),
        kind=ReviewKind.MIDWAY,
        first_day=told["first_day"],
        last_day=told["last_day"],
        stated=told["stated"],
        held_on=told["held_on"],
    )


def _answer(review: ProgrammeReview, share: float, seed: int, by: User) -> None:
    own = preset("reviews")["own"][review.unit.code]
    for asked in review.contributors.select_related("unit"):
        chance = dice(seed, "contribution to the review", asked.unit.code)
        if asked.unit_id == review.unit_id:
            contribute(asked, lines={ContributionKind.PROPOSAL: own}, by=by)
        elif chance.random() < share:
            contribute(asked, lines=_lines(asked, seed), by=by)


def _lines(asked: Contributor, seed: int) -> dict[ContributionKind, list[str]]:
    """One line of some kinds each: nobody writes an essay."""
    chance = dice(seed, "lines of the contribution", asked.unit.code)
    words = preset("reviews")["lines"]
    return {
        kind: [one_of(words[kind], chance)] for kind in ContributionKind if chance.random() < 0.5
    }


def _worth_telling(review: ProgrammeReview) -> list[int]:
    """The first of each different line, the district's own first."""
    chosen: dict[tuple[str, str], int] = {}
    lines = Contribution.objects.filter(contributor__review=review)
    for line in lines.order_by("contributor__unit__depth", "contributor__unit__sort_key", "pk"):
        of_kind = sum(kind == line.kind for kind, _text in chosen)
        if of_kind < CHOSEN:
            chosen.setdefault((line.kind, line.text), line.pk)
    return list(chosen.values())
