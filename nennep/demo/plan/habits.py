"""How a cell behaves: from orderly to weak. Plausible shares, nothing measured."""

from dataclasses import dataclass
from random import Random

from nennep.demo.plan.tree import Household
from nennep.demo.plan.words import dice


@dataclass(frozen=True, slots=True)
class Temper:
    """Probabilities, a meeting at a time; `absent` is the range of the cell's own rate."""

    missed: float
    short: float
    skipped: float
    no_papers: float
    late_papers: float
    no_thematic: float
    no_committee: float
    absent: tuple[float, float]
    unexcused: float  # share of absences without a reason
    overdue: float = 0.0  # where a due day is set: held after the grace


ORDERLY = Temper(0, 0, 0, 0, 0, 0, 0, (0.03, 0.08), 0)
GOOD = Temper(0.003, 0.01, 0.01, 0.02, 0.03, 0.005, 0.01, (0.03, 0.08), 0.01, 0.03)
USUAL = Temper(0.012, 0.05, 0.04, 0.05, 0.08, 0.03, 0.04, (0.05, 0.11), 0.03, 0.10)
LOOSE = Temper(0.045, 0.12, 0.10, 0.15, 0.15, 0.12, 0.12, (0.09, 0.16), 0.10, 0.25)
WEAK = Temper(0.15, 0.25, 0.25, 0.30, 0.20, 0.30, 0.35, (0.14, 0.24), 0.22, 0.30)
MIXED = (GOOD,) * 55 + (USUAL,) * 31 + (LOOSE,) * 11 + (WEAK,) * 3


def temper_of(household: Household, code: str, seed: int, *, is_own: bool = False) -> Temper:
    if household.is_orderly:
        return ORDERLY
    if is_own:
        return GOOD
    return MIXED[int(dice(seed, "temper", code).random() * len(MIXED))]


@dataclass(frozen=True, slots=True)
class Habit:
    """What one cell usually does."""

    temper: Temper
    day: int
    hour: int
    minute: int
    absent: float
    combines: bool  # holds its thematic meeting right after the regular one
    place: str

    @classmethod
    def of(
        cls,
        temper: Temper,
        hour: tuple[int, int],
        place: str,
        days: tuple[int, ...],
        chance: Random,
    ) -> "Habit":
        low, high = temper.absent
        return cls(
            temper,
            day=days[int(chance.random() * len(days))],
            hour=hour[0],
            minute=hour[1],
            absent=low + (high - low) * chance.random(),
            combines=chance.random() < 0.6,
            place=place,
        )


# Most cells meet on the first days of a month; the others spread over the rest of it.
ANY_DAY = (2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 7, 8, 9, 10, 10, 12, 14, 15, 15, 18, 20, 22, 25, 26)
DUE_DAYS = (3, 3, 4, 5)
