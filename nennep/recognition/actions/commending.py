"""The body considers what was proposed, votes, and decides; those chosen stand in the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.text import tidy
from nennep.library.actions.documents import Entry, Wording, draft_document, register_document
from nennep.library.actions.issuing import issue_document
from nennep.library.choices import DocumentKind
from nennep.library.models import Document
from nennep.organisation.queries import place_on
from nennep.recognition.actions.rounds import locked
from nennep.recognition.choices import Honoured, Rhythm, RoundState
from nennep.recognition.models import Commendation, CommendationRound, Nomination
from nennep.recognition.queries.commendations import chosen_in, nominations_of, rules_on
from nennep.recognition.queries.decision_text import decision_subject, decision_text
from nennep.recognition.rules.commendations import CommendationRules, votes_needed


@dataclass(frozen=True, slots=True)
class Verdict:
    """Chosen where an award is named."""

    award: str
    votes_for: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """`symbol` only where the number was given on paper; else the next of the series."""

    on: date
    symbol: str = ""
    signer: str = ""
    signer_post: str = ""


@transaction.atomic
def consider(
    round_: CommendationRound, *, on: date, votes_cast: int, verdicts: Mapping[int, Verdict],
    by: User,
) -> CommendationRound:  # fmt: skip
    """Each standing nomination with its votes and its award. Again before the decision changes it.

    Refused: after the decision, a day to come, one left out, more votes than were cast, an award that
    the rules do not let this body give, and what a rule in force on votes or numbers forbids.
    """
    round_ = locked(round_)
    if round_.state == RoundState.DECIDED:
        raise Refusal(_("The round is decided. What was decided stays."), code="decided_already")
    if on > clock.today():
        raise Refusal(_("That day has not come yet."), code="in_future", field="on")
    nominations = nominations_of(round_)
    if not nominations or {each.pk for each in nominations} != set(verdicts):
        raise Refusal(
            _("Say of each nomination how it was voted on. Load the page again."), code="left_out"
        )
    rules = rules_on(round_.unit, on).values
    for nomination in nominations:
        _judge(nomination, verdicts[nomination.pk], votes_cast, rules, round_.unit.kind)
    _refuse_too_many(nominations, rules)
    Nomination.objects.bulk_update(nominations, ["award", "votes_for", "is_chosen"])
    round_.votes_cast, round_.considered_on = votes_cast, on
    round_.considered_by, round_.considered_at = by, clock.now()
    round_.save()
    trail.record(
        "considered proposals of commendation", round_, by=by,
        count=sum(bool(each.is_chosen) for each in nominations),
    )  # fmt: skip
    return round_


def _judge(
    nomination: Nomination, verdict: Verdict, votes_cast: int, rules: CommendationRules, kind: str
) -> None:
    award = tidy(verdict.award)
    if verdict.votes_for > votes_cast:
        raise Refusal(
            _("%(who)s has more votes than were cast.") % {"who": nomination}, code="too_many_votes"
        )
    if award and rules.awards is not None and award not in rules.awards_of(kind):
        raise Refusal(
            _("By the rules in force this body does not give “%(award)s”.") % {"award": award},
            code="not_its_award",
        )
    needed = votes_needed(votes_cast, rules)
    if award and needed is not None and verdict.votes_for < needed:
        raise Refusal(
            _("%(who)s has fewer votes than the rule in force asks for.") % {"who": nomination},
            code="too_few_votes",
        )
    nomination.award, nomination.votes_for = award, verdict.votes_for
    nomination.is_chosen = bool(award)


def _refuse_too_many(nominations: list[Nomination], rules: CommendationRules) -> None:
    for kind in Honoured:
        chosen = sum(bool(each.is_chosen) for each in nominations if each.kind == kind)
        most = rules.most(kind)
        if most is not None and chosen > most:
            raise Refusal(
                _(
                    "%(kind)s: %(count)s chosen, more than the %(most)s that the rule in force allows."
                )
                % {"kind": kind.label, "count": chosen, "most": most},
                code="too_many",
            )


@transaction.atomic
def decide_commendations(
    round_: CommendationRound, *, decision: NewDecision, by: User
) -> list[Commendation]:
    """The decision is numbered and dated as a document of the unit; those chosen are registered.

    Refused: before it was considered, with nobody chosen, a day before that or to come.
    """
    round_ = locked(round_)
    chosen = chosen_in(round_)
    _refuse_undecidable(round_, chosen, decision)
    document = _document(round_, chosen, decision, by)
    round_.document, round_.decision = document, document.symbol
    round_.decided_on, round_.decided_by, round_.decided_at = decision.on, by, clock.now()
    round_.save()
    rows = Commendation.objects.bulk_create([_registered(each, round_, by) for each in chosen])
    trail.record("decided commendations", round_, by=by, count=len(rows), symbol=document.symbol)
    return rows


def _refuse_undecidable(
    round_: CommendationRound, chosen: list[Nomination], decision: NewDecision
) -> None:
    if round_.state == RoundState.DECIDED:
        raise Refusal(_("The round is decided. What was decided stays."), code="decided_already")
    if round_.considered_on is None:
        raise Refusal(_("Consider what was proposed first."), code="not_considered")
    if not chosen:
        raise Refusal(_("Nobody was chosen, so there is nothing to decide."), code="nobody_chosen")
    if not round_.considered_on <= decision.on <= clock.today():
        raise Refusal(
            _("The decision is of a day from its consideration to today."),
            code="not_that_day", field="on",
        )  # fmt: skip


def _document(
    round_: CommendationRound, chosen: list[Nomination], decision: NewDecision, by: User
) -> Document:
    entry = Entry(
        kind=DocumentKind.DECISION, subject=decision_subject(round_), body=round_.body,
        signer=decision.signer, signer_post=decision.signer_post,
        programme_symbol=round_.basis.symbol if round_.basis else "",
    )  # fmt: skip
    if decision.symbol:
        given = replace(entry, symbol=decision.symbol, issued_on=decision.on)
        return register_document(round_.unit, entry=given, by=by)
    wording = Wording(body=decision_text(round_, chosen))
    draft = draft_document(round_.unit, entry=entry, wording=wording, by=by)
    return issue_document(draft, day=decision.on, by=by)


def _registered(nomination: Nomination, round_: CommendationRound, by: User) -> Commendation:
    unit, on = nomination.unit, round_.decided_on
    assert on is not None  # noqa: S101 -- just decided
    stood = place_on(unit, on) or unit
    return Commendation(
        unit=unit, path=stood.path, block=stood.block, kind=nomination.kind,
        name=nomination.name or unit.name, post=nomination.post, award=nomination.award,
        rhythm=Rhythm.ONCE, occasion=round_.occasion, awarded_by=round_.unit,
        decision=round_.decision, on=on, round=round_, entered_by=by, entered_at=clock.now(),
    )  # fmt: skip
