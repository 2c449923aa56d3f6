"""Where a task stands, and what its result amounts to, from days alone."""

from datetime import date

from nennep.core.periods import same_day
from nennep.tasks.choices import Judgement, TaskState


def state_of(
    *, is_accepted: bool, is_reported: bool, is_judged: bool, is_withdrawn: bool
) -> TaskState:
    """The last of the things that happened; a task may be reported without having been accepted."""
    for state, has_come in (
        (TaskState.WITHDRAWN, is_withdrawn),
        (TaskState.JUDGED, is_judged),
        (TaskState.REPORTED, is_reported),
        (TaskState.ACCEPTED, is_accepted),
    ):
        if has_come:
            return state
    return TaskState.GIVEN


def proposed_judgement(due_on: date | None, done_on: date | None, on: date) -> Judgement | None:
    """What the days say on `on`, before anybody weighs the work; None while it may still be done.

    “Above what was asked” is for people to say.
    """
    if done_on is not None:
        return Judgement.LATE if due_on is not None and done_on > due_on else Judgement.MET
    return Judgement.NOT_MET if due_on is not None and due_on < on else None


def last_day(
    *,
    given_on: date,
    due_on: date | None,
    judged_on: date | None,
    withdrawn_on: date | None,
    open_months: int | None,
) -> date:
    """The last day on which somebody has this task.

    It is theirs until it is judged or withdrawn. One that nobody judges does not count for ever: it
    stops `open_months` after its day (after it was given, where it has none); with no rule, on it.
    """
    if withdrawn_on is not None:
        return withdrawn_on
    if judged_on is not None:
        return judged_on
    return same_day(due_on or given_on, open_months or 0)
