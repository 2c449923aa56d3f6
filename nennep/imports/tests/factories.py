"""Files and people for the tests of this app."""

import io
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.core.management import call_command

from nennep.core.tests.workbooks import xlsx
from nennep.imports.actions import answer, judge, read_file
from nennep.imports.choices import Kind
from nennep.imports.models import Import
from nennep.imports.queries.preview import judged_lines
from nennep.imports.rules import Answers
from nennep.meetings.models import Attendance
from nennep.members.models import Member

UNIT_HEADINGS = ["Mã", "Tên tổ chức đảng", "Loại tổ chức", "Loại hình", "Trực thuộc"]


def command(name: str, rows: Sequence[Sequence[Any]], tmp_path: Any, *words: str) -> dict[str, Any]:
    """What the command says of a file of these rows, as JSON, with its exit code."""
    file = tmp_path / "bảng.xlsx"
    file.write_bytes(xlsx(rows).getvalue())
    out, code = StringIO(), 0
    try:
        call_command(name, str(file), *words, "--json", stdout=out)
    except SystemExit as stop:
        code = stop.code
    return {**json.loads(out.getvalue()), "exit": code}


def read(unit: Any, kind: str, rows: Sequence[Sequence[Any]], by: Any, **options: Any) -> Import:
    """A file of these rows, read and judged."""
    return judge(upload(unit, kind, rows, by, **options), by=by)


def upload(unit: Any, kind: str, rows: Sequence[Sequence[Any]], by: Any, **options: Any) -> Import:
    file: io.BytesIO = xlsx(rows, **options)
    return read_file(unit, kind, file=file, name="danh-sách.xlsx", by=by)


# --- tables of who attended ------------------------------------------------------------

ATTENDANCE = ["STT", "Họ và tên", "Ngày sinh", "Trạng thái điểm danh", "Lý do", "Số CCCD"]


def rows_of(cell, *said):
    """A row for each member in turn: what the table says, and the reason."""
    return [
        ATTENDANCE,
        *[
            [n, member.full_name, str(member.birth_year), word, reason, "001200012345"]
            for n, (member, (word, reason)) in enumerate(zip(cell.members, said, strict=False), 1)
        ],
    ]


def read_attendance(meeting, rows, by, **answers):
    taken = read_file(
        meeting.unit,
        Kind.ATTENDANCE,
        file=xlsx(rows),
        name="điểm danh.xlsx",
        meeting=meeting,
        by=by,
    )
    if answers:
        taken = answer(taken, answers=Answers(**answers))
    return judge(taken, by=by)


def verdicts(taken):
    return {j.label: (j.verdict, j.note) for j in judged_lines(taken)}


def presences(meeting):
    rows = Attendance.objects.filter(meeting=meeting).select_related("member")
    return {row.member.full_name: (row.presence, row.reason) for row in rows}


PRESENT = ("Có mặt", None)
ALL = [PRESENT, ("Vắng có lý do", "đi công tác"), ("Vắng không phép", None), PRESENT, PRESENT,
       ("Trực tuyến", None)]  # fmt: skip


def named_alike(cell):
    """The first and the third member, both required, have one name."""
    first, third = cell.members[0], cell.members[2]
    Member.objects.filter(pk=third.pk).update(full_name=first.full_name)
    third.refresh_from_db()
    cell.members[2] = third
    return first, third
