"""Where a visit and a recommendation stand, and the dated rule for answering."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from nennep.core.periods import month_end
from nennep.regulations.rules import whole


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


class VisitState(StrEnum):
    PLANNED = "planned"
    MADE = "made"
    MISSED = "missed"  # the month is over and nobody came
    CANCELLED = "cancelled"


class RecommendationState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class AnswerOutcome(StrEnum):
    """What became of a recommendation by its day, which never depends on today."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """How often a superior must attend is not known, so nothing here asks for it."""

    prefix: ClassVar[str] = "supervision"

    answer_working_days: int | None = whole(
        _("A recommendation is answered within"), 1, 120, _("%(number)s working days")
    )


def state_of_visit(month: date, *, is_made: bool, is_cancelled: bool, today: date) -> VisitState:
    if is_made:
        return VisitState.MADE
    if is_cancelled:
        return VisitState.CANCELLED
    return VisitState.MISSED if month_end(month) < today else VisitState.PLANNED


def state_of_recommendation(
    due_on: date, answered_on: date | None, *, is_settled: bool, is_withdrawn: bool, today: date
) -> RecommendationState:
    if is_withdrawn:
        return RecommendationState.WITHDRAWN
    if is_settled:
        return RecommendationState.SETTLED
    if answered_on is not None:
        return RecommendationState.ANSWERED
    return RecommendationState.OVERDUE if due_on < today else RecommendationState.OPEN


def answer_outcome(due_on: date, answered_on: date | None) -> AnswerOutcome:
    if answered_on is None:
        return AnswerOutcome.OPEN
    return AnswerOutcome.IN_TIME if answered_on <= due_on else AnswerOutcome.LATE
