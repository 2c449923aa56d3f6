"""The table of who attended, into the roll call of a meeting: verdicts, what is asked, undone."""

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.imports.actions import take_in, undo
from nennep.imports.choices import Verdict
from nennep.imports.queries.preview import judged_lines
from nennep.imports.tests.factories import (
    ALL,
    ATTENDANCE,
    PRESENT,
    named_alike,
    presences,
    read_attendance,
    rows_of,
    verdicts,
)
from nennep.meetings import actions
from nennep.meetings.models import Attendance, RollCall
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.tests.factories import (
    make_cell,
    make_figures_only_cell,
    opened,
    planned,
    ready,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=5, probationary=1, exempt=1, away=1)


def test_each_row_says_what_it_would_write_and_nothing_is_written(cell):
    meeting = opened(cell)
    taken = read_attendance(meeting, rows_of(cell, *ALL), cell.secretary)
    names = [member.full_name for member in cell.members]

    assert verdicts(taken) == {
        names[0]: (Verdict.NEW, "Có mặt"),
        names[1]: (Verdict.NEW, "Vắng có lý do, đi công tác"),
        names[2]: (Verdict.NEW, "Vắng không lý do"),
        names[3]: (Verdict.NEW, "Có mặt, được miễn mà đến dự"),
        names[4]: (Verdict.OUTSIDE, "Tạm thời đi: không điểm danh."),
        names[5]: (Verdict.NEW, "Có mặt, trực tuyến"),
    }
    assert not RollCall.objects.exists()
    assert b"001200012345" not in bytes(taken.table)


def test_taken_in_it_is_the_roll_call_with_its_line_in_the_trail(cell):
    meeting = opened(cell)
    take_in(read_attendance(meeting, rows_of(cell, *ALL), cell.secretary), by=cell.secretary)

    names = [member.full_name for member in cell.members]
    assert presences(meeting) == {
        names[0]: ("present", ""),
        names[1]: ("excused", "đi công tác"),
        names[2]: ("unexcused", ""),
        names[3]: ("present", ""),
        names[5]: ("present", ""),
    }
    call = RollCall.objects.get()
    assert (call.required, call.present, call.excused, call.unexcused, call.exempt_present) == (
        4, 2, 1, 1, 1
    )  # fmt: skip
    verbs = list(TrailLine.objects.order_by("-id").values_list("verb", flat=True)[:2])
    assert verbs == ["table taken in", "roll call taken"]


def test_recorded_the_same_and_recorded_otherwise_are_told_apart(cell):
    meeting = opened(cell)
    first, second = cell.ids[:2]
    actions.take_roll(meeting, absences={second: Absence("unexcused")}, by=cell.secretary)
    taken = read_attendance(meeting, rows_of(cell, *ALL[:3]), cell.secretary, rest="kept")

    names = [member.full_name for member in cell.members]
    said = verdicts(taken)
    assert said[names[0]] == (Verdict.SAME, "Có mặt")
    assert said[names[1]] == (
        Verdict.CHANGED,
        "đang ghi: Vắng không lý do; trong tệp: Vắng có lý do, đi công tác",
    )
    take_in(taken, by=cell.secretary)
    assert presences(meeting)[names[1]] == ("excused", "đi công tác")
    assert presences(meeting)[names[5]] == ("present", "")
    assert Attendance.objects.get(member_id=first).presence == "present"


def test_taken_in_twice_everything_is_the_same(cell):
    meeting, rows = opened(cell), rows_of(cell, *ALL)
    take_in(read_attendance(meeting, rows, cell.secretary), by=cell.secretary)
    before = list(Attendance.objects.values_list())

    again = read_attendance(meeting, rows, cell.secretary)
    assert (again.counts["new"], again.counts["changed"], again.counts["error"]) == (0, 0, 0)
    assert again.counts["same"] == 5
    take_in(again, by=cell.secretary)
    assert list(Attendance.objects.values_list()) == before


