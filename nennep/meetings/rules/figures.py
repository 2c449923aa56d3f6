"""Roll call of a unit that keeps figures only: totals, no persons."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class RollFigures:
    """The counts as they were called out. `required` is the sum of the three that follow it."""

    official: int
    probationary: int
    present: int
    excused: int = 0
    unexcused: int = 0
    exempt: int = 0
    away: int = 0
    suspended: int = 0
    here: int = 0
    exempt_present: int = 0
    voters_away: int = 0
    voters_suspended: int = 0
    voters_exempt_absent: int = 0
    voters_excused: int = 0
    speakers: int = 0

    @property
    def required(self) -> int:
        return self.present + self.excused + self.unexcused


class FiguresProblem(StrEnum):
    """What cannot be true of these figures together."""

    NEGATIVE = "negative"
    REQUIRED_DIFFERS = "required_differs"
    MORE_EXEMPT_THAN_EXEMPT = "more_exempt_than_exempt"
    MORE_VOTERS_THAN_MEMBERS = "more_voters_than_members"
    MORE_VOTERS_THAN_EXCUSED = "more_voters_than_excused"
    MORE_SPEAKERS_THAN_PRESENT = "more_speakers_than_present"


def problem_with(figures: RollFigures) -> FiguresProblem | None:
    expected = (
        figures.official + figures.probationary + figures.here
        - figures.exempt - figures.away - figures.suspended
    )  # fmt: skip
    deducted = figures.voters_away + figures.voters_suspended + figures.voters_exempt_absent
    counts = (getattr(figures, name) for name in figures.__dataclass_fields__)
    checks = (
        (FiguresProblem.NEGATIVE, any(count < 0 for count in counts)),
        (FiguresProblem.REQUIRED_DIFFERS, figures.required != expected),
        (FiguresProblem.MORE_EXEMPT_THAN_EXEMPT, figures.exempt_present > figures.exempt),
        (FiguresProblem.MORE_VOTERS_THAN_MEMBERS, deducted > figures.official),
        (FiguresProblem.MORE_VOTERS_THAN_EXCUSED, figures.voters_excused > figures.excused),
        (
            FiguresProblem.MORE_SPEAKERS_THAN_PRESENT,
            figures.speakers > figures.present + figures.exempt_present,
        ),
    )
    return next((problem for problem, holds in checks if holds), None)
