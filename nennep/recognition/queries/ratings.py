"""A year's ratings: of the cells below a unit, of one office's round, and over the years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Q

from nennep.core import clock
from nennep.core.fields import below
from nennep.indicators.queries.figures import Figure
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Unit
from nennep.organisation.rules import depth_of, ids_in, prefix_length
from nennep.recognition.choices import Level, Standing
from nennep.recognition.models import Rating
from nennep.recognition.queries.facts import figures_below
from nennep.recognition.rules.ratings import (
    Cap,
    Proposal,
    RatingRules,
    TaskFacts,
    cap,
    group_of,
    is_higher,
    proposed,
    together,
)
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import InForce
from nennep.tasks.queries.counting import received_between

NOT_RATED = "not_rated"
NOTHING_PROPOSED = Proposal(None)
TREND_YEARS = 5
# Facts of the product that stand beside a rating.
FACTS = ("MTG_REG", "ATT", "TASK_DONE")


@dataclass(frozen=True)
class YearLevels:
    """Cells below a unit by level, and those of that year without one."""

    year: int
    counts: Mapping[str, int]

    @property
    def rated(self) -> int:
        return sum(self.counts.get(level, 0) for level in Level.values)

    @property
    def well(self) -> int:
        """Rated well or better."""
        return self.counts.get(Level.GOOD, 0) + self.counts.get(Level.EXCELLENT, 0)

    @property
    def well_share(self) -> Fraction | None:
        return Fraction(self.well, self.rated) if self.rated else None


@dataclass(frozen=True)
class RatedUnit:
    """One organisation of a round: its rating of the year and of the one before, and the facts."""

    unit: Unit
    rating: Rating | None
    before: str
    figures: Sequence[Figure]
    tasks: TaskFacts | None = None
    proposal: Proposal = NOTHING_PROPOSED
    undecided: int = 0  # organisations directly below it without a level: lower before upper

    @property
    def level(self) -> str:
        return self.rating.level if self.rating else ""

    @property
    def suggested(self) -> str:
        """What the form begins with: decided, else verified, else its own."""
        rating = self.rating
        return (rating.level or rating.verified_level or rating.self_level) if rating else ""

    @property
    def standing(self) -> Standing:
        """What the office that decides finds: only what differs asks for a look one by one."""
        rating = self.rating
        if rating is None or not rating.self_level:
            return Standing.WAITING
        is_other = rating.verified_level not in {"", rating.self_level}
        return Standing.DIFFERS if is_other or self.is_above_proposal else Standing.AGREES

    @property
    def is_above_proposal(self) -> bool:
        """It would have a higher level than points and tasks allow."""
        most = self.proposal.level
        return most is not None and is_higher(self.suggested, most)


@dataclass(frozen=True)
class Round:
    unit: Unit
    year: int
    rows: Sequence[RatedUnit]
    rules: InForce[RatingRules]

    @property
    def open(self) -> list[RatedUnit]:
        """Those that a decision has not rated yet: what differs first, then by name."""
        rows = [row for row in self.rows if not row.level]
        return sorted(rows, key=lambda row: list(Standing).index(row.standing))

    def open_at(self, standing: Standing) -> list[RatedUnit]:
        return [row for row in self.open if row.standing == standing]

    @property
    def decided(self) -> list[RatedUnit]:
        return [row for row in self.rows if row.level]

    @property
    def waiting(self) -> int:
        """How many have not rated themselves and are not decided."""
        return len(self.open_at(Standing.WAITING))

    def cap_of(self, levels: Mapping[int, str]) -> Cap:
        """By unit the levels they would have: each group held against its own limit."""
        rules = self.rules.values
        groups: dict[tuple[int, bool], Counter[str]] = defaultdict(Counter)
        for row in self.rows:
            group = group_of(self.unit.pk, is_cell=row.unit.is_cell, rules=rules)
            groups[group][levels.get(row.unit.pk, row.level)] += 1
        return together([cap(counts, rules) for counts in groups.values()] or [cap({}, rules)])


def levels_of(unit: Unit, years: Sequence[int]) -> dict[int, YearLevels]:
    """One query for all years: the cells that were rated below the unit, at their place then."""
    rows = (
        Rating.objects.filter(below("path", unit.path), year__in=years)
        .filter(unit__kind__in=sorted(CELL_KINDS))
        .exclude(level="")
        .values_list("year", "level")
        .annotate(count=Count("pk"))
        .order_by("year", "level")
    )
    counts: dict[int, dict[str, int]] = {year: {} for year in years}
    for year, level, count in rows:
        counts[year][level] = count
    living = _cells_at_the_end(unit, years)
    return {
        year: YearLevels(year, found | {NOT_RATED: max(0, living[year] - sum(found.values()))})
        for year, found in counts.items()
    }


def _cells_at_the_end(unit: Unit, years: Sequence[int]) -> dict[int, int]:
    """Cells that lived on the last day of each year, or today where that has not come."""
    cells = Unit.objects.within(unit).cells()
    living = {
        f"in_{year}": Count(
            "pk",
            filter=Q(founded_on__lte=last_day(year))
            & (Q(ended_on__isnull=True) | Q(ended_on__gte=last_day(year))),
        )
        for year in years
    }
    counted = cells.aggregate(**living)
    return {year: counted[f"in_{year}"] for year in years}


def last_day(year: int) -> date:
    return min(date(year, 12, 31), clock.today())


def cap_of(unit: Unit, year: int, book: RuleBook | None = None) -> Cap:
    """Of the cells below the unit, each held against the cap with those decided together with it."""
    book, day = book or RuleBook.load(), date(year, 12, 31)
    counts: dict[tuple[int, bool], Counter[str]] = defaultdict(Counter)
    rules: dict[int, RatingRules] = {}
    rows = (
        Rating.objects.filter(
            below("path", unit.path), year=year, unit__kind__in=sorted(CELL_KINDS)
        )
        .exclude(level="")
        .order_by()
    )
    decided: dict[tuple[int, bool], int] = {}
    for path, level in rows.values_list("path", "level"):
        above = path[: prefix_length(depth_of(path) - 1)]
        decider = ids_in(above)[-1]
        if decider not in rules:
            rules[decider] = book.in_force(RatingRules, above, day).values
        key = group_of(decider, is_cell=True, rules=rules[decider])
        decided[key] = decider
        counts[key][level] += 1
    if not counts:
        return cap({}, rules_of(unit, year, book).values)
    return together([cap(found, rules[decided[key]]) for key, found in counts.items()])


def rules_of(unit: Unit, year: int, book: RuleBook | None = None) -> InForce[RatingRules]:
    """Those in force on the year's last day."""
    return (book or RuleBook.load()).in_force(RatingRules, unit.path, date(year, 12, 31))


