"""The table of who attended, at the command line."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from nennep.core.tests.workbooks import xlsx
from nennep.imports.tests.factories import (
    ALL,
    rows_of,
)
from nennep.meetings.models import RollCall
from nennep.meetings.tests.factories import (
    make_cell,
    opened,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=5, probationary=1, exempt=1, away=1)


def command(meeting, rows, tmp_path, *words):
    file, out = tmp_path / "điểm danh.xlsx", StringIO()
    file.write_bytes(xlsx(rows).getvalue())
    code = 0
    try:
        call_command(
            "import_attendance", str(file), "--meeting", str(meeting.public_id), *words, "--json",
            stdout=out,
        )  # fmt: skip
    except SystemExit as stop:
        code = stop.code
    return {**json.loads(out.getvalue()), "exit": code}


def test_the_command_says_what_the_page_says(cell, tmp_path):
    meeting = opened(cell)
    answer = command(meeting, rows_of(cell, *ALL), tmp_path)
    assert answer == {
        "rows": 6, "new": 5, "changed": 0, "same": 0, "duplicates": 0, "errors": [],
        "left_out": ["Số CCCD"], "applied": False, "not_called": 1, "exit": 0,
    }  # fmt: skip
    faulty = command(meeting, rows_of(cell, *ALL[:1]), tmp_path, "--apply")
    assert (faulty["exit"], faulty["applied"], len(faulty["errors"])) == (1, False, 1)
    done = command(meeting, rows_of(cell, *ALL[:1]), tmp_path, "--rest", "present", "--apply")
    assert (done["exit"], done["applied"], RollCall.objects.get().present) == (0, True, 4)
