"""Figures: a numerator, a denominator, and the rule they are held against. Never a percentage alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nennep.core.fields import below
from nennep.core.periods import Period
from nennep.indicators.choices import Structure
from nennep.indicators.models import DirtyCell
from nennep.indicators.queries.extent import Unstored
from nennep.indicators.queries.numbers import numbers
from nennep.indicators.rules.catalogue import BY_CODE, CATALOGUE, Indicator
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import NormInForce


@dataclass(frozen=True)
class Figure:
    """One indicator of one unit and period.

    `value` is None where there is nothing to divide by, or nothing of it is due yet.
    """

    indicator: Indicator
    numerator: int
    denominator: int | None
    target: NormInForce | None = None
    criterion: NormInForce | None = None
    is_due: bool = True

    @property
    def value(self) -> Fraction | None:
        if not self.is_due:
            return None
        if self.indicator.denominator is None:
            return Fraction(self.numerator)
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def sort_value(self) -> float:
        """For sorting tables only: what has nothing to divide by comes first."""
        return -1.0 if self.value is None else float(self.value)

    @property
    def pair(self) -> tuple[int, int]:
        """Numerator and denominator, as pages show them; nothing over nothing before it is due."""
        return (self.numerator, self.denominator or 0) if self.is_due else (0, 0)

    @property
    def norm(self) -> NormInForce | None:
        """What it is judged by: the programme's target, else the rule's criterion."""
        return self.target or self.criterion

    @property
    def is_met(self) -> bool | None:
        """Exact, never from a rounded figure; None where nothing judges it."""
        if self.norm is None or self.value is None:
            return None
        return self.norm.is_met_by(self.value)


@dataclass(frozen=True)
class FigureSheet:
    """All figures of a unit and period, their day, and whether some wait to be recomputed."""

    unit: Unit
    period: Period
    as_of: date
    figures: tuple[Figure, ...]
    is_being_recomputed: bool = False

    def __getitem__(self, code: str) -> Figure:
        found = next((figure for figure in self.figures if figure.indicator.code == code), None)
        if found is None:
            raise KeyError(code)  # templates ask for `sheet.period` as an item first
        return found


def figure_sheet(
    unit: Unit,
    period: Period,
    structure: Structure = Structure.THEN,
    book: RuleBook | None = None,
    unstored: Unstored | None = None,
) -> FigureSheet:
    sums = numbers(unit, period, structure, unstored)
    figures = tuple(figures_of(unit, sums.total(), sums.as_of, book or RuleBook.load()))
    return FigureSheet(unit, period, sums.as_of, figures, is_being_recomputed(unit))


def figures_of(
    unit: Unit,
    sums: Mapping[str, int],
    as_of: date,
    book: RuleBook,
    indicators: Iterable[Indicator] = CATALOGUE,
) -> Iterator[Figure]:
    """The rules are those in force on the period's last day (or today, where that comes first)."""
    for indicator in indicators:
        yield Figure(
            indicator,
            indicator.numerator(sums),
            indicator.denominator(sums) if indicator.denominator else None,
            book.target(indicator.code, unit.path, as_of),
            book.criterion(indicator.code, unit.path, as_of),
            is_due=indicator.due is None or indicator.due(sums) > 0,
        )


def one_figure(
    code: str, unit: Unit, sums: Mapping[str, int], as_of: date, book: RuleBook
) -> Figure:
    return next(figures_of(unit, sums, as_of, book, [BY_CODE[code]]))


def is_being_recomputed(unit: Unit) -> bool:
    return DirtyCell.objects.filter(below("path", unit.path)).exists()