def trend_of(unit: Unit, year: int) -> list[YearLevels]:
    """The years before and this one, oldest first; years without any rating are left out."""
    years = list(range(year - TREND_YEARS + 1, year + 1))
    found = levels_of(unit, years)
    return [found[each] for each in years if found[each].rated]


def is_rising(trend: Sequence[YearLevels]) -> bool:
    """Cells rated well or better became more with every year; of one year nothing is said."""
    return len(trend) > 1 and all(now.well > before.well for before, now in pairwise(trend))


def round_of(unit: Unit, year: int) -> Round:
    """The organisations directly below, by name; a number of queries that does not grow with them."""
    book = RuleBook.load()
    units = list(unit.children.living_on(last_day(year)).order_by("sort_key"))
    ratings: dict[tuple[int, int], Rating] = {
        (row.unit_id, row.year): row
        for row in Rating.objects.filter(unit__in=units, year__in=(year - 1, year))
    }
    figures = figures_below(unit, FACTS, date(year, 1, 1), last_day(year), book)
    rules = rules_of(unit, year, book)
    tasks = tasks_of(units, year)
    waiting = _undecided_below(units, year)
    rows = []
    for each in units:
        earlier = ratings.get((each.pk, year - 1))
        rating = ratings.get((each.pk, year))
        facts = tasks.get(each.pk)
        rows.append(
            RatedUnit(
                each,
                rating,
                earlier.level if earlier else "",
                figures.get(each.pk, ()),
                facts,
                proposed(rating.self_points if rating else None, facts, rules.values),
                waiting.get(each.pk, 0),
            )
        )
    return Round(unit, year, rows, rules)


def tasks_of(units: Sequence[Unit], year: int) -> dict[int, TaskFacts]:
    """By unit, its tasks due in the year up to today; what is open by then is late as well."""
    found = received_between([unit.pk for unit in units], date(year, 1, 1), last_day(year))
    return {
        unit: TaskFacts(each.due, each.done, each.late + each.open, each.above)
        for unit, each in found.items()
    }


def _undecided_below(units: Sequence[Unit], year: int) -> dict[int, int]:
    """Of committees, how many organisations directly below have no level of the year yet."""
    above = [unit.pk for unit in units if not unit.is_cell]
    decided = Rating.objects.filter(year=year, unit=OuterRef("pk")).exclude(level="")
    open_ones = Unit.objects.living_on(last_day(year)).filter(~Exists(decided), parent_id__in=above)
    return dict(open_ones.order_by().values_list("parent_id").annotate(Count("pk")))


def undecided_below(unit: Unit, year: int) -> int:
    return _undecided_below([unit], year).get(unit.pk, 0)


def weak_cells(unit: Unit, year: int) -> list[tuple[Rating, str]]:
    """Cells that did not complete their tasks, and how they stood a year later."""
    rows = list(
        Rating.objects.filter(
            below("path", unit.path), year=year, level=Level.NOT_COMPLETED
        ).select_related("unit__parent")
    )
    later = dict(
        Rating.objects.filter(unit__in=[row.unit_id for row in rows], year=year + 1).values_list(
            "unit_id", "level"
        )
    )
    return [(row, later.get(row.unit_id, "")) for row in rows]


def latest_year(unit: Unit) -> int:
    """The latest year with a decided rating below the unit; else the last whole year."""
    found = Rating.objects.filter(below("path", unit.path)).exclude(level="")
    latest = found.order_by("-year").values_list("year", flat=True).first()
    return latest or clock.today().year - 1
