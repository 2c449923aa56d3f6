"""A review (sơ kết, tổng kết) of any unit and period: the numbers of it, each with its norm.

What is missing is part of the review, never hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.periods import Period, month_of
from nennep.core.refusal import Refusal
from nennep.indicators.choices import Structure
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import Figure, figures_of, is_being_recomputed
from nennep.indicators.queries.numbers import Numbers, numbers
from nennep.indicators.queries.numbers_below import numbers_below
from nennep.organisation.choices import Block
from nennep.organisation.models import Unit
from nennep.programmes.queries.documents import implementing_documents
from nennep.regulations.queries import RuleBook

# What has to be in order for a unit to be named among those that did well.
PRAISED_FOR = ("MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "ATT")
NAMED_AT_MOST = 10

Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class YearFigures:
    """One calendar year of the period, or the part of it that the period covers."""

    year: int
    period: Period
    figures: Figures


@dataclass(frozen=True)
class UnitFigures:
    """A unit directly below."""

    unit: Unit
    figures: Figures

    def value(self, code: str) -> Fraction | None:
        return self.figures[code].value


@dataclass(frozen=True)
class Review:
    """`stated` is the period as people call it ("3 năm"); `first_day` and `last_day` are the real ones."""

    unit: Unit
    stated: str
    period: Period
    first_day: date
    last_day: date
    as_of: date
    structure: Structure
    figures: Figures
    by_block: Mapping[str, Figures]
    by_year: Sequence[YearFigures]
    units: Sequence[UnitFigures]
    documents: Mapping[str, int]
    steps_proven: int
    steps_declared: int
    waiting: int
    pending: int
    is_being_recomputed: bool

    @property
    def proven_share(self) -> Fraction | None:
        """Of the compulsory steps that were done, the share that recorded facts prove."""
        done = self.steps_proven + self.steps_declared
        return Fraction(self.steps_proven, done) if done else None

    @property
    def did_well(self) -> list[UnitFigures]:
        """Units that met every norm they are praised for, the best attended first."""
        well = [below for below in self.units if _met_all(below.figures)]
        return sorted(well, key=lambda u: (-(u.value("ATT") or 0), u.unit.sort_key))

    @property
    def need_attention(self) -> list[UnitFigures]:
        """Units that missed a norm or were silent, for the office itself; the most silent first."""
        needy = [below for below in self.units if _is_in_need(below.figures)]
        return sorted(
            needy,
            key=lambda u: (
                -u.figures["MTG_SILENT"].numerator,
                u.value("ATT") or 0,
                u.unit.sort_key,
            ),
        )

    @property
    def missed(self) -> list[Figure]:
        return [figure for figure in self.figures.values() if figure.is_met is False]

    @property
    def unjudged(self) -> list[Figure]:
        """Shares that no rule or target judges, or that have nothing to divide by."""
        return [f for f in self.figures.values() if f.indicator.is_share and f.value is None]

    @property
    def unconfirmed(self) -> list[Figure]:
        """Figures with a target or criterion nobody has checked against the original."""
        return [
            figure
            for figure in self.figures.values()
            if any(n and not n.source.is_confirmed for n in (figure.target, figure.criterion))
        ]


def _met_all(figures: Figures) -> bool:
    judged = [figures[code].is_met for code in PRAISED_FOR if figures[code].value is not None]
    return bool(judged) and all(met is True for met in judged)


def _is_in_need(figures: Figures) -> bool:
    return figures["ATT"].is_met is False or figures["MTG_SILENT"].numerator > 0


def review(
    unit: Unit,
    period: Period,
    structure: Structure = Structure.THEN,
    stated: str = "",
    days: tuple[date | None, date | None] = (None, None),
) -> Review:
    """Everything a review says, by a number of queries that does not grow with the unit.

    `days` are the real first and last day where they are not those of the months; figures are
    always of whole months. Refuses days outside the period's first and last month.
    """
    book = RuleBook.load()
    extent = Extent(unit, period)
    sums = numbers(unit, period, structure, extent.unstored)
    total = sums.total()
    first_day, last_day = _real_days(period, sums.as_of, days)
    return Review(
        unit=unit,
        stated=stated,
        period=period,
        first_day=first_day,
        last_day=last_day,
        as_of=sums.as_of,
        structure=structure,
        figures=_by_code(unit, sums, book),
        by_block={
            block: _by_code(unit, sums, book, block)
            for block in Block.values  # in the order of the glossary
            if block in sums.blocks
        },
        by_year=tuple(_years(extent, structure, book)),
        units=tuple(_units_below(extent, book)),
        documents=implementing_documents(unit, first_day, last_day),
        steps_proven=total["steps_proven"],
        steps_declared=total["steps_declared"],
        waiting=total["reg_waiting"] + total["them_waiting"] + total["cc_waiting"],
        pending=total["reg_pending"] + total["them_pending"] + total["cc_pending"],
        is_being_recomputed=is_being_recomputed(unit),
    )


def _real_days(
    period: Period, as_of: date, days: tuple[date | None, date | None]
) -> tuple[date, date]:
    first, last = days[0] or period.first, days[1] or as_of
    if month_of(first) != period.first:
        raise Refusal(
            _("The first day lies outside the first month. Choose a day of that month."),
            code="day_outside_period",
            field="ngay_dau",
        )
    if last < first or last > period.last_day or (days[1] and month_of(last) != period.last):
        raise Refusal(
            _("The last day lies outside the last month. Choose a day of that month."),
            code="day_outside_period",
            field="ngay_cuoi",
        )
    return first, last


def _by_code(unit: Unit, sums: Numbers, book: RuleBook, block: str | None = None) -> Figures:
    return {f.indicator.code: f for f in figures_of(unit, sums.total(block), sums.as_of, book)}


def _years(extent: Extent, structure: Structure, book: RuleBook) -> Iterator[YearFigures]:
    unit, period = extent.unit, extent.period
    for year in range(period.first.year, period.last.year + 1):
        part = Period(
            max(period.first, date(year, 1, 1)), min(period.last, month_of(date(year, 12, 1)))
        )
        sums = numbers(unit, part, structure, extent.unstored.within(part))
        yield YearFigures(year, part, _by_code(unit, sums, book))


def _units_below(extent: Extent, book: RuleBook) -> Iterator[UnitFigures]:
    """Units that stood directly below at some time in the period, by name."""
    as_of = min(extent.period.last_day, clock.today())
    sums = numbers_below(extent)
    for child in extent.below:
        figures = figures_of(child, sums[child.pk], as_of, book)
        yield UnitFigures(child, {f.indicator.code: f for f in figures})
