"""Votes as they were taken: counted against the base of the day, and marked where they have no effect."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.ids import new_public_id
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions.locks import changeable, held
from nennep.meetings.choices import MeetingKind, VoteMethod
from nennep.meetings.models import AgendaItem, Meeting, RollCall, Vote
from nennep.meetings.queries.in_force import clause, rules_of
from nennep.meetings.queries.votes import voting_base
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.presets import worded
from nennep.meetings.rules.votes import Base, Flaw, Judgement, called, judge_vote, subjects
from nennep.regulations.rules import InForce

LONGEST_FLAW = 300
SAME = ("subject", "question", "method", "in_favour", "against", "other", "deducted_by_law")


@transaction.atomic
def record_vote(  # noqa: PLR0913 -- what a vote says, by name
    meeting: Meeting,
    *,
    subject: str,
    question: str,
    in_favour: int,
    by: User,
    against: int = 0,
    other: int = 0,
    method: str = VoteMethod.CARD,
    item: AgendaItem | None = None,
    deducted_by_law: int = 0,
    deduction_reason: str = "",
    public_id: UUID | None = None,
) -> Vote:
    """The base comes from the roll call; `public_id` made by the device keeps a repeat from counting twice."""
    meeting = held(meeting)
    vote = Vote(
        meeting=meeting,
        public_id=public_id or new_public_id(),
        item=item,
        subject=subject,
        question=tidy(question),
        method=method,
        in_favour=in_favour,
        against=against,
        other=other,
        deducted_by_law=deducted_by_law,
        deduction_reason=tidy(deduction_reason),
    )
    _name_question(vote)
    if known := Vote.objects.filter(public_id=vote.public_id).first():
        return _the_same(known, vote)
    _refuse_unclear(vote)
    _judge(vote, _roll_call_of(meeting), rules_of(meeting))
    vote.save()
    trail.record("vote recorded", meeting, by=by, vote=vote.pk)
    return vote


@transaction.atomic
def remove_vote(vote: Vote, *, by: User) -> None:
    """Typed by mistake, while the minutes are open."""
    meeting = changeable(vote.meeting)
    trail.record("vote removed", meeting, by=by, vote=vote.pk)
    vote.delete()


def refresh_votes(meeting: Meeting, roll_call: RollCall) -> None:
    """The roll call was taken again: the votes stand on its base now."""
    votes = list(meeting.votes.all())
    if not votes:
        return
    rule = rules_of(meeting)
    for vote in votes:
        _judge(vote, roll_call, rule)
        vote.save()


def _the_same(known: Vote, again: Vote) -> Vote:
    if known.meeting_id == again.meeting_id and all(
        getattr(known, name) == getattr(again, name) for name in SAME
    ):
        return known
    raise Refusal(
        _("This vote was recorded before with another result. Look at it, then remove one."),
        code="vote_differs",
    )


def _name_question(vote: Vote) -> None:
    """Without words of its own a vote is called after its subject.

    A vote on what is written in the paper book has no words of its own: they might name somebody.
    """
    subject = subjects().get(vote.subject)
    if subject is None:
        return
    if vote.item is not None and vote.item.is_on_paper_only:
        vote.question = vote.item.title
    elif subject.is_on_paper or not vote.question:
        vote.question = called(vote.subject, vote.meeting.kind)


def _refuse_unclear(vote: Vote) -> None:
    refuse_secret(vote.question, vote.deduction_reason)
    if vote.subject not in subjects():
        raise Refusal(_("Choose what was voted on."), code="no_such_subject", field="subject")
    if vote.method not in VoteMethod.values:
        raise Refusal(_("Choose how the vote was taken."), code="no_such_method", field="method")
    if min(vote.in_favour, vote.against, vote.other, vote.deducted_by_law) < 0:
        raise Refusal(_("A number of votes cannot be below zero."), code="votes_negative")
    if vote.deducted_by_law and not vote.deduction_reason:
        raise Refusal(
            _("Write why these members are deducted from the base."),
            code="deduction_without_reason",
            field="deduction_reason",
        )


def _roll_call_of(meeting: Meeting) -> RollCall:
    roll_call = RollCall.objects.filter(meeting=meeting).first()
    if roll_call is None:
        raise Refusal(
            _("Take the roll call first: the vote is counted against it."), code="no_roll_call"
        )
    return roll_call


def _judge(vote: Vote, roll_call: RollCall, rule: InForce[MeetingRules]) -> None:
    base = voting_base(vote.meeting, roll_call, rule.values, deducted_by_law=vote.deducted_by_law)
    _refuse_more_than_base(vote, base)
    is_of_committee = vote.meeting.kind == MeetingKind.CELL_COMMITTEE
    judged = judge_vote(
        vote.subject, vote.in_favour, base, rule.values, is_of_committee=is_of_committee
    )
    vote.official, vote.away = base.official, base.away
    vote.suspended, vote.exempt_absent = base.suspended, base.exempt_absent
    vote.excused = base.excused
    vote.base = base.count
    vote.threshold = judged.threshold
    vote.is_passed, vote.is_effective = judged.is_passed, judged.is_effective
    vote.flaw = flaw_text(judged, base, rule)


def _refuse_more_than_base(vote: Vote, base: Base) -> None:
    cast = vote.in_favour + vote.against + vote.other
    if cast <= base.count:
        return
    raise Refusal(
        _(
            "%(cast)s votes were counted, but only %(base)s members may vote. Check the counts and"
            " the roll call."
        )
        % {"cast": cast, "base": max(base.count, 0)},
        code="more_votes_than_base",
        field="in_favour",
    )


def flaw_text(judged: Judgement, base: Base, rule: InForce[MeetingRules]) -> str:
    """Why a vote has no effect, in the words that stay with it, and the clause."""
    if judged.flaw is Flaw.TOO_FEW_OFFICIAL:
        text = worded(
            "flaw.too_few_official",
            official=base.official,
            least=rule.values.minimum_official_members,
            clause=clause(rule.source_of("minimum_official_members")),
        )
        return text[:LONGEST_FLAW]
    return worded("flaw.no_threshold") if judged.flaw else ""
