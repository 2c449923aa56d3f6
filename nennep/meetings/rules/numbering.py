"""Numbers of papers: within the term of the cell's body, from 01, without gaps or doubles.

A cell counts each kind by itself, a congress all its papers in one series.
"""

from collections.abc import Iterable
from enum import StrEnum

from nennep.meetings.choices import MeetingKind, PaperKind, Series
from nennep.meetings.rules.presets import preset
from nennep.meetings.rules.thresholds import MeetingRules
from nennep.meetings.rules.votes import lacks_official

CELL = "cell"


def issuable(issuer: str = CELL) -> frozenset[str]:
    """Abbreviations of the kinds this body may issue."""
    return frozenset(
        row["abbreviation"] for row in preset("documents")["kind"] if issuer in row["issuers"]
    )


def may_issue(kind: str, issuer: str = CELL) -> bool:
    """Whether the rules let the body draw up papers of this kind (by its abbreviation)."""
    return kind in issuable(issuer)


def symbol(number: int, kind: str, series: str = Series.CELL) -> str:
    """`05-NQ/CB`: below ten with a zero."""
    return f"{number:02d}-{kind}/{series}"


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
