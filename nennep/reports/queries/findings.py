"""What the review of a programme rests on: measured, asked, stated, said from below. Never mixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nennep.core.periods import Period, month_of
from nennep.indicators.choices import Structure
from nennep.indicators.queries.figures import Figure
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.programmes.models import Programme
from nennep.programmes.queries.documents import documents_by_kind, issued_by
from nennep.programmes.queries.standing import Below, asked_of, below, chain
from nennep.programmes.rules import Asked, Position, position
from nennep.recognition.queries.commendations import CommendedAtReview, commended_at_review
from nennep.recognition.queries.ratings import YearLevels, levels_of
from nennep.reports.choices import ContributionKind
from nennep.reports.models import Contribution, Contributor, ProgrammeReview
from nennep.reports.queries.review import Review, YearFigures, review
from nennep.statements.queries.stated import (
    Compared,
    compared,
    confirmed_of,
    measured_as,
    name_of,
)

# Told of every programme on cells' meetings, beside what it asks for.
ALSO_TOLD = ("MTG_REG", "MTG_THEM", "ATT.thematic", "TRAIN.secretary", "DISS.cells", "EHB")


@dataclass(frozen=True)
class Line:
    """One indicator: what is counted here, what the programme asks, what written reports state."""

    code: str
    figure: Figure | None
    asked: Asked | None
    position: Position | None
    years: Sequence[Figure | None]
    stated: Sequence[Compared]

    @property
    def name(self) -> str:
        return _(BY_CODE[self.code].name) if self.code in BY_CODE else name_of(self.code)

    @property
    def differs(self) -> bool:
        """Some report states another value than is counted here."""
        return any(row.agrees is False for row in self.stated)


@dataclass(frozen=True)
class Findings:
    of: ProgrammeReview
    review: Review
    above: Sequence[Programme]
    lines: Sequence[Line]
    stated: Sequence[Compared]
    documents: Mapping[str, int]
    own_documents: int
    below: Sequence[Below]
    levels: Sequence[YearLevels]
    contributors: Sequence[Contributor]
    contributions: Sequence[Contribution]
    commended: CommendedAtReview

    @property
    def years(self) -> Sequence[YearFigures]:
        return self.review.by_year

    @property
    def highest(self) -> Programme:
        """What all this carries out in the end."""
        return self.above[-1] if self.above else self.of.programme

    @property
    def asked_lines(self) -> list[Line]:
        return [line for line in self.lines if line.asked]

    @property
    def met(self) -> int:
        return sum(line.position == Position.MET for line in self.lines)

    @property
    def document_count(self) -> int:
        return sum(self.documents.values())

    @property
    def answered(self) -> list[Contributor]:
        return [each for each in self.contributors if each.answered_at]

    @property
    def not_answered(self) -> list[Contributor]:
        return [each for each in self.contributors if not each.answered_at]

    def said(self, kind: ContributionKind) -> list[Contribution]:
        return [line for line in self.contributions if line.kind == kind]

    def chosen(self, kind: ContributionKind) -> list[Contribution]:
        return [line for line in self.said(kind) if line.is_chosen]

    @property
    def is_something_chosen(self) -> bool:
        return any(line.is_chosen for line in self.contributions)

    def figure(self, code: str) -> Figure:
        return self.review.figures[code]

    def stated_of(self, *codes: str) -> list[Compared]:
        return [row for row in self.stated if row.stated.indicator in codes]


def findings(of: ProgrammeReview) -> Findings:
    """By a number of queries that does not grow with the unit or with who contributed."""
    unit, programme = of.unit, of.programme
    period = Period(month_of(of.first_day), month_of(of.last_day))
    counted = review(unit, period, Structure(of.structure), of.stated, (of.first_day, of.last_day))
    programmes = list(chain(programme))
    asked = asked_of(programmes, of.last_day)
    stated = stated_in(of)
    lines = Contribution.objects.filter(contributor__review=of)
    return Findings(
        of=of,
        review=counted,
        above=programmes[1:],
        lines=list(_lines(counted, asked, stated, of.last_day)),
        stated=stated,
        documents=documents_by_kind(programme, unit, of.last_day),
        own_documents=issued_by(programme, unit, of.last_day),
        below=list(below(programme, unit, of.last_day)),
        levels=_levels(of),
        contributors=list(of.contributors.select_related("unit", "answered_by")),
        contributions=list(lines.select_related("contributor__unit")),
        commended=_commended(of, programmes),
    )


def _commended(of: ProgrammeReview, programmes: Sequence[Programme]) -> CommendedAtReview:
    bases = [programme.basis for programme in programmes]
    return commended_at_review(
        of.unit,
        first_day=of.first_day,
        last_day=max(of.last_day, of.held_on or of.last_day),
        bases=bases,
    )


def stated_in(of: ProgrammeReview) -> list[Compared]:
    """What confirmed reports state of the unit for a day of the period, or held in it."""
    figures = [
        figure
        for figure in confirmed_of(of.unit)
        if (day := figure.as_of or figure.report.held_on) and of.first_day <= day <= of.last_day
    ]
    return compared(of.unit, figures)


def _lines(
    counted: Review, asked: Mapping[str, Asked], stated: Sequence[Compared], day: date
) -> Iterator[Line]:
    told = [*asked, *(code for code in ALSO_TOLD if code not in asked)]
    told += dict.fromkeys(code for row in stated if (code := measured_as(row.stated)) not in told)
    for code in told:
        figure = counted.figures.get(code)
        own = [row for row in stated if measured_as(row.stated) == code]
        if (figure is None or figure.value is None) and not own and code not in asked:
            continue
        yield Line(
            code=code,
            figure=figure,
            asked=asked.get(code),
            position=_position(asked.get(code), figure, day),
            years=[year.figures.get(code) for year in counted.by_year],
            stated=own,
        )


def _position(asked: Asked | None, figure: Figure | None, day: date) -> Position | None:
    if asked is None:
        return None
    value = figure.value if figure and figure.indicator.is_share else None
    return position(asked.aim, value, asked.due_on, day)


def _levels(of: ProgrammeReview) -> list[YearLevels]:
    """Of whole years of the period, those with ratings; a cell has none above itself to count."""
    years = range(of.first_day.year, of.last_day.year + 1)
    found = levels_of(of.unit, list(years))
    return [found[year] for year in years if found[year].rated]
