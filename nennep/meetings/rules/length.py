"""How long a meeting must last, in minutes."""

from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules.thresholds import MeetingRules


def minimum_minutes(kind: str, strength: int, rules: MeetingRules) -> int | None:
    """The least length the rules ask of this kind of meeting; None where they ask none.

    A very small cell has the length its superior set for it, where one is set.
    """
    if kind == MeetingKind.COMBINED:
        return rules.combined_minutes
    if kind != MeetingKind.REGULAR:
        return None
    is_small = rules.small_cell_members is not None and strength <= rules.small_cell_members
    if is_small and rules.small_cell_minutes is not None:
        return rules.small_cell_minutes
    return rules.minimum_minutes
