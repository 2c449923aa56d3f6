"""How long a meeting must last, in minutes."""

from dataclasses import dataclass

from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules.thresholds import MeetingRules


@dataclass(frozen=True, slots=True)
class Least:
    """The least length in minutes, and the field of MeetingRules that says so."""

    minutes: int
    rule: str


def least_length(kind: str, strength: int, rules: MeetingRules) -> Least | None:
    """What the rules ask of this kind of meeting; None where they ask nothing.

    A very small cell has the length its superior set for it, where one is set.
    """
    name = {MeetingKind.COMBINED: "combined_minutes", MeetingKind.REGULAR: "minimum_minutes"}
    rule = name.get(MeetingKind(kind))
    if rule is None:
        return None
    is_small = rules.small_cell_members is not None and strength <= rules.small_cell_members
    if kind == MeetingKind.REGULAR and is_small and rules.small_cell_minutes is not None:
        rule = "small_cell_minutes"
    minutes = getattr(rules, rule)
    return None if minutes is None else Least(minutes, rule)


def minimum_minutes(kind: str, strength: int, rules: MeetingRules) -> int | None:
    least = least_length(kind, strength, rules)
    return least.minutes if least else None


def planned_length(
    kind: str, minutes: int | None, strength: int, rules: MeetingRules
) -> tuple[int | None, Least | None]:
    """How long the meeting is planned for, and the rule that this falls short of, if it does.

    A combined session for which nothing was said is planned for as long as the rules ask at least.
    """
    least = least_length(kind, strength, rules)
    if minutes is None and kind == MeetingKind.COMBINED and least:
        return least.minutes, None
    is_short = least is not None and minutes is not None and minutes < least.minutes
    return minutes, least if is_short else None
