"""How the cells of the two districts were rated: those rated well become more from year to year."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from nennep.accounts.models import User
from nennep.demo.plan.words import dice, one_of, sentences
from nennep.organisation.models import Unit
from nennep.recognition.actions import Decision, enter_past, note_strengthening
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
        for weak in Rating.objects.filter(unit__in=cells, level=Level.NOT_COMPLETED):
            what = one_of(sentences("rating")["strengthening"], dice(seed, "weak", weak.unit.code))
            note_strengthening(weak, what=what, by=by)


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
    district: Unit, cells: Sequence[Unit], year: int, levels: dict[int, Level]
) -> None:
    """In each group as many excellent ones as its cap allows; the others were rated well."""
    rules = rules_of(district, year).values
    groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for cell in cells:
        decider = cell.parent_id or district.pk
        groups[group_of(decider, is_cell=True, rules=rules)].append(cell.pk)
    for group in groups.values():
        excellent = [cell for cell in group if levels[cell] == Level.EXCELLENT]
        while excellent and _is_over(group, levels, rules):
            levels[excellent.pop()] = Level.GOOD


def _is_over(group: Sequence[int], levels: dict[int, Level], rules: RatingRules) -> bool:
    return cap(Counter(levels[cell] for cell in group), rules).is_within is False
