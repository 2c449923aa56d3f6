"""Votes: the base with its deductions, the threshold by subject, and what the result means.

The base of an ordinary meeting is the official members less those away, suspended, exempt and
absent, and those deducted by law; excused absentees stay in it, but for a congress. A vote that the
rules do not allow is still a vote that was taken: it is counted and marked.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import ceil, floor

from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules.presets import preset, worded
from nennep.meetings.rules.thresholds import MeetingRules

QUALIFIED = "qualified_majority"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cell votes on. `is_on_paper`: minuted in the paper book, here only the counts."""

    code: str
    title: str
    threshold: str
    clause: str
    mark: str
    needs_superior: bool = False
    is_on_paper: bool = False


@cache
def subjects() -> dict[str, Subject]:
    """The subjects that ship, in their order."""
    return {
        row["code"]: Subject(
            row["code"],
            row["title"],
            row["threshold"],
            row["clause"],
            row["mark"],
            row.get("needs_superior", False),
            row.get("on_paper", False),
        )
        for row in preset("votes")["subject"]
    }


def called(subject: str, meeting_kind: str) -> str:
    """How a vote without words of its own is called: “Nghị quyết của chi bộ”, “… của đại hội”."""
    return subjects()[subject].title.replace("chi bộ", worded(f"assembly.{meeting_kind}"))


@dataclass(frozen=True, slots=True)
class Base:
    """Who counts in a vote: official members and the deductions from them."""

    official: int
    away: int = 0
    suspended: int = 0
    exempt_absent: int = 0
    excused: int = 0
    deducted_by_law: int = 0

    @property
    def count(self) -> int:
        return self.official - (
            self.away + self.suspended + self.exempt_absent + self.excused + self.deducted_by_law
        )


def deducts_excused(kind: str, rules: MeetingRules) -> bool:
    """Members absent with a reason leave the base at a congress, and only there."""
    return kind == MeetingKind.CONGRESS and bool(rules.congress_deducts_excused)


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share of the base that decides: more than it (strict), or at least it."""

    share: Fraction
    is_strict: bool

    @property
    def label(self) -> str:
        return f"{'>' if self.is_strict else '≥'} {self.share}"

    def is_reached(self, in_favour: int, base: int) -> bool:
        if base <= 0:
            return False
        part = Fraction(in_favour, base)
        return part > self.share if self.is_strict else part >= self.share

    def needed(self, base: int) -> int:
        """The fewest votes in favour that pass."""
        exact = self.share * base
        return floor(exact) + 1 if self.is_strict else ceil(exact)


def threshold_for(subject: str, rules: MeetingRules) -> Threshold | None:
    """None where no rule says what decides: then nothing is judged."""
    if subjects()[subject].threshold == QUALIFIED:
        share, is_strict = rules.qualified_majority, False
    else:
        share, is_strict = rules.majority, True
    return None if share is None else Threshold(share, is_strict)


class Flaw(StrEnum):
    """Why a vote has no effect."""

    TOO_FEW_OFFICIAL = "too_few_official"
    NO_THRESHOLD = "no_threshold"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a vote means: whether it passed, and whether it counts at all."""

    threshold: str
    is_passed: bool
    flaw: Flaw | None = None

    @property
    def is_effective(self) -> bool:
        return self.flaw is None


def judge_vote(
    subject: str, in_favour: int, base: Base, rules: MeetingRules, *, is_of_committee: bool = False
) -> Judgement:
    """A cell with fewer official members on its roll than the rules ask cannot decide.

    A cell committee is asked for the majority only: its own number is not the cell's strength.
    """
    threshold = threshold_for(subject, rules)
    if threshold is None:
        return Judgement("", is_passed=False, flaw=Flaw.NO_THRESHOLD)
    flaw = None
    if not is_of_committee and lacks_official(base.official, rules):
        flaw = Flaw.TOO_FEW_OFFICIAL
    is_passed = threshold.is_reached(in_favour, base.count)
    return Judgement(threshold.label, is_passed, flaw)


def lacks_official(official: int, rules: MeetingRules) -> bool:
    """Fewer official members on the roll than a cell needs to stand and decide."""
    least = rules.minimum_official_members
    return least is not None and official < least


def cannot_reach_majority(voters_present: int, base: int, rules: MeetingRules) -> bool:
    """A warning, never a bar: no quorum to open a meeting is known."""
    if rules.majority is None:
        return False
    return voters_present < Threshold(rules.majority, is_strict=True).needed(base)
