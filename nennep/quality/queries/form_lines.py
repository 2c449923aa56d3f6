"""The class tables as lines for an office's own form: what stands in a column of each kind."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from nennep.core.sheets.filling import Filled
from nennep.core.text import vn_date
from nennep.quality.choices import CLASSES, MeetingClass
from nennep.quality.queries.class_files import named
from nennep.quality.queries.classes import ClassRow, ClassTable
from nennep.quality.queries.periods import PeriodRow, PeriodTable
from nennep.quality.queries.words import points_words
from nennep.quality.rules.years import MonthResult

Line = dict[str, Filled]


def month_lines(table: ClassTable) -> list[Line]:
    """A line for each row of the table: the cells, and thematic meetings with a sheet of their own.

    Such a line names its cell in `of` and is said in one sentence in `told`, for a form that has one
    row a cell.
    """
    return [
        _month_line(number, row) | (_thematic(row) if row.is_thematic else {})
        for number, row in enumerate(table.rows, 1)
    ]


def _thematic(row: ClassRow) -> Line:
    said = [
        _("thematic meeting of %(day)s") % {"day": vn_date(row.held_on)},
        f"{row.present}/{row.required}" if row.required is not None else "",
        _("%(points)s points") % {"points": points_words(row.points)} if row.points else "",
        row.word if row.is_official or not row.word else f"({row.word})",
    ]
    return {"of": row.name, "told": ", ".join(part for part in said if part)}


def _month_line(number: int, row: ClassRow) -> Line:
    mark = "x" if row.is_official else "(x)"
    is_told = row.required is not None and row.present is not None
    return {
        "no": number,
        "unit": named(row),
        "code": row.code,
        "pair": f"{row.present}/{row.required}" if is_told else None,
        "present": row.present,
        "required": row.required,
        "absent": row.required - row.present if row.required and row.present is not None else None,
        "day": row.held_on,
        "points": _as_shown(row.points),
        **{klass: mark if row.klass == klass else None for klass in CLASSES},
        "klass": row.word if row.is_official or not row.word else f"({row.word})",
        "own": str(MeetingClass(row.own_class).label) if row.own_class else None,
        "note": row.note,
    }


def period_lines(table: PeriodTable) -> list[Line]:
    return [_period_line(number, row) for number, row in enumerate(table.rows, 1)]


def _period_line(number: int, row: PeriodRow) -> Line:
    return {
        "no": number,
        "unit": row.name,
        "code": row.code,
        **{f"m{month.month}": _word(result) for month, result in row.months.items()},
        **dict(row.counts),
        "average": _as_shown(row.average),
        "held": row.held,
        "expected": row.expected,
        "klass": row.word,
    }


def _as_shown(points: Fraction | None) -> Decimal | None:
    """With the one digit that pages show; a cell of a form may show all it is given."""
    if points is None:
        return None
    tenths = points * 10
    return Decimal((2 * tenths.numerator + tenths.denominator) // (2 * tenths.denominator)) / 10


def _word(month: MonthResult) -> str | None:
    return str(MeetingClass(month.klass).label) if month.klass else None
