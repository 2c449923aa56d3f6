"""What a superior asks of an organisation, and the answer by a day."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.members.actions.texts import line_about, text_about
from nennep.organisation.models import Unit
from nennep.quality.actions.ground import tell
from nennep.quality.models import Inspection, Recommendation, Visit
from nennep.quality.queries.supervision_rules import answer_due

LONGEST_REMARK = 300


@transaction.atomic
def recommend(
    source: Visit | Inspection, *, what: str, by: User, due_on: date | None = None
) -> Recommendation:
    """After a visit or an inspection that was made. Without a day, the rule in force says it."""
    _refuse_not_made(source)
    unit, given_on = source.unit, clock.today()
    what = line_about(unit, what, field="what")
    if not what:
        raise Refusal(_("Write what is recommended."), code="what_missing", field="what")
    given = Recommendation.objects.create(
        unit=unit,
        committee_id=source.committee_id,
        visit=source if isinstance(source, Visit) else None,
        inspection=source if isinstance(source, Inspection) else None,
        what=what,
        given_on=given_on,
        given_by=by,
        due_on=_due(unit, given_on, due_on),
    )
    trail.record("recommendation given", given, by=by, due_on=given.due_on)
    tell(Recommendation, unit, given.due_on)
    return given


def _refuse_not_made(source: Visit | Inspection) -> None:
    day = source.made_on if isinstance(source, Visit) else source.began_on
    if day is None:
        raise Refusal(
            _("Recommendations are given once the visit or the inspection was made."),
            code="not_made",
        )


def _due(unit: Unit, given_on: date, due_on: date | None) -> date:
    day = due_on or answer_due(unit, given_on)
    if day is None:
        raise Refusal(
            _("Write until when an answer is expected: no rule in force says it."),
            code="due_missing",
            field="due_on",
        )
    if day < given_on:
        raise Refusal(
            _("The answer cannot be due before today."), code="due_before_given", field="due_on"
        )
    return day


@transaction.atomic
def answer(recommendation: Recommendation, *, text: str, by: User) -> Recommendation:
    """The first answer sets the day; its words may be put right until it is settled."""
    fresh = _open(recommendation)
    text = text_about(fresh.unit, text, field="answer")
    if not text:
        raise Refusal(_("Write the answer."), code="answer_missing", field="answer")
    is_first = fresh.answered_on is None
    fresh.answer, fresh.answered_by = text, by
    fresh.answered_on = fresh.answered_on or clock.today()
    fresh.save(update_fields=["answer", "answered_by", "answered_on"])
    trail.record("recommendation answered", fresh, by=by)
    if is_first:
        tell(Recommendation, fresh.unit, fresh.due_on)
    return fresh


@transaction.atomic
def settle(recommendation: Recommendation, *, by: User, remark: str = "") -> Recommendation:
    """The superior has seen that what was answered was carried out."""
    fresh = _open(recommendation)
    if fresh.answered_on is None:
        raise Refusal(_("It has not been answered yet."), code="not_answered")
    fresh.settled_on, fresh.remark = clock.today(), _remark(fresh, remark)
    fresh.save(update_fields=["settled_on", "remark"])
    trail.record("recommendation settled", fresh, by=by)
    return fresh


@transaction.atomic
def withdraw(recommendation: Recommendation, *, reason: str, by: User) -> Recommendation:
    """It need not be answered, for a reason. It counts no more."""
    fresh, reason = _open(recommendation), _remark(recommendation, reason)
    if fresh.answered_on is not None:
        raise Refusal(_("It was answered already."), code="answered")
    if not reason:
        raise Refusal(_("Write why it is withdrawn."), code="reason_missing", field="remark")
    fresh.withdrawn_on, fresh.remark = clock.today(), reason
    fresh.save(update_fields=["withdrawn_on", "remark"])
    trail.record("recommendation withdrawn", fresh, by=by, reason=reason)
    tell(Recommendation, fresh.unit, fresh.due_on)
    return fresh


def _remark(recommendation: Recommendation, text: str) -> str:
    return line_about(recommendation.unit, text, field="remark", longest=LONGEST_REMARK)


def _open(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("unit")
    fresh = rows.get(pk=recommendation.pk)
    if fresh.settled_on is not None:
        raise Refusal(_("This recommendation was settled already."), code="settled")
    if fresh.withdrawn_on is not None:
        raise Refusal(_("This recommendation was withdrawn."), code="withdrawn")
    return fresh