def test_who_is_not_in_the_file_is_asked_for_once(cell):
    meeting = opened(cell)
    rows = rows_of(cell, *ALL[:2])
    taken = read_attendance(meeting, rows, cell.secretary)
    (problem,) = [p for j in judged_lines(taken) for p in j.problems]
    assert problem.question == "rest"
    assert "2 đảng viên phải dự không có trong tệp" in problem.said
    with pytest.raises(Refusal):
        take_in(taken, by=cell.secretary)

    take_in(read_attendance(meeting, rows, cell.secretary, rest="unexcused"), by=cell.secretary)
    assert [p for p, _reason in presences(meeting).values()].count("unexcused") == 2


def test_absent_and_no_more_is_asked_and_a_reason_answers_it(cell):
    meeting = opened(cell)
    rows = rows_of(
        cell, PRESENT, ("Vắng", None), ("Vắng", "họp ở huyện"), PRESENT, PRESENT, PRESENT
    )
    taken = read_attendance(meeting, rows, cell.secretary)
    names = [member.full_name for member in cell.members]
    assert taken.counts["questions"] == {"absent": 1}
    assert verdicts(taken)[names[2]] == (Verdict.NEW, "Vắng có lý do, họp ở huyện")

    taken = read_attendance(meeting, rows, cell.secretary, absent="unexcused")
    assert verdicts(taken)[names[1]] == (Verdict.NEW, "Vắng không lý do")


def test_marks_in_columns_of_their_own_are_read_and_a_reason_may_stand_for_the_mark(cell):
    meeting = opened(cell)
    rows = [["Họ tên", "Có mặt", "Vắng có lý do", "Vắng không lý do", "Đến muộn"]]
    marks = [["x", None, None, "x"], [None, "đi vắng", None, None], [None, None, "x", None],
             [None] * 4, [None] * 4, ["x", None, "x", None]]  # fmt: skip
    rows += [[m.full_name, *mark] for m, mark in zip(cell.members, marks, strict=True)]
    taken = read_attendance(meeting, rows, cell.secretary)

    names = [member.full_name for member in cell.members]
    said = verdicts(taken)
    assert said[names[0]] == (Verdict.NEW, "Có mặt, đến muộn")
    assert said[names[1]] == (Verdict.NEW, "Vắng có lý do, đi vắng")
    assert said[names[2]][0] == Verdict.NEW
    assert said[names[3]] == (Verdict.SAME, "được miễn, không phải dự")
    assert said[names[5]][0] == Verdict.ERROR


def test_a_time_of_checking_in_is_presence(cell):
    meeting = opened(cell)
    rows = [["Họ và tên", "Thời gian điểm danh"]]
    rows += [[m.full_name, "19:31" if n else None] for n, m in enumerate(cell.members)]
    taken = read_attendance(meeting, rows, cell.secretary, absent="excused")

    names = [member.full_name for member in cell.members]
    assert verdicts(taken)[names[0]] == (Verdict.NEW, "Vắng có lý do")
    assert verdicts(taken)[names[1]] == (Verdict.NEW, "Có mặt")


def test_a_stranger_is_left_out_and_stops_nobody(cell):
    meeting = opened(cell)
    rows = [*rows_of(cell, *ALL), [7, "Vũ Thị Khách", "1970", "Có mặt", None, None]]
    taken = read_attendance(meeting, rows, cell.secretary)

    assert verdicts(taken)["Vũ Thị Khách"][0] == Verdict.OUTSIDE
    take_in(taken, by=cell.secretary)
    assert "Vũ Thị Khách" not in presences(meeting)


