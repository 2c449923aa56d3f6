"""Opening a round of commendation, and what is proposed in it from below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import fold, nfc, tidy, vn_date
from nennep.organisation.models import Unit
from nennep.recognition.choices import Honoured, RoundState
from nennep.recognition.models import CommendationRound, Nomination
from nennep.regulations.models import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """`first_day` to `last_day` is the period that is looked at; `due_on` the last day to propose."""

    occasion: str
    first_day: date
    last_day: date
    grounds: str
    body: str
    basis: Basis | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`unit` is the collective, or the person's organisation; `name` is the person's."""

    kind: Honoured
    unit: Unit
    reasons: str
    name: str = ""
    post: str = ""


@transaction.atomic
def open_round(unit: Unit, *, new: NewRound, by: User) -> CommendationRound:
    """Refused: without occasion or grounds, days that run backwards, a last day to propose gone by."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_secret(new.occasion, new.grounds)
    _refuse_unsaid(new)
    round_ = CommendationRound.objects.create(
        unit=unit, occasion=tidy(new.occasion), basis=new.basis, first_day=new.first_day,
        last_day=new.last_day, due_on=new.due_on, grounds=tidy(new.grounds), body=new.body,
        opened_by=by, opened_at=clock.now(),
    )  # fmt: skip
    trail.record("opened a round of commendation", round_, by=by, what=round_.occasion)
    return round_


def _refuse_unsaid(new: NewRound) -> None:
    if not tidy(new.occasion):
        raise Refusal(_("Say on which occasion."), code="no_occasion", field="occasion")
    if not tidy(new.grounds):
        raise Refusal(
            _("Name the clause that lets the body commend on this occasion."),
            code="no_grounds", field="grounds",
        )  # fmt: skip
    if new.last_day < new.first_day:
        raise Refusal(
            _("The period ends before it begins."), code="ends_before_it_begins", field="last_day"
        )
    if new.due_on is not None and new.due_on < clock.today():
        raise Refusal(
            _("The last day to propose has gone by already."), code="due_in_past", field="due_on"
        )


@transaction.atomic
def drop_round(round_: CommendationRound, *, by: User) -> None:
    """Opened by mistake. Refused once something was proposed."""
    round_ = locked(round_)
    if round_.proposals.exists():
        raise Refusal(
            _("Something was proposed in this round: it stays, also without a decision."),
            code="has_proposals",
        )
    trail.record("dropped a round of commendation", round_.unit, by=by, what=round_.occasion)
    round_.delete()


@transaction.atomic
def propose(
    round_: CommendationRound, proposer: Unit, *, candidate: Candidate, declares: bool, by: User
) -> Nomination:
    """`declares`: who proposes says that there was no violation in the period.

    Refused: a round that takes no proposals, without the declaration or reasons, who does not stand
    at the proposer or directly below it, the same again, a name from the army or the police.
    """
    round_ = locked(round_)
    _refuse_closed(round_)
    _refuse_place(round_, proposer, candidate)
    _refuse_incomplete(candidate)
    if not declares:
        raise Refusal(
            _("Declare that there was no violation from %(first)s to %(last)s, or do not propose.")
            % {"first": vn_date(round_.first_day), "last": vn_date(round_.last_day)},
            code="not_declared", field="declares",
        )  # fmt: skip
    name = tidy(candidate.name) if candidate.kind == Honoured.PERSON else ""
    refuse_secret(candidate.reasons, name, candidate.post)
    _refuse_known(round_, candidate.unit, name)
    proposal = Nomination.objects.create(
        round=round_, proposer=proposer, kind=candidate.kind, unit=candidate.unit, name=name,
        post=tidy(candidate.post) if name else "", reasons=nfc(candidate.reasons).strip(),
        declared_by=by, declared_at=clock.now(),
    )  # fmt: skip
    trail.record(
        "proposed a commendation", proposal, by=by, kind=candidate.kind, cell=candidate.unit.name
    )
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Nomination, *, by: User) -> Nomination:
    """Refused once the body has considered it. Withdrawn twice is withdrawn."""
    round_ = locked(proposal.round)
    proposal = Nomination.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.withdrawn_at is not None:
        return proposal
    if round_.state != RoundState.OPEN:
        raise Refusal(
            _("The body has considered it already. Tell it why it should not be commended."),
            code="considered",
        )
    proposal.withdrawn_at = clock.now()
    proposal.save(update_fields=["withdrawn_at"])
    trail.record(
        "withdrew a proposal of commendation", proposal, by=by,
        kind=proposal.kind, cell=proposal.unit.name,
    )  # fmt: skip
    return proposal


def locked(round_: CommendationRound) -> CommendationRound:
    rows = CommendationRound.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "basis").get(pk=round_.pk)


def refuse_names(unit: Unit) -> None:
    if unit.is_figures_only:
        raise Refusal(
            _("No names of the army or the police are kept here. Propose on paper."),
            code="figures_only", field="name",
        )  # fmt: skip


def _refuse_closed(round_: CommendationRound) -> None:
    if round_.state != RoundState.OPEN:
        raise Refusal(
            _("This round was considered already. Ask whoever opened it."), code="considered"
        )
    if not round_.takes_proposals:
        raise Refusal(
            _("Proposals were taken until %(day)s. Ask whoever opened the round.")
            % {"day": vn_date(round_.due_on)},
            code="too_late",
        )


def _refuse_place(round_: CommendationRound, proposer: Unit, candidate: Candidate) -> None:
    if not proposer.path.startswith(round_.unit.path):
        raise Refusal(
            _("%(unit)s does not belong to %(top)s.")
            % {"unit": proposer.name, "top": round_.unit.name},
            code="not_below",
        )
    unit = candidate.unit
    if unit.pk != proposer.pk and unit.parent_id != proposer.pk:
        raise Refusal(
            _("Propose your own organisation or one directly below it."),
            code="not_its_own", field="unit",
        )  # fmt: skip
    if candidate.kind == Honoured.COLLECTIVE and unit.pk == round_.unit_id:
        raise Refusal(
            _("No body commends its own organisation. Propose it to the one above."),
            code="its_own_body", field="unit",
        )  # fmt: skip


def _refuse_incomplete(candidate: Candidate) -> None:
    if not tidy(candidate.reasons):
        raise Refusal(_("Give the reasons."), code="no_reasons", field="reasons")
    if candidate.kind == Honoured.PERSON:
        refuse_names(candidate.unit)
        if not tidy(candidate.name):
            raise Refusal(_("Give the person's full name."), code="no_name", field="name")


def _refuse_known(round_: CommendationRound, unit: Unit, name: str) -> None:
    known = Nomination.objects.standing().filter(round=round_, unit=unit)
    if any(fold(each) == fold(name) for each in known.values_list("name", flat=True)):
        raise Refusal(
            _("%(who)s is proposed in this round already.") % {"who": name or unit.name},
            code="proposed_already",
            field="name" if name else "unit",
        )
