"""What a task that was due counts as."""

from datetime import date
from enum import Enum, auto

from nennep.tasks.choices import Judgement


class Outcome(Enum):
    DONE = auto()
    LATE = auto()
    OPEN = auto()
    NOT_DONE = auto()


def outcome_of(due_on: date, done_on: date | None, judgement: str) -> Outcome:
    """Done means by its day, and not judged otherwise; open is what nobody has judged yet."""
    if judgement == Judgement.NOT_MET:
        return Outcome.NOT_DONE
    if done_on is None:
        return Outcome.OPEN if not judgement else Outcome.NOT_DONE
    is_late = done_on > due_on or judgement == Judgement.LATE
    return Outcome.LATE if is_late else Outcome.DONE
