"""A table as CSV: what a sheet shows, as text that no program takes for a formula."""

from __future__ import annotations

import csv
import datetime
import io

from nennep.core.text import vn_date
from nennep.papers.prepared import clean
from nennep.papers.xlsx import Sheet, Value

# A spreadsheet takes a text that begins so for a formula; an apostrophe in front keeps it a text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def delimited(sheet: Sheet) -> bytes:
    """Headings and rows, UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_text(column.title) for column in sheet.columns])
    for row in (*sheet.rows, *([sheet.totals] if sheet.totals else [])):
        writer.writerow([_text(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return vn_date(value)
    if isinstance(value, str):
        shown = clean(value)
        return f"'{shown}" if shown.startswith(FORMULA_SIGNS) else shown
    return str(value)
