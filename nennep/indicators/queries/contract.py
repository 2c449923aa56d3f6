"""Figures as the command line's contract has them: ratios rounded to six digits, counts as counts."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from nennep.indicators.queries.figures import Figure, FigureSheet

DIGITS = 6


def sheet_json(sheet: FigureSheet) -> dict[str, Any]:
    return {
        "unit": sheet.unit.code,
        "from": f"{sheet.period.first:%Y-%m}",
        "to": f"{sheet.period.last:%Y-%m}",
        "as_of": sheet.as_of.isoformat(),
        "indicators": [figure_json(figure) for figure in sheet.figures],
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """`bound`, `basis` and `confirmed` are those of what judges: the target, else the criterion."""
    norm = figure.norm
    return {
        "code": figure.indicator.code,
        "name": _(figure.indicator.name),
        "kind": figure.indicator.kind.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": figure_number(figure.value),
        "target": figure_number(figure.target.share) if figure.target else None,
        "criterion": figure_number(figure.criterion.share) if figure.criterion else None,
        "bound": norm.bound if norm else None,
        "met": figure.is_met,
        "basis": norm.source.symbol if norm else None,
        "confirmed": norm.source.is_confirmed if norm else None,
    }


def figure_number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), DIGITS)
