"""The class table as a workbook of ten columns, and as JSON."""

from typing import Any

from django.utils.translation import gettext as _

from nennep.core.text import vn_month, vn_number
from nennep.papers.xlsx import Sheet, SheetColumn, Value, workbook
from nennep.quality.choices import CLASSES, MeetingClass, Part
from nennep.quality.queries.classes import ClassRow, ClassTable, legend
from nennep.quality.queries.filled import number_of
from nennep.quality.queries.periods import PeriodRow, PeriodTable
from nennep.quality.rules.years import MonthResult


def classes_workbook(table: ClassTable) -> bytes:
    """No., unit, present/required, day, score, the four classes, note; a total row; who moved."""
    columns = [
        SheetColumn(_("No."), width=6, kind="number"),
        SheetColumn(_("Unit"), width=42),
        SheetColumn(_("Present / required"), width=14),
        SheetColumn(_("Day of the meeting"), width=14, kind="date"),
        SheetColumn(_("Points"), width=10, kind="decimal"),
        *(SheetColumn(str(MeetingClass(klass).label), width=11, kind="text") for klass in CLASSES),
        SheetColumn(_("Note: points lost"), width=56),
    ]
    rows = [_row(number, row) for number, row in enumerate(table.rows, 1)]
    return workbook(
        [
            Sheet(
                _("Classes"),
                columns=columns,
                rows=rows,
                totals=_totals(table),
                heading=_("Classes of cell meetings, %(month)s – %(unit)s")
                % {"month": vn_month(table.month), "unit": table.unit.name},
                notes=notes(table),
            )
        ],
        title=table.unit.name,
        day=table.month,
    )


def _row(number: int, row: ClassRow) -> list[Value]:
    mark = "x" if row.is_official else "(x)"
    return [
        number,
        named(row),
        _pair(row.present, row.required),
        row.held_on,
        row.points,
        *(mark if row.klass == klass else "" for klass in CLASSES),
        row.note,
    ]


def named(row: ClassRow) -> str:
    """A thematic meeting with a sheet of its own stands below the cell's regular one."""
    return _("%(cell)s (thematic)") % {"cell": row.name} if row.is_thematic else row.name


def _pair(present: int | None, required: int | None) -> str:
    return "" if required is None else f"{present}/{required}"


def _totals(table: ClassTable) -> list[Value]:
    counts = [str(table.counts[klass]) for klass in CLASSES]
    return [
        None,
        _("Total"),
        _pair(table.present, table.required),
        None,
        table.average,
        *counts,
        _("%(held)s of %(all)s held; %(waiting)s wait for the superior")
        % {"held": table.held, "all": len(table.rows), "waiting": table.waiting},
    ]


def notes(table: ClassTable) -> list[str]:
    """Below the table: what the marks mean, how the rolls changed, what the codes stand for."""
    before, after = table.strength
    lines = [
        _("x: official class. (x): the cell's own, the superior has not decided yet."),
        _("Members: %(before)s before the month, %(after)s at its end (%(change)s).")
        % {
            "before": vn_number(before),
            "after": vn_number(after),
            "change": f"{after - before:+d}".replace("-", "−"),
        },
    ]
    codes: dict[str, list[str]] = {}
    for title, code, words in legend(table):
        codes.setdefault(title, []).append(f"{code} {words}")
    lines += [f"{title}: {'; '.join(words)}." for title, words in codes.items()]
    return lines


def period_workbook(table: PeriodTable) -> bytes:
    """Cell by cell: each month's official class, how many of each, the average, the class."""
    columns = [
        SheetColumn(_("No."), width=6, kind="number"),
        SheetColumn(_("Unit"), width=42),
        *(SheetColumn(f"{month.month}/{month.year}", width=9) for month in table.months),
        *(SheetColumn(str(klass.label), width=9, kind="number") for klass in MeetingClass),
        SheetColumn(_("Average"), width=10, kind="decimal"),
        SheetColumn(_("Held / due"), width=11),
        SheetColumn(_("Class"), width=14),
    ]
    rows = [_period_row(number, row, table) for number, row in enumerate(table.rows, 1)]
    titles = {row.rules.title for row in table.rows if row.rules}
    heading = _("Classes of cell meetings, %(part)s %(year)s – %(unit)s") % {
        "part": str(Part(table.part).label).lower(),
        "year": table.period.first.year,
        "unit": table.unit.name,
    }
    return workbook(
        [Sheet(_("Classes"), columns, rows, heading=heading, notes=sorted(titles))],
        title=table.unit.name,
        day=table.period.last_day,
    )


def _period_row(number: int, row: PeriodRow, table: PeriodTable) -> list[Value]:
    months = [row.months.get(month) for month in table.months]
    return [
        number,
        row.name,
        *(_month_word(month) for month in months),
        *(count for _klass, count in row.counts),
        row.average,
        f"{row.held}/{row.expected}",
        row.word,
    ]


def _month_word(month: MonthResult | None) -> str:
    if month is None or not month.is_expected:
        return ""
    if month.klass:
        return str(MeetingClass(month.klass).label)
    return _("not classed") if month.is_held else _("not held")


def classes_json(table: ClassTable) -> dict[str, Any]:
    before, after = table.strength
    return {
        "unit": table.unit.code,
        "month": f"{table.month:%Y-%m}",
        "rows": [_row_json(number, row) for number, row in enumerate(table.rows, 1)],
        "total": {
            "cells": len(table.rows),
            "held": table.held,
            "present": table.present,
            "required": table.required,
            "average": round(float(table.average), 2) if table.average is not None else None,
            **{klass: table.counts[klass] for klass in CLASSES},
            "waiting": table.waiting,
        },
        "members": {"before": before, "after": after},
    }


def _row_json(number: int, row: ClassRow) -> dict[str, Any]:
    return {
        "no": number,
        "cell": row.code,
        "name": named(row),
        "present": row.present,
        "required": row.required,
        "held_on": row.held_on.isoformat() if row.held_on else None,
        "points": number_json(row.points),
        "class": row.klass or None,
        "self": row.self_class or None,
        "vote": row.vote_class or None,
        "official": row.official_class or None,
        "note": row.note,
        "meeting": str(row.meeting) if row.meeting else None,
    }


def number_json(points: Any) -> int | float | None:
    if points is None:
        return None
    exact = number_of(points)
    return exact if isinstance(exact, int) else round(float(points), 2)
