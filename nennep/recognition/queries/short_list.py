"""Collectives that might be proposed, by criteria that are shown. Made on request, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nennep.core import clock
from nennep.indicators.queries.figures import Figure
from nennep.organisation.models import Unit
from nennep.recognition.choices import Level
from nennep.recognition.models import CommendationRound, Rating
from nennep.recognition.queries.facts import figures_below
from nennep.regulations.queries import RuleBook

# What a collective is looked at for: facts recorded here, each held against the rule of its day.
CRITERIA = ("MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "ATT")
WELL = frozenset({Level.GOOD, Level.EXCELLENT})


@dataclass(frozen=True)
class Shown:
    """An organisation directly below, with its figures and the levels of the period's years."""

    unit: Unit
    figures: Sequence[Figure]
    levels: Mapping[int, str]

    @property
    def fails(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.is_met is False]

    @property
    def is_judged(self) -> bool:
        return any(figure.is_met is not None for figure in self.figures)

    @property
    def meets_all(self) -> bool:
        """Every criterion that can be judged, at least one, and no decided year less than well."""
        return self.is_judged and not self.fails and all(
            level in WELL for level in self.levels.values()
        )  # fmt: skip


@dataclass(frozen=True)
class ShortList:
    """`meeting` satisfies every criterion; `others` is how many do not. By name, without a rank."""

    meeting: Sequence[Shown]
    others: int
    years: Sequence[int]


def short_list(round_: CommendationRound) -> ShortList:
    """Of the organisations directly below, in a number of queries that does not grow with them."""
    book = RuleBook.load()
    last = min(round_.last_day, clock.today())
    unit = round_.unit
    units = list(unit.children.living_on(last).order_by("sort_key"))
    figures = figures_below(unit, CRITERIA, round_.first_day, last, book)
    levels: dict[int, dict[int, str]] = {}
    years = range(round_.first_day.year, last.year + 1)
    for rating in Rating.objects.filter(unit__in=units, year__in=years).exclude(level=""):
        levels.setdefault(rating.unit_id, {})[rating.year] = rating.level
    rows = [Shown(each, figures.get(each.pk, ()), levels.get(each.pk, {})) for each in units]
    meeting = [row for row in rows if row.meets_all]
    rated = sorted({year for row in meeting for year in row.levels})
    return ShortList(meeting, len(rows) - len(meeting), rated)
