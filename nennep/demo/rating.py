"""How cells and committees of the two districts were rated: those rated well become more every year."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from nennep.accounts.models import User
from nennep.demo.plan.words import dice, one_of, sentences
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Unit
from nennep.recognition.actions import (
    Decision,
    SelfRating,
    decide,
    enter_past,
    note_strengthening,
    rate_self,
)
from nennep.recognition.choices import Level
from nennep.recognition.models import Rating
from nennep.recognition.queries.ratings import rules_of
from nennep.recognition.rules.ratings import RatingRules, cap, group_of

DISTRICTS = ("SOCSON", "PHUCTHO")
# Of a year: the share rated excellent, and rated well at least; the rest completed, or did not.
YEARS = {2021: (0.10, 0.78), 2022: (0.11, 0.84), 2023: (0.12, 0.90)}
NOT_COMPLETED = 0.01
OF_THE_YEAR = 0.3  # how much of a cell's place among all is of the year alone


def rate_past_years(seed: int, *, by: User) -> None:
    """Each cell has a standing of its own, so that mostly the same cells do well again."""
    for code in DISTRICTS:
        district = Unit.objects.get(code=code)
        cells = list(Unit.objects.within(district).cells().order_by("path"))
        for year, shares in YEARS.items():
            levels = _levels(_in_order(cells, year, seed), *shares)
            _keep_the_cap(district, cells, year, levels)
            decision = Decision(f"Quyết định xếp loại năm {year}", date(year, 12, 28))
            enter_past(cells, year, levels=levels, decision=decision, by=by)
            _rate_committees(district, cells, year, levels, by)
        for weak in Rating.objects.filter(unit__in=cells, level=Level.NOT_COMPLETED):
            what = one_of(sentences("rating")["strengthening"], dice(seed, "weak", weak.unit.code))
            note_strengthening(weak, what=what, by=by)


def _rate_committees(
    district: Unit, cells: Sequence[Unit], year: int, levels: dict[int, Level], by: User
) -> None:
    """After their cells, whose year is theirs: the more of these did well, the higher."""
    children = district.children.living_on(date(year, 12, 31))
    committees = list(children.exclude(kind__in=CELL_KINDS).order_by("path"))
    share = {each.pk: _share_well(each, cells, levels) for each in committees}
    best_first = sorted(committees, key=lambda each: -share[each.pk])
    said = _levels(best_first, *YEARS[year])
    decided = dict(said)
    _keep_the_cap(district, committees, year, decided)
    if year == max(YEARS):
        for each in committees:
            rate_self(each, year, rating=SelfRating(said[each.pk]), by=by, is_entered=True)
    reasons = {pk: sentences("rating")["cap_reason"] for pk in said if said[pk] != decided[pk]}
    decision = Decision(f"Quyết định xếp loại tổ chức cơ sở đảng năm {year}", date(year + 1, 1, 10))
    decide(committees, year, levels=decided, decision=decision, reasons=reasons, by=by)


def _share_well(committee: Unit, cells: Sequence[Unit], levels: dict[int, Level]) -> Fraction:
    own = [levels[cell.pk] for cell in cells if cell.path.startswith(committee.path)]
    well = sum(level in {Level.EXCELLENT, Level.GOOD} for level in own)
    return Fraction(well, max(len(own), 1))


def _in_order(cells: Sequence[Unit], year: int, seed: int) -> list[Unit]:
    """The best first."""
    place = {
        cell.pk: (1 - OF_THE_YEAR) * dice(seed, "standing of the year", cell.code).random()
        + OF_THE_YEAR * dice(seed, "of the year", year, cell.code).random()
        for cell in cells
    }
    return sorted(cells, key=lambda cell: place[cell.pk])


def _levels(cells: Sequence[Unit], excellent: float, well: float) -> dict[int, Level]:
    bars = (
        (excellent, Level.EXCELLENT),
        (well, Level.GOOD),
        (1 - NOT_COMPLETED, Level.COMPLETED),
        (1.0, Level.NOT_COMPLETED),
    )
    return {
        cell.pk: next(level for bar, level in bars if place < bar * len(cells))
        for place, cell in enumerate(cells)
    }


def _keep_the_cap(
    district: Unit, units: Sequence[Unit], year: int, levels: dict[int, Level]
) -> None:
    """In each group as many excellent ones as its cap allows; the others were rated well."""
    rules = rules_of(district, year).values
    groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for unit in units:
        decider = unit.parent_id or district.pk
        groups[group_of(decider, is_cell=unit.is_cell, rules=rules)].append(unit.pk)
    for group in groups.values():
        excellent = [pk for pk in group if levels[pk] == Level.EXCELLENT]
        while excellent and _is_over(group, levels, rules):
            levels[excellent.pop()] = Level.GOOD


def _is_over(group: Sequence[int], levels: dict[int, Level], rules: RatingRules) -> bool:
    return cap(Counter(levels[pk] for pk in group), rules).is_within is False
