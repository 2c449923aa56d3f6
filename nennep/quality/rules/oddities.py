"""What in a cell's meetings deserves a second look. It judges nobody and changes no score.

The thresholds are our own [D], dated and changeable; an unknown one looks for nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, ClassVar

from nennep.quality.choices import OddityKind
from nennep.quality.rules.likeness import Shingles, likeness
from nennep.regulations.rules import share, whole


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class OddityRules:
    """From where on something is shown to the cell, and how long before its superior sees it."""

    prefix: ClassVar[str] = "oddities"

    alike_share: Fraction | None = share(_("Minutes are nearly the same as last month's from this share"))  # noqa: RUF009 -- returns field()  # fmt: skip
    alike_runs: int | None = whole(
        _("Minutes are compared from this length"), 1, 10_000, _("%(number)s runs of words")
    )
    short_minutes: int | None = whole(
        _("A meeting is very short up to this length"), 1, 240, _("%(number)s minutes")
    )
    full_meetings: int | None = whole(
        _("Everybody present in this many regular meetings running"),
        2,
        60,
        _("%(number)s meetings"),
    )
    full_members: int | None = whole(
        _("Full attendance is looked at in cells of at least"), 1, 1_000, _("%(number)s members")
    )
    equal_scores: int | None = whole(
        _("All points equal in this many scores running"), 2, 60, _("%(number)s meetings")
    )
    own_days: int | None = whole(
        _("The cell alone sees it for"), 0, 365, _("%(number)s days, then its superior")
    )


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """What is looked at of one regular meeting. `points` are those of its score, by criterion."""

    month: date
    present: int = 0
    required: int = 0
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, and its measure: a share, minutes, or meetings running."""

    kind: OddityKind
    measure: Fraction


def findings(
    rules: OddityRules,
    *,
    minutes: int | None,
    year: Sequence[HeldMeeting] = (),
    written: Shingles = frozenset(),
    before: Shingles = frozenset(),
) -> Iterator[Finding]:
    """Of one closed meeting. `year`: the cell's regular meetings from January up to this one.

    `written` and `before` are the runs of words that people wrote now and last month. A meeting
    that is no regular one comes without a year and without texts.
    """
    found = (
        _alike(rules, written, before),
        _very_short(rules, minutes),
        _always_full(rules, year),
        _scores_equal(rules, year),
    )
    yield from (each for each in found if each is not None)


def _alike(rules: OddityRules, written: Shingles, before: Shingles) -> Finding | None:
    if rules.alike_share is None or rules.alike_runs is None:
        return None
    if min(len(written), len(before)) < rules.alike_runs:
        return None
    found = likeness(written, before)
    return Finding(OddityKind.MINUTES_ALIKE, found) if found >= rules.alike_share else None


def _very_short(rules: OddityRules, minutes: int | None) -> Finding | None:
    if rules.short_minutes is None or minutes is None or minutes > rules.short_minutes:
        return None
    return Finding(OddityKind.VERY_SHORT, Fraction(minutes))


def _always_full(rules: OddityRules, year: Sequence[HeldMeeting]) -> Finding | None:
    if rules.full_meetings is None or rules.full_members is None:
        return None
    least = rules.full_members
    full = (m.required >= least and m.present == m.required for m in reversed(year))
    return _told(OddityKind.ALWAYS_FULL, _running(full), rules.full_meetings)


def _scores_equal(rules: OddityRules, year: Sequence[HeldMeeting]) -> Finding | None:
    if rules.equal_scores is None or not year or not year[-1].points:
        return None
    equal = (m.points == year[-1].points for m in reversed(year))
    return _told(OddityKind.SCORES_EQUAL, _running(equal), rules.equal_scores)


def _running(kept: Iterable[bool]) -> int:
    count = 0
    for holds in kept:
        if not holds:
            break
        count += 1
    return count


def _told(kind: OddityKind, running: int, each: int) -> Finding | None:
    """Once when the number is reached, and again only when it is reached once more."""
    return Finding(kind, Fraction(running)) if running and running % each == 0 else None


def points_of(lines: Mapping[str, Sequence[Any]]) -> tuple[tuple[str, str], ...]:
    """The points of a kept score by criterion; none of a sheet that only says met or not met."""
    values = {code: line[0] for code, line in lines.items() if line}
    if any(isinstance(value, bool) for value in values.values()):
        return ()
    return tuple(sorted((code, str(value)) for code, value in values.items()))


def open_above_on(found_on: date, rules: OddityRules) -> date | None:
    """The day from which the superior sees it too; never where no rule says when."""
    return None if rules.own_days is None else found_on + timedelta(days=rules.own_days)
