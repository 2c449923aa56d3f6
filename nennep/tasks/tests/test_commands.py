"""`nennep tasks CODE [--overdue] --json`."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit
from nennep.tasks.tests.factories import decide, give, give_units, of_line

pytestmark = pytest.mark.django_db


def told(capsys, *arguments):
    call_command("tasks", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_a_cell_is_told_with_names_and_the_public_id_of_the_line(cell, capsys):
    who = cell.members[2]
    decide(cell, ("Hiến đất mở ngõ 3", who, date(2024, 6, 25)))
    task = of_line("Hiến đất mở ngõ 3")

    found = told(capsys, "CB1")

    assert found["members"] == {"working": 4, "with_task": 1, "with_any_task": 1}
    assert found["tasks"] == [
        {
            "code": "CB1",
            "id": str(task.task.line.public_id),
            "assignment": str(task.public_id),
            "title": "Hiến đất mở ngõ 3",
            "source": "resolution",
            "basis": "01-NQ/CB ngày 3-6-2024",
            "given_by": "CB1",
            "given_on": "2024-06-03",
            "due_on": "2024-06-25",
            "state": "given",
            "overdue": False,
            "result": "",
            "done_on": None,
            "judgement": None,
            "assignee": {"member": who.full_name},
        }
    ]


def test_overdue_tasks_alone(cell, capsys):
    give(cell, what="Quá hạn", given_on=date(2024, 5, 1), due_on=date(2024, 6, 12))
    give(cell, what="Hôm nay", given_on=date(2024, 5, 1), due_on=date(2024, 6, 13))

    assert [task["title"] for task in told(capsys, "CB1", "--overdue")["tasks"]] == ["Quá hạn"]


def test_above_the_cell_there_are_units_and_no_member(cell, capsys):
    give(cell, cell.members[0], what="Việc riêng của chi bộ")
    give_units(Unit.objects.get(code="XA"), cell.unit, what="Việc xã giao")

    call_command("tasks", "XA", "--json")
    text = capsys.readouterr().out

    found = json.loads(text)
    assert [(t["title"], t["assignee"]) for t in found["tasks"]] == [
        ("Việc xã giao", {"unit": "CB1"})
    ]
    assert found["members"] is None
    assert cell.members[0].full_name not in text


def test_an_unknown_unit_is_refused_in_words(cell):
    with pytest.raises(Refusal):
        call_command("tasks", "KHONG", "--json")
