"""What a cell's paper says of one meeting when it keeps its book on paper: figures, no names."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from nennep.meetings.rules.figures import RollFigures

LONGEST = timedelta(days=1)  # a session ends within a day of its start
FARTHEST_MONTHS = 1  # between the month a meeting is for and the day it was held
STRENGTH = ("official", "probationary", "exempt", "away", "suspended", "here")


class CountedRoll(Protocol):
    """The strength of a cell on a day (`members.rules.StrengthCount`)."""

    @property
    def official(self) -> int: ...
    @property
    def probationary(self) -> int: ...
    @property
    def exempt(self) -> int: ...
    @property
    def away(self) -> int: ...
    @property
    def suspended(self) -> int: ...
    @property
    def here(self) -> int: ...
    @property
    def required(self) -> int: ...


def roll_counts(strength: CountedRoll) -> dict[str, int]:
    """The strength as a roll call counts it: who is exempt and away as well is counted once."""
    found = {name: int(getattr(strength, name)) for name in STRENGTH}
    missing = found["official"] + found["probationary"] + found["here"] - strength.required
    twice = found["exempt"] + found["away"] + found["suspended"] - missing
    return found | {"exempt": found["exempt"] - twice}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReturn:
    """One meeting of one cell. `period` is the first of its month; moments are aware.

    `are_steps_done`: the paper says that all steps were gone through. `note` is where whoever reads
    it found it: the row of a table, the row of a page.
    """

    unit_id: int
    kind: str
    period: date
    started_at: datetime
    ended_at: datetime
    figures: RollFigures
    topic: str = ""
    are_steps_done: bool = False
    papers_sent_at: datetime | None = None
    finished_sent_at: datetime | None = None
    note: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReason:
    """Why a cell did not hold an expected meeting, as its paper says."""

    unit_id: int
    kind: str
    period: date
    reason: str
    note: int = 0
