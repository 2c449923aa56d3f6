"""What of a meeting is “không đúng quy định”: recorded all the same, and marked with the clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules.length import least_length
from nennep.meetings.rules.thresholds import MeetingRules
from nennep.meetings.rules.votes import lacks_official


class MarkKind(StrEnum):
    """In what a meeting does not follow a rule."""

    TOO_SHORT = "too_short"
    COMBINED_TOO_SHORT = "combined_too_short"
    TOO_FEW_OFFICIAL = "too_few_official"
    PAPERS_LATE = "papers_late"
    FINISHED_LATE = "finished_late"


@dataclass(frozen=True, slots=True)
class Mark:
    """`rule` is the field of MeetingRules whose source names the clause."""

    kind: MarkKind
    rule: str
    asked: int
    found: int


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """What is judged; None where it is not known."""

    kind: str
    strength: int | None = None
    official: int | None = None
    minutes: int | None = None
    held_on: date | None = None
    papers_sent_on: date | None = None
    finished_sent_on: date | None = None


def marks_of(facts: HeldFacts, rules: MeetingRules) -> tuple[Mark, ...]:
    """Every rule that was in force and not kept, each with what was asked and what was found."""
    found = (_length(facts, rules), _official(facts, rules), *_deadlines(facts, rules))
    return tuple(mark for mark in found if mark is not None)


def _length(facts: HeldFacts, rules: MeetingRules) -> Mark | None:
    least = least_length(facts.kind, facts.strength or 0, rules)
    if least is None or facts.minutes is None or facts.minutes >= least.minutes:
        return None
    is_combined = facts.kind == MeetingKind.COMBINED
    kind = MarkKind.COMBINED_TOO_SHORT if is_combined else MarkKind.TOO_SHORT
    return Mark(kind, least.rule, least.minutes, facts.minutes)


def _official(facts: HeldFacts, rules: MeetingRules) -> Mark | None:
    if facts.official is None or facts.kind == MeetingKind.CELL_COMMITTEE:
        return None
    if not lacks_official(facts.official, rules):
        return None
    least = rules.minimum_official_members or 0
    return Mark(MarkKind.TOO_FEW_OFFICIAL, "minimum_official_members", least, facts.official)


def _deadlines(facts: HeldFacts, rules: MeetingRules) -> Iterator[Mark | None]:
    if facts.held_on is None:
        return
    ahead, after = rules.papers_days_before, rules.finished_days_after
    if ahead is not None and facts.papers_sent_on is not None:
        days = (facts.held_on - facts.papers_sent_on).days
        yield (
            Mark(MarkKind.PAPERS_LATE, "papers_days_before", ahead, days) if days < ahead else None
        )
    if after is not None and facts.finished_sent_on is not None:
        days = (facts.finished_sent_on - facts.held_on).days
        yield (
            Mark(MarkKind.FINISHED_LATE, "finished_days_after", after, days)
            if days > after
            else None
        )
