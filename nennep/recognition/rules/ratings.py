"""Levels of a year by points and conditions, and the cap on the highest. No Django.

Source: 366-QĐ/TW with 43-HD/BTCTW (from 2025), 124-QĐ/TW with 25-HD/BTCTW (2023); values in presets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar

from nennep.recognition.choices import Level
from nennep.regulations.rules import flag, share, whole, word

# Whose levels are held against the cap together: all that one office decides, or of these cells and
# committees apart.
OF_DECIDER, OF_KIND = "decider", "kind"
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
    common_points: int | None = whole(
        _("Points for what is common to all, at most"), 0, 100, _("%(number)s points")
    )
    above_requirement: Fraction | None = share(_("Tasks above requirement that excellent asks for"))  # noqa: RUF009 -- returns field()
    late_at_most: Fraction | None = share(_("Late tasks that completed allows, at most"))  # noqa: RUF009 -- returns field()
    cap: Fraction | None = share(_("Excellent at most"))  # noqa: RUF009 -- returns field()
    cap_of_all: bool | None = flag(
        _("The cap is a share of all who are rated, not of those rated well")
    )
    cap_rounds_up: bool | None = flag(_("The cap is rounded up to whole organisations"))
    cap_group: str | None = word(
        _("The cap holds within each group"),
        OF_DECIDER,
        OF_KIND,
        words={
            OF_DECIDER: _("all that one office decides"),
            OF_KIND: _("of what one office decides, cells and committees apart"),
        },
    )
    head_not_above: bool | None = flag(
        _("The head is not rated higher than the organisation it leads")
    )


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


def is_higher(level: str, other: str) -> bool:
    """No level is higher than none."""
    order = ["", *LOWEST_FIRST]
    return order.index(level) > order.index(other)


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

    `denominator` is what the share is taken of; `limit` is None where no rule is known. Of several
    groups these are sums, and `over` says how many groups have more than theirs.
    """

    numerator: int
    denominator: int
    limit: int | None
    groups: int = 1
    over: int = 0

    @property
    def is_empty(self) -> bool:
        """Nobody was rated who counts."""
        return not self.numerator and not self.denominator

    @property
    def is_within(self) -> bool | None:
        return None if self.limit is None else not self.over


def cap(counts: Mapping[str, int], rules: RatingRules) -> Cap:
    """`counts` by level. The share is of those rated well, or of all rated where a rule says so."""
    excellent, good = counts.get(Level.EXCELLENT, 0), counts.get(Level.GOOD, 0)
    whole_group = sum(counts.get(level, 0) for level in LOWEST_FIRST)
    denominator = whole_group if rules.cap_of_all else good
    if rules.cap is None:
        return Cap(excellent, denominator, None)
    exact = rules.cap * denominator
    limit = ceil(exact) if rules.cap_rounds_up else floor(exact)
    return Cap(excellent, denominator, limit, over=int(excellent > limit))


def together(caps: Sequence[Cap]) -> Cap:
    """Each group keeps its own limit: what one leaves over another may not use."""
    limits = [each.limit for each in caps]
    return Cap(
        sum(each.numerator for each in caps),
        sum(each.denominator for each in caps),
        None if None in limits or not caps else sum(limit or 0 for limit in limits),
        len(caps),
        sum(each.over for each in caps),
    )


def group_of(decider: int, *, is_cell: bool, rules: RatingRules) -> tuple[int, bool]:
    """What tells the groups of a cap apart."""
    return decider, is_cell and rules.cap_group == OF_KIND


@dataclass(frozen=True, slots=True)
class Decided:
    """The level of a cell's year, and the day of the decision that gave it."""

    year: int
    level: str
    on: date


# How many cells stand at each level, best first; those that were weak a year before; those of them
# that are not weak now.
Counts = tuple[int, ...]
DAY = timedelta(days=1)


def level_changes(decided: Iterable[Decided]) -> dict[date, Counts]:
    """By day, how what one cell counts as changes.

    The level of its latest decided year counts from the day of the decision until the next one,
    and no longer than the year after it: what was not rated since is not rated [D].
    """
    by_day: dict[date, list[int]] = defaultdict(lambda: [0] * (len(LOWEST_FIRST) + 2))
    given = sorted(decided, key=lambda each: (each.on, each.year))
    levels = {each.year: each.level for each in given}
    latest = [each for n, each in enumerate(given) if all(each.year > e.year for e in given[:n])]
    for each, following in zip(latest, [*latest[1:], None], strict=True):
        end = date(each.year + 2, 1, 1)
        if following is not None:
            end = min(end, following.on)
        if each.on < end:
            counts = _counted(each, levels.get(each.year - 1, ""))
            _add(by_day[each.on], counts)
            _add(by_day[end], tuple(-count for count in counts))
    return {on: tuple(counts) for on, counts in by_day.items() if any(counts)}


def _counted(each: Decided, before: str) -> Counts:
    was_weak, is_weak = before == Level.NOT_COMPLETED, each.level == Level.NOT_COMPLETED
    best_first = (int(each.level == level) for level in reversed(LOWEST_FIRST))
    return (*best_first, int(was_weak), int(was_weak and not is_weak))


def _add(row: list[int], counts: Counts) -> None:
    for place, count in enumerate(counts):
        row[place] += count
