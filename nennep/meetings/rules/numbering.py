"""Which of a meeting's papers are numbered, and in which series.

A cell counts each kind by itself, a congress all its papers in one series. Symbols and the series
themselves are the library's (`library/rules/documents.py`).
"""

from collections.abc import Iterable
from enum import StrEnum

from nennep.meetings.choices import MeetingKind, PaperKind, Series
from nennep.meetings.rules.thresholds import MeetingRules
from nennep.meetings.rules.votes import lacks_official


def series_of(meeting_kind: str) -> Series:
    """A congress counts its own papers."""
    return Series.CONGRESS if meeting_kind == MeetingKind.CONGRESS else Series.CELL


def counted_under(kind: str, series: str) -> str:
    """Papers of a cell are counted kind by kind, those of a congress all in one."""
    return str(Series.CONGRESS) if series == Series.CONGRESS else str(kind)


class Obstacle(StrEnum):
    """Why a paper is not numbered when the minutes are closed."""

    EMPTY = "empty"
    NO_VOTE = "no_vote"
    NOT_PASSED = "not_passed"
    NO_EFFECT = "no_effect"
    TOO_FEW_OFFICIAL = "too_few_official"
    NO_TERM = "no_term"


def obstacle(
    kind: str,
    *,
    has_text: bool,
    has_term: bool,
    official: int,
    votes: Iterable[tuple[bool, bool]],
    rules: MeetingRules,
    is_of_committee: bool = False,
) -> Obstacle | None:
    """`votes` are (passed, effective) of the votes on this paper; the last one decides.

    A resolution lives by its vote; a conclusion is the chair's and needs none, but falls with a
    vote that failed.
    """
    last = next(iter(reversed(list(votes))), None)
    checks = (
        (Obstacle.EMPTY, not has_text),
        (Obstacle.TOO_FEW_OFFICIAL, not is_of_committee and lacks_official(official, rules)),
        (Obstacle.NO_VOTE, last is None and kind == PaperKind.RESOLUTION),
        (Obstacle.NOT_PASSED, last is not None and not last[0]),
        (Obstacle.NO_EFFECT, last is not None and not last[1]),
        (Obstacle.NO_TERM, not has_term),
    )
    return next((found for found, holds in checks if holds), None)
