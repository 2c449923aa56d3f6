"""A register of past meetings, at the command line: verdicts, all or nothing, counted, taken back."""

from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.models import Installation
from nennep.imports.actions import undo
from nennep.imports.models import Import
from nennep.imports.tests.factories import command
from nennep.indicators.actions import rebuild
from nennep.indicators.models import CellMonth
from nennep.indicators.queries.verifying import verify
from nennep.meetings.actions import add_addendum
from nennep.meetings.models import Attendance, Meeting, RollCall
from nennep.meetings.tests.factories import make_cell, make_figures_only_cell, planned
from nennep.members.models import Position, Standing
from nennep.organisation.actions import close_unit
from nennep.organisation.models import Placement, Unit
from nennep.organisation.tests.factories import refused

pytestmark = pytest.mark.django_db
HEAD = [
    "Chi bộ",
    "Loại",
    "Ngày họp",
    "Bắt đầu",
    "Kết thúc",
    "Có mặt",
    "Vắng có lý do",
    "Vắng không lý do",
]
MAY = ["CB1", "Thường kỳ", "3-5-2024", "19:30", "21:05", 8, 1, 0]
APRIL = ["Chi bộ thôn Đông", None, date(2024, 4, 3), "19h30", "21h", 7, 1, 1]
QUARTER = ["CB1", "Chuyên đề", "20-5-2024", "8:00", "9:30", 9, None, None]


@pytest.fixture
def cell():
    Installation.objects.create(counts_from=date(2024, 1, 1))
    made = make_cell(official=8, probationary=1)
    rebuild(by=system_person())
    return made


def end_cell(cell, on):
    """Its members have gone, then it is closed."""
    for spells in (Standing.objects, Position.objects):
        spells.filter(member__in=cell.members).update(valid_to=on)
    close_unit(cell.unit, last_day=on, by=system_person())
    rebuild(by=system_person())


def take(rows, tmp_path, *words):
    return command("import_history", [HEAD, *rows], tmp_path, "--under", "XA", *words)


def test_a_preview_changes_nothing(cell, tmp_path):
    answer = take([MAY, APRIL, QUARTER], tmp_path)
    assert answer == {
        "rows": 3, "new": 3, "changed": 0, "same": 0, "duplicates": 0, "errors": [], "left_out": [],
        "applied": False, "exit": 0,
    }  # fmt: skip
    assert not Meeting.objects.exists()


def test_taken_in_each_row_is_a_meeting_and_the_counters_are_those_of_a_recomputation(
    cell, tmp_path
):
    answer = take([MAY, APRIL, QUARTER], tmp_path, "--apply")

    assert (answer["applied"], answer["exit"]) == (True, 0)
    told = Meeting.objects.order_by("started_at").values_list("kind", "period", "is_return")
    assert list(told) == [
        ("regular", date(2024, 4, 1), True), ("regular", date(2024, 5, 1), True),
        ("thematic", date(2024, 5, 1), True),
    ]  # fmt: skip
    call = RollCall.objects.get(meeting__period=date(2024, 4, 1))
    assert (call.official, call.probationary, call.required, call.present) == (8, 1, 9, 7)
    assert not Attendance.objects.exists()
    counted = CellMonth.objects.get(cell=cell.unit, month=date(2024, 5, 1))
    assert (counted.reg_held, counted.att_present, counted.them_present) == (1, 8, 9)
    assert verify().differences == ()


def test_taken_in_twice_nothing_changes(cell, tmp_path):
    take([MAY, APRIL], tmp_path, "--apply")
    before = list(RollCall.objects.order_by("pk").values_list())
    answer = take([MAY, APRIL], tmp_path, "--apply")
    assert (answer["same"], answer["new"]) == (2, 0)
    assert list(RollCall.objects.order_by("pk").values_list()) == before


def test_the_same_meeting_twice_in_a_file_counts_once(cell, tmp_path):
    answer = take([MAY, MAY], tmp_path, "--apply")
    assert (answer["new"], answer["same"], Meeting.objects.count()) == (1, 1, 1)


def test_each_faulty_cell_is_named_and_nothing_is_taken_in(cell, tmp_path):
    planned(cell)
    rows = [
        MAY,
        ["CB9", None, "3-4-2024", "19:30", "21:00", 9, 0, 0],
        ["CB1", "Dã ngoại", "3-4-2024", "19:30", "21:00", 9, 0, 0],
        ["CB1", None, "31-4-2024", "19:30", "21:00", 9, 0, 0],
        ["CB1", None, "3-3-2024", "21:30", "21:00", 9, 0, 0],
        ["CB1", None, "3-2-2024", "19:30", None, 9, 0, 0],
        ["CB1", None, "3-1-2024", "19:30", "21:00", 5, 0, 0],
        ["CB1", None, "3-6-2024", "19:30", "21:00", 9, 0, 0],
        ["CB1", None, "3-5-2024", "19:30", "21:00", 9, 0, 0],
        ["CB1", None, "3-5-2030", "19:30", "21:00", 9, 0, 0],
    ]
    answer = take(rows, tmp_path, "--apply")

    assert (answer["exit"], answer["applied"]) == (1, False)
    places = [(e["row"], e["column"]) for e in answer["errors"]]
    assert places == [(3, "A"), (4, "B"), (5, "C"), (6, "E"), (7, "E"), (8, "F"), (9, "C"),
                      (10, "C"), (11, "C")]  # fmt: skip
    assert Meeting.objects.filter(is_return=True).count() == 0
    assert not Import.objects.exists()


