"""A table as CSV: what a sheet shows, as text that no program takes for a formula."""

from __future__ import annotations

import csv
import datetime
import io
from fractions import Fraction

from nennep.core.sheets.delimited import FORMULA_SIGNS, GUARD
from nennep.core.text import vn_date, vn_percent
from nennep.papers.prepared import clean
from nennep.papers.xlsx import Kind, Plain, Sheet, Typed, Value


def delimited(sheet: Sheet) -> bytes:
    """Headings and rows, UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_text(column.title) for column in sheet.columns])
    for row in (*sheet.rows, *([sheet.totals] if sheet.totals else [])):
        writer.writerow([_text(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _text(value: Value) -> str:
    told = value if isinstance(value, Typed) else Typed(value, "text")
    return _plain_text(told.value, told.kind)


def _plain_text(value: Plain, kind: Kind) -> str:
    """Days and shares as people write them, whole numbers as digits alone."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return f"{value:%H:%M} {vn_date(value)}"
    if isinstance(value, datetime.date):
        return vn_date(value)
    if isinstance(value, str):
        shown = clean(value)
        return f"{GUARD}{shown}" if shown.startswith(FORMULA_SIGNS) else shown
    if kind == "percent":
        return vn_percent(Fraction(value))
    return str(value)
