"""Proposals of earlier days with the way they went, and surveys that are over with their sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.dialogue.actions.surveys import NewSurvey, questions_typed
from nennep.dialogue.models import Proposal, ProposalStep, Survey
from nennep.dialogue.queries.in_force import answer_due
from nennep.dialogue.rules.surveys import empty, with_sheet
from nennep.library.models import Entry
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook


@dataclass(frozen=True, slots=True)
class PastProposal:
    """`way`: the levels it came to, nearest first, each with its day; the last one has it."""

    unit: Unit
    owner: Unit
    subject: str
    text: str
    asked_on: date
    way: Sequence[tuple[Unit, date]]
    answer: str = ""
    answered_on: date | None = None
    entry: Entry | None = None
    meeting_id: int | None = None


@transaction.atomic
def load_proposals(past: Iterable[PastProposal], *, by: User) -> int:
    """How many were entered. The counters are made anew by whoever enters many at once."""
    found = list(past)
    for each in found:
        _refuse_broken_way(each)
    proposals = Proposal.objects.bulk_create(_proposal(each, by) for each in found)
    book = RuleBook.load()
    ProposalStep.objects.bulk_create(
        step
        for proposal, each in zip(proposals, found, strict=True)
        for step in _steps(proposal, each, book, by)
    )
    trail.record("past proposals entered", None, by=by, count=len(found))
    return len(found)


def _refuse_broken_way(past: PastProposal) -> None:
    units = [past.unit, *(unit for unit, _on in past.way)]
    days = [past.asked_on, *(on for _unit, on in past.way)]
    goes_up = all(
        above.pk != below.pk and below.path.startswith(above.path)
        for below, above in pairwise(units)
    )
    if len(units) == 1 or not goes_up or days != sorted(days):
        raise Refusal(
            _("“%(subject)s” does not go up from day to day.") % {"subject": past.subject},
            code="broken_way",
        )


def _proposal(past: PastProposal, by: User) -> Proposal:
    return Proposal(
        unit=past.unit,
        owner=past.owner,
        meeting_id=past.meeting_id,
        subject=past.subject,
        text=past.text,
        asked_on=past.asked_on,
        asked_by=by,
        answer=past.answer,
        answered_on=past.answered_on,
        answered_by=by if past.answer else None,
        entry=past.entry,
    )


def _steps(
    proposal: Proposal, past: PastProposal, book: RuleBook, by: User
) -> Iterator[ProposalStep]:
    givers = [past.unit, *(unit for unit, _on in past.way)]
    left = [*(on for _unit, on in past.way[1:]), None]
    for giver, (unit, on), left_on in zip(givers, past.way, left, strict=False):
        yield ProposalStep(
            proposal=proposal,
            giver=giver,
            unit=unit,
            path=unit.path,
            came_on=on,
            due_on=answer_due(unit, on, book),
            left_on=left_on,
            by=by,
        )


@transaction.atomic
def load_survey(
    unit: Unit,
    *,
    survey: NewSurvey,
    invited: int,
    sheets: Sequence[Sequence[int | str | None]],
    by: User,
) -> Survey:
    """One that is over: its sheets are added up here and kept nowhere. Refused: one that still runs."""
    if survey.closes_on >= clock.today():
        raise Refusal(_("This survey is not over yet. Open it instead."), code="not_over")
    questions = questions_typed(survey.questions)
    tally = empty(questions)
    for sheet in sheets:
        tally = with_sheet(tally, sheet)
    made = Survey.objects.create(
        unit=unit, title=survey.title, questions=[question.as_json() for question in questions],
        opens_on=survey.opens_on, closes_on=survey.closes_on, made_by=by, invited=invited,
        sheets=tally.sheets, chosen=tally.chosen, words=tally.words,
    )  # fmt: skip
    trail.record("past survey entered", made, by=by, title=made.title, count=tally.sheets)
    return made
