"""Stated figures beside measured ones. The two are never mixed: each says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.models import Installation
from nennep.core.periods import Period, month_of
from nennep.indicators.choices import IndicatorKind
from nennep.indicators.queries.figures import Figure, FigureSheet, figure_sheet
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.organisation.models import Unit
from nennep.statements.choices import Verdict
from nennep.statements.models import StatedFigure, WrittenReport
from nennep.statements.rules.spans import Span
from nennep.statements.rules.vocabulary import vocabulary

YEAR = re.compile(r"(\d{4})")
OF_LEVEL = re.compile(r"chi bộ (?:hoàn thành (xuất sắc|tốt)|(không hoàn thành)) nhiệm vụ")
LEVELS = {
    "xuất sắc": "RANK.excellent",
    "tốt": "RANK.good",
    "không hoàn thành": "RANK.not_completed",
}
SPAN = re.compile(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})")
# Of whom a report tells decides which measured figure is of the same thing.
NARROWER = {("TRAIN", "bí thư chi bộ"): "TRAIN.secretary"}
# What reports count and the product has no counter of; named here so that pages can.
NAMES = {
    "EHB": _("Members with the e-handbook installed"),
    "EHB.signed_in": _("Members able to sign in to the e-handbook"),
    "RANK": _("Cells by yearly class"),
    "TRAIN": _("Trained in the year"),
    "DISS": _("Told of the scheme"),
    "WEAK": _("Weak cells"),
    "QUAL": _("Meetings by quality"),
    "DOC": _("Documents issued to carry out the programme"),
    "MODEL": _("Model meetings"),
    "SUP": _("Cells visited by a superior"),
    "INSP": _("Inspections and supervisions"),
    "PROP": _("Proposals from below answered"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a report's text; `figures` are those that stand in it, none for plain text."""

    text: str
    figures: tuple[StatedFigure, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A stated figure, and the product's own of the same thing, where it counts that."""

    stated: StatedFigure
    name: str
    measured: Figure | None = None
    period: Period | None = None

    @property
    def is_of_a_day(self) -> bool:
        """Whether what is counted stands on the last day of the period, as members do."""
        return self.measured is not None and self.measured.indicator.kind == IndicatorKind.STOCK

    @property
    def measured_value(self) -> Fraction | None:
        """In units of the stated figure's measure: 90 for 90 %."""
        if self.measured is None or self.measured.value is None:
            return None
        share = self.measured.indicator.is_share
        return self.measured.value * 100 if share else self.measured.value

    @property
    def difference(self) -> Fraction | None:
        """Stated less measured; percentage points for shares."""
        if self.measured_value is None or self.stated.value is None:
            return None
        return Fraction(self.stated.value) - self.measured_value

    @property
    def agrees(self) -> bool | None:
        """Whether the measured value keeps what is stated, to the digits it is stated with."""
        measured, stated = self.measured_value, self.stated.value
        if measured is None or stated is None:
            return None
        if self.stated.bound == "≥":
            return measured >= Fraction(stated)
        if self.stated.bound == "≤":
            return measured <= Fraction(stated)
        shown = round(
            Decimal(measured.numerator) / Decimal(measured.denominator), digits_of(stated)
        )
        return shown == stated


def digits_of(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@cache
def known_indicators() -> frozenset[str]:
    """The catalogue, and what the vocabulary of reports reads."""
    read = {rule.code for rule in vocabulary().figures}
    return frozenset(BY_CODE) | frozenset(NAMES) | read


def name_of(code: str) -> str:
    if code in NAMES:
        return str(NAMES[code])
    return gettext(BY_CODE[code].name) if code in BY_CODE else code


def marked(report: WrittenReport, figures: Sequence[StatedFigure]) -> Iterator[Piece]:
    """The text in pieces, cut at the figures; two with the same evidence share a piece."""
    at: dict[Span, list[StatedFigure]] = {}
    for figure in figures:
        at.setdefault(Span(figure.start, figure.end), []).append(figure)
    done = 0
    for span in sorted(at):
        if span.start < done:
            continue
        yield Piece(report.text[done : span.start])
        yield Piece(span.of(report.text), tuple(at[span]))
        done = span.end
    yield Piece(report.text[done:])


def compared(unit: Unit, figures: Sequence[StatedFigure]) -> list[Compared]:
    """Each stated figure beside the measured one of its own period, where there is one."""
    counted = Installation.objects.values_list("counts_from", flat=True).first() or date.min
    sheets: dict[Period, FigureSheet] = {}
    rows = []
    for figure in figures:
        code, period = measured_as(figure), _period(figure, counted)
        if code not in BY_CODE or period is None or not _is_same_measure(figure, code):
            rows.append(Compared(figure, name_of(figure.indicator)))
            continue
        if period not in sheets:
            sheets[period] = figure_sheet(unit, period)
        measured = sheets[period][code]
        rows.append(Compared(figure, name_of(figure.indicator), measured, period))
    return rows


def measured_as(figure: StatedFigure) -> str:
    """The code of what is measured of the same thing: reports say which one by what it is of."""
    level = OF_LEVEL.fullmatch(figure.of) if figure.indicator == "RANK" else None
    if level:
        return LEVELS[level[1] or level[2]]
    return NARROWER.get((figure.indicator, figure.of), figure.indicator)


def _is_same_measure(figure: StatedFigure, code: str) -> bool:
    return (figure.measure == "%") == BY_CODE[code].is_share


def _period(figure: StatedFigure, counted: date) -> Period | None:
    """The months it speaks of: as told, else the year up to its day. None where none is counted."""
    today = month_of(clock.today())
    if said := SPAN.fullmatch(figure.period):
        first = date(int(said[1]), int(said[2]), 1)
        last = date(int(said[3]), int(said[4]), 1)
    elif said := YEAR.fullmatch(figure.period):
        first, last = date(int(said[1]), 1, 1), date(int(said[1]), 12, 1)
    elif figure.as_of is not None:
        last = month_of(figure.as_of)
        first = last.replace(month=1)
    else:
        return None
    first, last = max(first, counted), min(last, today)
    return Period(first, last) if first <= last else None


def confirmed_of(unit: Unit) -> list[StatedFigure]:
    """What written reports state of this unit, oldest day first; for reviews of years before."""
    found = StatedFigure.objects.filter(report__unit=unit, verdict=Verdict.CONFIRMED)
    return list(found.select_related("report").order_by("as_of", "report_id", "start"))
