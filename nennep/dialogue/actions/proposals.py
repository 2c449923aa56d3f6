"""A proposal is made, passed on up the tree, answered or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, facts, trail
from nennep.core.periods import month_of
from nennep.core.refusal import Refusal
from nennep.dialogue.models import Proposal, ProposalStep
from nennep.dialogue.queries.in_force import answer_due
from nennep.library.models import Document, Entry
from nennep.meetings.models import Meeting
from nennep.members.actions.texts import line_about, text_about
from nennep.organisation.models import Unit

LONGEST_SUBJECT, LONGEST_NOTE, LONGEST_REASON = 300, 500, 300


@dataclass(frozen=True, slots=True)
class NewProposal:
    """`owner` is the level it is meant for, one of those above; `meeting` the one it came out of."""

    subject: str
    text: str
    owner: Unit | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The words, and a document or an entry of the handbook that has the rest."""

    text: str
    document: Document | None = None
    entry: Entry | None = None


@transaction.atomic
def ask(unit: Unit, *, proposal: NewProposal, by: User) -> Proposal:
    """It comes to the superior directly above first, whatever level it is meant for."""
    above = _superior(unit)
    owner = proposal.owner or above
    if owner.pk not in unit.ancestor_ids:
        raise Refusal(
            _("“%(owner)s” does not stand above “%(unit)s”.")
            % {"owner": owner.name, "unit": unit.name},
            code="not_above",
            field="owner",
        )
    _refuse_other_meeting(unit, proposal.meeting)
    subject = line_about(unit, proposal.subject, field="subject", longest=LONGEST_SUBJECT)
    text = text_about(unit, proposal.text, field="text")
    _refuse_empty(subject, field="subject", said=_("Write in one line what it is about."))
    _refuse_empty(text, field="text", said=_("Write what is proposed."))
    today = clock.today()
    made = Proposal.objects.create(
        unit=unit,
        owner=owner,
        meeting=proposal.meeting,
        subject=subject,
        text=text,
        asked_on=today,
        asked_by=by,
    )
    step = _come(made, giver=unit, to=above, on=today, note="", by=by)
    trail.record("proposal made", made, by=by, to=above.name, due_on=step.due_on)
    return made


@transaction.atomic
def pass_on(proposal: Proposal, *, to: Unit | None = None, note: str = "", by: User) -> Proposal:
    """To the next level above, or to one further up. What is passed on by its day is not owed here."""
    fresh = _open(proposal)
    step = fresh.held
    above = to or _superior(step.unit)
    if above.pk == step.unit_id or above.pk not in step.unit.ancestor_ids:
        raise Refusal(
            _("“%(owner)s” does not stand above “%(unit)s”.")
            % {"owner": above.name, "unit": step.unit.name},
            code="not_above",
            field="to",
        )
    note = line_about(fresh.unit, note, field="note", longest=LONGEST_NOTE)
    step.left_on = clock.today()
    step.save(update_fields=["left_on"])
    _come(fresh, giver=step.unit, to=above, on=step.left_on, note=note, by=by)
    trail.record("proposal passed on", fresh, by=by, unit=step.unit.name, to=above.name)
    tell(step)
    return _fresh(fresh)


@transaction.atomic
def answer(proposal: Proposal, *, answer: Answer, by: User) -> Proposal:
    """The first answer sets the day; its words may be put right later. Refused: once withdrawn."""
    fresh = _locked(proposal)
    _refuse_withdrawn(fresh)
    text = text_about(fresh.unit, answer.text, field="text")
    _refuse_empty(text, field="text", said=_("Write the answer."))
    is_first = fresh.answered_on is None
    fresh.answer, fresh.answered_by = text, by
    fresh.document, fresh.entry = answer.document, answer.entry
    fresh.answered_on = fresh.answered_on or clock.today()
    fresh.save(update_fields=["answer", "answered_by", "answered_on", "document", "entry"])
    trail.record("proposal answered", fresh, by=by, unit=fresh.held.unit.name)
    if is_first:
        tell(fresh.held)
    return fresh


@transaction.atomic
def withdraw(proposal: Proposal, *, reason: str, by: User) -> Proposal:
    """Whoever asked no longer asks, for a reason. Refused: once it was answered."""
    fresh = _open(proposal)
    reason = line_about(fresh.unit, reason, field="reason", longest=LONGEST_REASON)
    _refuse_empty(reason, field="reason", said=_("Write why it is withdrawn."))
    fresh.withdrawn_on, fresh.reason = clock.today(), reason
    fresh.save(update_fields=["withdrawn_on", "reason"])
    trail.record("proposal withdrawn", fresh, by=by, reason=reason)
    tell(fresh.held)
    return fresh


def _superior(unit: Unit) -> Unit:
    """The unit directly above."""
    if unit.parent is None or unit.ended_on is not None:
        raise Refusal(
            _("“%(unit)s” has no superior here to ask.") % {"unit": unit.name}, code="no_superior"
        )
    return unit.parent


def _refuse_other_meeting(unit: Unit, meeting: Meeting | None) -> None:
    if meeting is not None and (meeting.unit_id != unit.pk or meeting.started_at is None):
        raise Refusal(
            _("Choose a meeting that “%(unit)s” has held.") % {"unit": unit.name},
            code="not_its_meeting",
            field="meeting",
        )


def _refuse_empty(text: str, *, field: str, said: str) -> None:
    if not text:
        raise Refusal(said, code=f"{field}_missing", field=field)


def _come(
    proposal: Proposal, *, giver: Unit, to: Unit, on: date, note: str, by: User
) -> ProposalStep:
    step = ProposalStep.objects.create(
        proposal=proposal,
        giver=giver,
        unit=to,
        path=to.path,
        came_on=on,
        due_on=answer_due(to, on),
        note=note,
        by=by,
    )
    tell(step)
    return step


def tell(step: ProposalStep) -> None:
    """What the level owes in the month of the day changed."""
    if step.due_on is not None:
        facts.facts_changed.send(
            sender=Proposal, cell=step.unit, month=month_of(step.due_on), kind="proposals"
        )


def _fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("unit", "owner").get(pk=proposal.pk)


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("unit", "owner")
    return rows.get(pk=proposal.pk)


def _open(proposal: Proposal) -> Proposal:
    fresh = _locked(proposal)
    _refuse_withdrawn(fresh)
    if fresh.answered_on is not None:
        raise Refusal(_("This proposal was answered already."), code="answered")
    return fresh


def _refuse_withdrawn(proposal: Proposal) -> None:
    if proposal.withdrawn_on is not None:
        raise Refusal(_("This proposal was withdrawn."), code="withdrawn")
