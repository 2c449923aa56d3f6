"""A list of members that was taken in, so that the pages of spreadsheets show how it ends."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from nennep.accounts.models import User
from nennep.demo.plan.tree import PlannedUnit
from nennep.imports.actions import judge, read_file, take_in
from nennep.imports.choices import Kind
from nennep.imports.queries.export import export_of
from nennep.members.choices import PositionTitle
from nennep.organisation.models import Unit
from nennep.papers.xlsx import Sheet, workbook

SECRETARY = "bithu"
NAME = "danh-sach-dang-vien.xlsx"
PHONE = "024 3884 1206"  # invented


def take_a_list_in(cell: PlannedUnit) -> None:
    """The roll of one cell as its secretary corrected it: one office phone is new."""
    unit, person = Unit.objects.get(code=cell.code), User.objects.get(username=SECRETARY)
    file = BytesIO(workbook([_corrected(export_of(Kind.MEMBERS, unit))]))
    taken = read_file(unit, Kind.MEMBERS, file=file, name=NAME, by=person)
    take_in(judge(taken, by=person), by=person)


def _corrected(sheet: Sheet) -> Sheet:
    titles = [column.title for column in sheet.columns]
    post, phone = titles.index("Chức vụ trong chi bộ"), titles.index("Điện thoại cơ quan")
    secretary = str(PositionTitle.SECRETARY.label)
    rows = [
        [PHONE if n == phone and row[post] == secretary else value for n, value in enumerate(row)]
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows)
