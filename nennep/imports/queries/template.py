"""The empty table of each kind, with headings that are recognised by themselves."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nennep.imports.queries.shapes import shape_of
from nennep.papers.xlsx import Sheet, SheetColumn, workbook


def template_of(kind: str) -> bytes:
    """Headings alone on the first sheet; what to write in each on the second."""
    shape = shape_of(kind)
    columns = shape.columns
    table = Sheet(
        title=_("List"),
        columns=[SheetColumn(column.title, column.width) for column in columns],
        rows=[],
    )
    hints = Sheet(
        title=_("How to fill it in"),
        columns=[SheetColumn(_("Column"), 26), SheetColumn(_("What to write"), 70),
                 SheetColumn(_("For example"), 24)],
        rows=[
            *[(column.title, column.hint, column.example) for column in columns],
            *([("", shape.note, "")] if shape.note else []),
        ],
    )  # fmt: skip
    return workbook([table, hints], title=_("Template"))
