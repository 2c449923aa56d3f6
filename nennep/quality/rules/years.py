"""The class of a half-year or a year, from the classes of its months, by a dated rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from nennep.quality.choices import CLASSES


@dataclass(frozen=True, slots=True)
class MonthResult:
    """One month of a cell: whether its meetings were due and held, its class and points.

    `klass` is the official class. A month that is not due yet is no part of the roll-up.
    """

    is_expected: bool = True
    is_held: bool = True
    thematic_expected: int = 0
    thematic_held: int = 0
    klass: str | None = None
    points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class YearClass:
    """What a period needs for a class. What is not named is not asked."""

    klass: str
    average: Fraction | None = None
    at_least: Mapping[str, int] = field(default_factory=dict)
    none_of: tuple[str, ...] = ()
    every_month: str = ""  # each month of this class or a better one
    all_regular: bool = False
    all_thematic: bool = False

    def is_reached(self, months: Sequence[MonthResult]) -> bool:
        return all(
            (
                self._has_average(months),
                self._has_enough(months),
                not any(month.klass in self.none_of for month in months),
                self._has_every_month(months),
                not self.all_regular or all(m.is_held for m in months if m.is_expected),
                not self.all_thematic
                or sum(m.thematic_held for m in months) >= sum(m.thematic_expected for m in months),
            )
        )

    def _has_average(self, months: Sequence[MonthResult]) -> bool:
        if self.average is None:
            return True
        found = average(months)
        return found is not None and found >= self.average

    def _has_enough(self, months: Sequence[MonthResult]) -> bool:
        return all(
            sum(1 for month in months if month.klass == klass) >= least
            for klass, least in self.at_least.items()
        )

    def _has_every_month(self, months: Sequence[MonthResult]) -> bool:
        """A month that was due counts; one without a class is none of this class."""
        if not self.every_month:
            return True
        good = CLASSES[: CLASSES.index(self.every_month) + 1]
        return all(month.klass in good for month in months if month.is_expected)


@dataclass(frozen=True, slots=True)
class YearRules:
    """The classes of a period from the best down; the first that is reached counts."""

    title: str
    classes: tuple[YearClass, ...]


def read_year(raw: Mapping[str, Any]) -> YearRules:
    """A stored rule. Raises ValueError or KeyError where it is none."""
    classes = tuple(_year_class(row) for row in raw["classes"])
    order = [each.klass for each in classes]
    if not str(raw["title"]).strip() or not classes or order != [c for c in CLASSES if c in order]:
        raise ValueError(raw)
    return YearRules(str(raw["title"]), classes)


def _year_class(row: Mapping[str, Any]) -> YearClass:
    named = {row["class"], *row.get("at_least", {}), *row.get("none_of", ())}
    named |= {row["every_month"]} if row.get("every_month") else set()
    if not named <= set(CLASSES):
        raise ValueError(row)
    return YearClass(
        klass=row["class"],
        average=Fraction(row["average"]) if "average" in row else None,
        at_least={klass: int(count) for klass, count in row.get("at_least", {}).items()},
        none_of=tuple(row.get("none_of", ())),
        every_month=row.get("every_month", ""),
        all_regular=bool(row.get("all_regular", False)),
        all_thematic=bool(row.get("all_thematic", False)),
    )


def average(months: Sequence[MonthResult]) -> Fraction | None:
    """Of the months that have points; None where none has."""
    points = [month.points for month in months if month.points is not None]
    return sum(points, Fraction(0)) / len(points) if points else None


def period_class(months: Sequence[MonthResult], rules: YearRules | None) -> str | None:
    """None where no rule is in force, where no month was classed, or where no class is reached."""
    if rules is None or not any(month.klass for month in months):
        return None
    return next((each.klass for each in rules.classes if each.is_reached(months)), None)