def test_the_files_own_strength_counts_where_it_has_one(cell, tmp_path):
    rows = [[*HEAD, "Đảng số", "Dự bị", "Được miễn"], [*MAY[:5], 20, 2, 0, 25, 1, 3]]
    answer = command("import_history", rows, tmp_path, "--under", "CB1", "--apply")
    call = RollCall.objects.get()
    assert answer["applied"]
    assert (call.official, call.probationary, call.exempt, call.required) == (24, 1, 3, 22)


def test_minutes_stand_in_for_the_end_and_a_month_of_its_own_for_that_of_the_day(cell, tmp_path):
    rows = [["Ngày họp", "Kỳ", "Bắt đầu", "Thời lượng (phút)", "Vắng có lý do"],
            ["31-1-2024", "2/2024", "19:30", 95, 2]]  # fmt: skip
    command("import_history", rows, tmp_path, "--under", "CB1", "--apply")
    meeting = Meeting.objects.get()
    assert (meeting.period, meeting.minutes_long) == (date(2024, 2, 1), 95)
    assert meeting.roll_call.present == 7


def test_a_roll_that_does_not_go_back_so_far_asks_for_the_strength(cell, tmp_path):
    army = make_figures_only_cell()
    rows = [[army.unit.code, None, "3-5-2009", "19:30", "21:00", 9, 0, 0]]
    (error,) = take(rows, tmp_path)["errors"]
    assert "đảng số" in error["problem"]


def test_undone_the_meetings_and_their_counts_are_gone(cell, tmp_path):
    take([MAY, APRIL], tmp_path, "--apply")
    undo(Import.objects.get(), by=system_person())
    assert (Meeting.objects.count(), RollCall.objects.count()) == (0, 0)
    assert CellMonth.objects.get(cell=cell.unit, month=date(2024, 5, 1)).reg_held == 0
    assert verify().differences == ()
    assert take([MAY, APRIL], tmp_path)["new"] == 2


def test_what_was_gone_on_from_is_not_undone(cell, tmp_path):
    take([MAY, APRIL], tmp_path, "--apply")
    meeting = Meeting.objects.get(period=date(2024, 5, 1))
    add_addendum(meeting, text="Ghi nhầm số vắng.", by=cell.secretary)
    refused("built_on", lambda: undo(Import.objects.get(), by=system_person()))
    assert Meeting.objects.count() == 2


def test_a_row_that_sums_up_is_passed_over_and_any_other_formula_is_a_fault(cell, tmp_path):
    total = ["Tổng cộng", None, None, None, None, "=SUM(F2:F2)", "=SUM(G2:G2)", None]
    assert take([MAY, total], tmp_path)["errors"] == []
    worked_out = ["CB1", None, "=A9", "=A9", "=A9", "=A9", None, None]
    assert {e["row"] for e in take([MAY, worked_out], tmp_path)["errors"]} == {3}


def test_the_register_of_a_cell_that_has_ended_is_taken_in_up_to_its_last_day(cell, tmp_path):
    end_cell(cell, on=date(2024, 5, 10))

    answer = take([MAY, APRIL], tmp_path, "--apply")
    assert (answer["new"], answer["applied"]) == (2, True)
    assert verify().differences == ()

    answer = take([QUARTER], tmp_path, "--apply")
    assert (answer["applied"], answer["exit"]) == (False, 1)
    assert "ngày 20-5-2024" in answer["errors"][0]["problem"]


def test_of_two_cells_with_one_name_the_one_that_lived_on_the_day_is_meant(cell, tmp_path):
    end_cell(cell, on=date(2024, 4, 30))
    heir = make_cell("CB9", cell.unit.name)
    Placement.objects.filter(unit=heir.unit).update(valid_from=date(2024, 5, 1))
    Unit.objects.filter(pk=heir.unit.pk).update(founded_on=date(2024, 5, 1))

    answer = take([["Chi bộ thôn Đông", *MAY[1:]], APRIL], tmp_path, "--apply")
    assert (answer["errors"], answer["applied"]) == ([], True)
    told = Meeting.objects.order_by("period").values_list("unit_id", "period")
    assert list(told) == [(cell.unit.pk, date(2024, 4, 1)), (heir.unit.pk, date(2024, 5, 1))]
