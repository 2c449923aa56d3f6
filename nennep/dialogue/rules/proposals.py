"""Where a proposal stands, and what a level made of the answer it owed."""

from datetime import date
from enum import StrEnum

from nennep.dialogue.choices import ProposalState


class Owed(StrEnum):
    """What a level made of the answer it owed by a day."""

    NOT_OWED = "not_owed"  # passed on or withdrawn by that day
    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"


def owed(due_on: date, *, gone_on: date | None, answered_on: date | None) -> Owed:
    """`gone_on` is the day the level passed it on, or on which it was withdrawn there."""
    if gone_on is not None:
        return Owed.NOT_OWED if gone_on <= due_on else Owed.LATE
    if answered_on is None:
        return Owed.OPEN
    return Owed.IN_TIME if answered_on <= due_on else Owed.LATE


def state_of(
    due_on: date | None, *, answered_on: date | None, withdrawn_on: date | None, today: date
) -> ProposalState:
    """`due_on` is the day by which the level that has it now owes the answer; None: no rule says it."""
    if withdrawn_on is not None:
        return ProposalState.WITHDRAWN
    if answered_on is not None:
        return ProposalState.ANSWERED
    is_past = due_on is not None and due_on < today
    return ProposalState.OVERDUE if is_past else ProposalState.OPEN
