"""When a lower target keeps a higher one, and what of a target is reached. No Django."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

WHOLE = Fraction(1)


class Position(StrEnum):
    """How a unit stands to a target on a day."""

    MET = "met"
    MISSED = "missed"
    UNDER_WAY = "under_way"  # not reached yet, and its day has not come
    UNKNOWN = "unknown"  # nothing to divide by, or not counted here


@dataclass(frozen=True)
class Aim:
    """A threshold with its bound: `share` is a part of one (0.9 for 90 %)."""

    bound: str
    share: Fraction

    def is_met_by(self, value: Fraction) -> bool:
        if self.bound == "≤":
            return value <= self.share
        if self.bound == "=":
            return value == self.share
        return value >= self.share


def keeps(lower: Aim, higher: Aim) -> bool:
    """Whether whoever meets `lower` meets `higher`: a lower programme may tighten, never loosen."""
    if higher.bound == "=":
        # Nothing is more than the whole: “100 % or more” says the same as “100 %”.
        is_same = lower.share == higher.share
        return is_same and (lower.bound == "=" or (lower.bound == "≥" and lower.share == WHOLE))
    if higher.bound == "≤":
        return lower.bound in {"≤", "="} and lower.share <= higher.share
    return lower.bound in {"≥", "="} and lower.share >= higher.share


def position(aim: Aim, value: Fraction | None, due: date | None, today: date) -> Position:
    if value is None:
        return Position.UNKNOWN
    if aim.is_met_by(value):
        return Position.MET
    return Position.UNDER_WAY if due is not None and today <= due else Position.MISSED


@dataclass(frozen=True)
class Asked:
    """What a programme asks of an indicator: `symbol` says which one. The least fields of a target."""

    indicator: str
    aim: Aim
    symbol: str
    wording: str
    is_confirmed: bool
    due_on: date | None = None
    looser_because: str = ""


def binding(asked: list[list[Asked]]) -> dict[str, Asked]:
    """For each indicator what binds: of the programmes from the lowest up, the lowest that keeps
    those above it or says why it asks less; else the one above.
    """
    found: dict[str, Asked] = {}
    for targets in asked:
        for target in targets:
            known = found.get(target.indicator)
            if known is None or not (known.looser_because or keeps(known.aim, target.aim)):
                found[target.indicator] = target
    return found
