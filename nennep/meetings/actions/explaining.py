"""Why an expected meeting was not held, and what the superior answers."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, facts, trail
from nennep.core.periods import month_of, quarter_months
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.choices import LedgerKind
from nennep.meetings.models import Explanation
from nennep.organisation.models import Unit


@transaction.atomic
def explain_absence(unit: Unit, *, kind: str, period: date, reason: str, by: User) -> Explanation:
    """The latest words count; new ones wait for an answer again. A thematic row sits in the quarter's last month."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    period = month_of(period)
    if kind == LedgerKind.THEMATIC:
        period = quarter_months(period)[-1]
    reason = tidy(reason)
    refuse_secret(reason)
    _refuse_unclear(unit, kind, reason)
    explanation, _is_new = Explanation.objects.update_or_create(
        unit=unit,
        kind=kind,
        period=period,
        defaults={
            "reason": reason,
            "recorded_by": by,
            "recorded_at": clock.now(),
            "is_accepted": None,
            "answer": "",
            "answered_by": None,
            "answered_at": None,
        },
    )
    trail.record("absence explained", explanation, by=by, kind=kind, period=period)
    _tell(explanation)
    return explanation


@transaction.atomic
def answer_explanation(
    explanation: Explanation, *, is_accepted: bool, by: User, answer: str = ""
) -> Explanation:
    explanation = _locked(explanation)
    answer = tidy(answer)
    refuse_secret(answer)
    if not is_accepted and not answer:
        raise Refusal(
            _("Write why the reason is not accepted, so that the cell knows what to do."),
            code="answer_missing",
            field="answer",
        )
    explanation.is_accepted, explanation.answer = is_accepted, answer
    explanation.answered_by = by
    explanation.answered_at = max(clock.now(), explanation.recorded_at)
    explanation.save()
    trail.record("explanation answered", explanation, by=by, is_accepted=is_accepted)
    _tell(explanation)
    return explanation


@transaction.atomic
def withdraw_explanation(explanation: Explanation, *, by: User) -> None:
    """Recorded by mistake, and not answered yet."""
    explanation = _locked(explanation)
    if explanation.answered_at is not None:
        raise Refusal(
            _("The superior has answered already. Record a new reason instead."),
            code="already_answered",
        )
    trail.record("explanation withdrawn", explanation, by=by)
    cell, period = explanation.unit, explanation.period
    explanation.delete()
    facts.facts_changed.send(sender=Explanation, cell=cell, month=period, kind="month")


def _locked(explanation: Explanation) -> Explanation:
    rows = Explanation.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=explanation.pk)


def _refuse_unclear(unit: Unit, kind: str, reason: str) -> None:
    if not unit.is_cell:
        raise Refusal(
            _("“%(unit)s” is not a cell: only cells hold these meetings.") % {"unit": unit.name},
            code="not_a_cell",
        )
    if kind not in LedgerKind.values:
        raise Refusal(_("There is no such kind of meeting."), code="no_such_kind", field="kind")
    if not reason:
        raise Refusal(
            _("Write why the meeting was not held."), code="reason_missing", field="reason"
        )


def _tell(explanation: Explanation) -> None:
    facts.facts_changed.send(
        sender=Explanation, cell=explanation.unit, month=explanation.period, kind="month"
    )
