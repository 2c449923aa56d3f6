"""Which cells a committee's office calls, and how many days they have left."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from nennep.meetings.choices import Outcome
from nennep.regulations.rules import whole


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class CallRules:
    """How early cells that have not met are called; our own choice [D]. Unknown: only once it is late."""

    prefix: ClassVar[str] = "calls"

    days_before: int | None = whole(
        _("A cell that has not met is called"), 0, 30, _("%(number)s days before its time is over")
    )


def days_left(today: date, in_time_until: date) -> int:
    """To the last day on which the meeting is still in time, today not counted; negative after it."""
    return (in_time_until - today).days


def is_to_call(outcome: Outcome, left: int, rules: CallRules) -> bool:
    """Silent cells always; those whose time is not over once few enough days are left."""
    if outcome == Outcome.SILENT:
        return True
    return outcome == Outcome.PENDING and left <= (
        -1 if rules.days_before is None else rules.days_before
    )