def test_two_of_one_name_are_told_apart_by_birth_or_asked_for(cell):
    first, third = named_alike(cell)
    meeting = opened(cell)
    by_birth = read_attendance(meeting, rows_of(cell, *ALL), cell.secretary)
    assert by_birth.counts["error"] == 0

    rows = [row[:2] + row[3:] for row in rows_of(cell, *ALL)]
    taken = read_attendance(meeting, rows, cell.secretary)
    assert taken.counts["questions"] == {"who": 2}
    taken = read_attendance(meeting, rows, cell.secretary, people=((2, third.pk), (4, first.pk)))
    assert taken.counts["error"] == 0
    take_in(taken, by=cell.secretary)
    assert Attendance.objects.get(member=first).presence == "unexcused"
    assert Attendance.objects.get(member=third).presence == "present"


def test_two_of_one_name_who_did_the_same_need_not_be_told_apart(cell):
    named_alike(cell)
    rows = [["Họ và tên", "Điểm danh"], *[[m.full_name, "Có mặt"] for m in cell.members]]
    taken = read_attendance(opened(cell), rows, cell.secretary)
    assert (taken.counts["error"], taken.counts["new"]) == (0, 5)


def test_a_birth_date_that_differs_is_asked_about(cell):
    rows = rows_of(cell, *ALL)
    rows[1][2] = "1-1-1999"
    taken = read_attendance(opened(cell), rows, cell.secretary)
    assert taken.counts["questions"] == {"who": 1}


def test_two_rows_about_one_member_must_agree(cell):
    name = cell.members[0].full_name
    rows = rows_of(cell, *ALL)
    agreed = read_attendance(
        opened(cell), [*rows, [7, name, None, "Có mặt", None, None]], cell.secretary
    )
    assert agreed.counts["error"] == 0
    meeting = agreed.meeting
    differing = read_attendance(
        meeting, [*rows, [7, name, None, "Vắng phép", None, None]], cell.secretary
    )
    assert differing.counts["error"] == 1


def test_undone_there_is_no_roll_call_or_the_one_before(cell):
    meeting = opened(cell)
    first = read_attendance(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(first, by=cell.secretary)
    undo(first, by=cell.secretary)
    assert (RollCall.objects.count(), Attendance.objects.count()) == (0, 0)

    actions.take_roll(
        meeting, absences={cell.ids[1]: Absence("excused", "ốm")}, late=[cell.ids[0]],
        exempt_came=[cell.ids[3]], by=cell.secretary,
    )  # fmt: skip
    before = sorted(Attendance.objects.values_list("member_id", "presence", "reason", "came_late"))
    second = read_attendance(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(second, by=cell.secretary)
    undo(second, by=cell.secretary)
    after = sorted(Attendance.objects.values_list("member_id", "presence", "reason", "came_late"))
    assert after == before


def test_what_was_gone_on_from_is_not_undone(cell):
    meeting = opened(cell)
    taken = read_attendance(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(taken, by=cell.secretary)
    actions.take_roll(meeting, absences={}, by=cell.secretary)
    with pytest.raises(Refusal, match="điểm danh lại"):
        undo(taken, by=cell.secretary)


def test_a_roll_call_a_vote_was_counted_by_is_not_taken_back(cell):
    meeting = opened(cell)
    taken = read_attendance(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(taken, by=cell.secretary)
    actions.record_vote(meeting, subject="resolution", question="", in_favour=3, by=cell.secretary)
    with pytest.raises(Refusal, match="biểu quyết"):
        undo(taken, by=cell.secretary)


def test_a_meeting_that_is_not_open_takes_no_table(cell):
    with pytest.raises(Refusal, match="giờ bắt đầu"):
        read_attendance(planned(cell), rows_of(cell, *ALL), cell.secretary)
    closed = make_cell("CB2", "Chi bộ thôn Đoài")
    meeting = actions.close_minutes(ready(closed), by=closed.secretary).meeting
    with pytest.raises(Refusal, match="chốt"):
        read_attendance(meeting, rows_of(closed, PRESENT), closed.secretary)
    army = make_figures_only_cell()
    with pytest.raises(Refusal, match="số liệu"):
        read_attendance(
            opened(army), [ATTENDANCE, [1, "An", "1970", "Có mặt", None, None]], army.secretary
        )
