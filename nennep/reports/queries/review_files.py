"""The review as data for others: JSON and a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from nennep.core.text import vn_date, vn_number
from nennep.indicators.queries.contract import figure_json, figure_number
from nennep.indicators.queries.figures import Figure
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.organisation.choices import Block
from nennep.papers.xlsx import Sheet, SheetColumn, workbook
from nennep.reports.queries.review import Figures, Review, UnitFigures
from nennep.reports.queries.review_tables import BY_UNIT, reasons
from nennep.reports.queries.review_words import (
    basis_text,
    missing_lines,
    period_text,
    scheme_of,
    summary_of,
    verdict_text,
)
from nennep.reports.queries.wording import in_vietnamese, norm_words, wording


@in_vietnamese
def review_json(review: Review) -> dict[str, Any]:
    scheme = scheme_of(review)
    return {
        "unit": review.unit.code,
        "name": review.unit.name,
        "title": summary_of(review, scheme),
        "scheme": scheme.symbol if scheme else None,
        "stated_period": review.stated or None,
        "from": f"{review.period.first:%Y-%m}",
        "to": f"{review.period.last:%Y-%m}",
        "first_day": review.first_day.isoformat(),
        "last_day": review.last_day.isoformat(),
        "as_of": review.as_of.isoformat(),
        "structure": review.structure.value,
        "indicators": _figures(review.figures),
        "by_year": [
            {
                "year": year.year,
                "from": f"{year.period.first:%Y-%m}",
                "to": f"{year.period.last:%Y-%m}",
                "indicators": _figures(year.figures),
            }
            for year in review.by_year
        ],
        "by_block": [
            {"block": block, "indicators": _figures(figures)}
            for block, figures in review.by_block.items()
        ],
        "units": [_unit_json(below) for below in review.units],
        "did_well": [below.unit.code for below in review.did_well],
        "need_attention": [
            {"code": below.unit.code, "why": reasons(below.figures)}
            for below in review.need_attention
        ],
        "missing": missing_lines(review),
        "steps": {
            "proven": review.steps_proven,
            "declared": review.steps_declared,
            "proven_share": figure_number(review.proven_share),
        },
    }


def _figures(figures: Figures) -> list[dict[str, Any]]:
    return [figure_json(figure) for figure in figures.values()]


def _unit_json(below: UnitFigures) -> dict[str, Any]:
    return {
        "code": below.unit.code,
        "name": below.unit.name,
        "kind": below.unit.kind,
        "indicators": _figures(below.figures),
    }


@in_vietnamese
def review_workbook(review: Review, more: Sequence[Sheet] = (), title: str = "") -> bytes:
    """All figures, then by year, by block and by unit; every share with its two numbers.

    `more` are the tables of a programme's review, which follow the figures.
    """
    title = title or summary_of(review, scheme_of(review))
    notes = [
        title,
        f"{review.unit.name}, {period_text(review)}; số liệu đến ngày {vn_date(review.as_of)}.",
    ]
    years = [(str(year.year), year.figures) for year in review.by_year]
    blocks = [(str(Block(b).label), figures) for b, figures in review.by_block.items()]
    sheets = [
        _figure_sheet("results", review.figures.values(), [*notes, *missing_lines(review)]),
        *more,
        _across("years", years, notes),
    ]
    if blocks:
        sheets.append(_across("blocks", blocks, notes))
    if review.units:
        sheets.append(_unit_sheet("units", review.units, notes))
        sheets.append(_unit_sheet("attention", review.need_attention, notes))
    return workbook(sheets, title=title, day=review.as_of)


def _figure_sheet(name: str, figures: Iterable[Figure], notes: list[str]) -> Sheet:
    words = wording("review")["columns"]
    columns = [
        SheetColumn(words["indicator"], width=46, kind="text"),
        SheetColumn(_("Code"), width=26, kind="text"),
        SheetColumn(_("Numerator"), width=12, kind="number"),
        SheetColumn(_("Denominator"), width=12, kind="number"),
        SheetColumn(words["result"], width=12, kind="percent"),
        SheetColumn(words["target"], width=14, kind="text"),
        SheetColumn(words["criterion"], width=14, kind="text"),
        SheetColumn(words["verdict"], width=18, kind="text"),
        SheetColumn(words["basis"], width=40, kind="text"),
    ]
    rows = [
        [
            _(figure.indicator.name),
            figure.indicator.code,
            figure.numerator,
            figure.denominator,
            _shown(figure),
            norm_words(figure.target),
            norm_words(figure.criterion),
            verdict_text(figure),
            basis_text(figure),
        ]
        for figure in figures
    ]
    return _sheet(name, columns, rows, notes)


def _shown(figure: Figure) -> Any:
    """A share as a percentage; an average as a number; a count stands in its own column."""
    if figure.value is None or figure.indicator.is_share:
        return figure.value
    return None if figure.denominator is None else vn_number(figure.value, 1)


def _sheet(name: str, columns: list[SheetColumn], rows: list[list[Any]], notes: list[str]) -> Sheet:
    words = wording("review")
    return Sheet(
        words["sheets"][name],
        columns=columns,
        rows=rows,
        heading=words["headings"][name],
        notes=notes,
    )


def _across(name: str, columns: list[tuple[str, Figures]], notes: list[str]) -> Sheet:
    """Each share as numerator, denominator and percentage."""
    heads = [SheetColumn(wording("review")["columns"]["indicator"], width=46, kind="text")]
    for label, _figures_of_it in columns:
        heads += [
            SheetColumn(f"{label}: {_('Numerator').lower()}", width=12, kind="number"),
            SheetColumn(f"{label}: {_('Denominator').lower()}", width=12, kind="number"),
            SheetColumn(f"{label}: %", width=10, kind="percent"),
        ]
    codes = list(columns[0][1]) if columns else []
    rows = [[_(BY_CODE[code].name), *_thirds(code, columns)] for code in codes]
    return _sheet(name, heads, rows, notes)


def _thirds(code: str, columns: Iterable[tuple[str, Mapping[str, Figure]]]) -> list[Any]:
    cells: list[Any] = []
    for _label, figures in columns:
        figure = figures[code]
        share = figure.value if figure.indicator.is_share else None
        cells += [figure.numerator, figure.denominator, share]
    return cells


def _unit_sheet(name: str, units: Iterable[UnitFigures], notes: list[str]) -> Sheet:
    words = wording("review")["columns"]
    heads = [
        SheetColumn(words["unit"], width=46, kind="text"),
        SheetColumn(_("Code"), width=14, kind="text"),
        SheetColumn(words["cells"], width=10, kind="number"),
        SheetColumn(words["members"], width=10, kind="number"),
    ]
    for code in BY_UNIT:
        label = _(BY_CODE[code].name)
        heads += [
            SheetColumn(f"{label}: {_('Numerator').lower()}", width=12, kind="number"),
            SheetColumn(f"{label}: {_('Denominator').lower()}", width=12, kind="number"),
            SheetColumn(f"{label}: %", width=10, kind="percent"),
        ]
    heads.append(SheetColumn(words["silent"], width=12, kind="number"))
    rows: list[list[Any]] = [
        [
            below.unit.name,
            below.unit.code,
            below.figures["ORG.cells"].numerator,
            below.figures["ORG.members"].numerator,
            *[cell for code in BY_UNIT for cell in _thirds(code, [("", below.figures)])],
            below.figures["MTG_SILENT"].numerator,
        ]
        for below in units
    ]
    return _sheet(name, heads, rows, notes)
