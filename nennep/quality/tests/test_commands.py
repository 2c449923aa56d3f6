"""The score of a meeting and the classes of a month as the command line tells them."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from nennep.core.refusal import Refusal
from nennep.meetings.tests.factories import at, make_cell, ready
from nennep.quality.tests.factories import closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return make_cell(official=9)


def test_the_score_of_a_meeting_as_json(cell, an_phu, capsys):
    meeting = closed(cell)

    call_command("score", str(meeting.public_id), "--json")

    told = json.loads(capsys.readouterr().out)
    assert set(told) == {
        "rubric",
        "basis",
        "criteria",
        "total",
        "class",
        "self",
        "vote",
        "official",
    }
    assert (told["rubric"], told["basis"], told["total"]) == ("rb2", "08-KH/ĐU", 86.32)
    assert (told["class"], told["self"], told["vote"], told["official"]) == ("fair", "fair", None, None)  # fmt: skip
    lines = {line["code"]: line for line in told["criteria"]}
    assert set(lines["2.1"]) == {"code", "max", "points", "from", "fact", "reason"}
    assert (lines["2.1"]["max"], lines["2.1"]["points"], lines["2.1"]["from"]) == (4, 4, "fact")
    assert "10/10 (100%)" in lines["2.1"]["fact"]
    assert (lines["3.1"]["points"], lines["3.1"]["from"], lines["3.1"]["fact"]) == (
        3,
        "person",
        None,
    )
    assert "4.3" not in lines


def test_a_sheet_that_proposes_nothing_says_null(cell, on_day, capsys):
    on_day(date(2025, 12, 20))
    meeting = ready(cell, started_at=at(3, month=12, year=2025), period=date(2025, 12, 1))

    call_command("score", str(meeting.public_id), "--json")

    told = json.loads(capsys.readouterr().out)
    assert (told["rubric"], told["basis"], told["total"], told["class"]) == (
        "rb1", "42-HD/BTCTW", None, None,
    )  # fmt: skip
    assert {line["points"] for line in told["criteria"]} == {None}
    assert sum(line["max"] for line in told["criteria"]) == 100


def test_the_command_line_names_an_unknown_meeting(cell):
    with pytest.raises(Refusal):
        call_command("score", "nothing", "--json")


def test_the_class_table_as_json_and_as_a_file(cell, an_phu, capsys, tmp_path):
    closed(cell)

    call_command("classes", "XA", "--month", "2024-06", "--format", "json")
    call_command(
        "classes", "XA", "--month", "2024-06", "--format", "xlsx", "--out", str(tmp_path / "x.xlsx")
    )

    told = json.loads(capsys.readouterr().out)
    assert (told["unit"], told["month"]) == ("XA", "2024-06")
    assert told["rows"][0] | {"note": "", "meeting": ""} == {
        "no": 1, "cell": "CB1", "name": "Chi bộ thôn Đông", "present": 10, "required": 10,
        "held_on": "2024-06-03", "points": 86.32, "class": "fair", "self": "fair", "vote": None,
        "official": None, "note": "", "meeting": "",
    }  # fmt: skip
    assert told["total"]["fair"] == 1
    assert (tmp_path / "x.xlsx").read_bytes()[:2] == b"PK"
