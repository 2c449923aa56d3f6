"""Levels of a year by points and conditions, and the cap on the highest. No Django.

Source: 366-QĐ/TW with 43-HD/BTCTW (from 2025), 124-QĐ/TW with 25-HD/BTCTW (2023); values in presets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar

from nennep.recognition.choices import Level
from nennep.regulations.rules import flag, share, whole

LOWEST_FIRST = (Level.NOT_COMPLETED, Level.COMPLETED, Level.GOOD, Level.EXCELLENT)


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class RatingRules:
    prefix: ClassVar[str] = "rating"

    excellent_points: int | None = whole(
        _("Excellent from so many points"), 0, 100, _("%(number)s points")
    )
    good_points: int | None = whole(_("Well from so many points"), 0, 100, _("%(number)s points"))
    completed_points: int | None = whole(
        _("Completed from so many points"), 0, 100, _("%(number)s points")
    )
    above_requirement: Fraction | None = share(_("Tasks above requirement that excellent asks for"))  # noqa: RUF009 -- returns field()
    late_at_most: Fraction | None = share(_("Late tasks that completed allows, at most"))  # noqa: RUF009 -- returns field()
    cap: Fraction | None = share(_("Excellent at most"))  # noqa: RUF009 -- returns field()
    cap_of_all: bool | None = flag(
        _("The cap is a share of all who are rated, not of those rated well")
    )
    cap_rounds_up: bool | None = flag(_("The cap is rounded up to whole organisations"))


@dataclass(frozen=True)
class TaskFacts:
    """Tasks due in the year; `above` of them done above requirement, `late` done late or open."""

    due: int
    done: int
    late: int
    above: int


@dataclass(frozen=True)
class Proposal:
    """The highest level that points and tasks allow; `lacking` says what kept it from the next."""

    level: Level | None
    lacking: tuple[str, ...] = ()


def proposed(points: int | None, tasks: TaskFacts | None, rules: RatingRules) -> Proposal:
    """None where points or the rule are unknown. Facts only lower what the points allow."""
    if points is None or rules.completed_points is None:
        return Proposal(None)
    level = _by_points(points, rules)
    lacking: list[str] = []
    while tasks is not None and tasks.due and level != Level.NOT_COMPLETED:
        missing = list(_missing(level, tasks, rules))
        if not missing:
            break
        lacking += missing
        level = LOWEST_FIRST[LOWEST_FIRST.index(level) - 1]
    return Proposal(level, tuple(dict.fromkeys(lacking)))


def _by_points(points: int, rules: RatingRules) -> Level:
    bars = (
        (rules.excellent_points, Level.EXCELLENT),
        (rules.good_points, Level.GOOD),
        (rules.completed_points, Level.COMPLETED),
    )
    return next((lv for bar, lv in bars if bar is not None and points >= bar), Level.NOT_COMPLETED)


def _missing(level: Level, tasks: TaskFacts, rules: RatingRules) -> list[str]:
    late = Fraction(tasks.late, tasks.due)
    is_well = level in {Level.EXCELLENT, Level.GOOD}
    asked = (
        (tasks.done < tasks.due, _("not every task is done")),
        (
            level == Level.EXCELLENT
            and Fraction(tasks.above, tasks.due) < (rules.above_requirement or 0),
            _("too few tasks above requirement"),
        ),
        (is_well and tasks.late > 0, _("tasks were late")),
        (
            not is_well and rules.late_at_most is not None and late > rules.late_at_most,
            _("too many tasks were late"),
        ),
    )
    return [words for is_missing, words in asked if is_missing]


@dataclass(frozen=True)
class Cap:
    """Of a group rated together: how many excellent ones there are and how many there may be.

    `denominator` is what the share is taken of; `limit` is None where no rule is known.
    """

    numerator: int
    denominator: int
    limit: int | None

    @property
    def is_within(self) -> bool | None:
        return None if self.limit is None else self.numerator <= self.limit


def cap(counts: Mapping[str, int], rules: RatingRules) -> Cap:
    """`counts` by level. The share is of those rated well, or of all rated where a rule says so."""
    excellent, good = counts.get(Level.EXCELLENT, 0), counts.get(Level.GOOD, 0)
    whole_group = sum(counts.get(level, 0) for level in LOWEST_FIRST)
    denominator = whole_group if rules.cap_of_all else good
    if rules.cap is None:
        return Cap(excellent, denominator, None)
    exact = rules.cap * denominator
    return Cap(excellent, denominator, ceil(exact) if rules.cap_rounds_up else floor(exact))
