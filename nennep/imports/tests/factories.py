"""Files and people for the tests of this app."""

import io
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.core.management import call_command

from nennep.core.tests.workbooks import xlsx
from nennep.imports.actions import judge, read_file
from nennep.imports.models import Import

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
