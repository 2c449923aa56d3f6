"""The table of who attended, into the roll call of a meeting: verdicts, what is asked, undone."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.core.tests.workbooks import xlsx
from nennep.imports.actions import answer, judge, read_file, take_in, undo
from nennep.imports.choices import Kind, Verdict
from nennep.imports.models import Import, KnownHeading
from nennep.imports.queries.preview import _judged, unpack_verdicts
from nennep.imports.rules import Answers
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
from nennep.members.models import Member

pytestmark = pytest.mark.django_db
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Trạng thái điểm danh", "Lý do", "Số CCCD"]


@pytest.fixture
def cell():
    return make_cell(official=5, probationary=1, exempt=1, away=1)


def rows_of(cell, *said):
    """A row for each member in turn: what the table says, and the reason."""
    return [
        HEAD,
        *[
            [n, member.full_name, str(member.birth_year), word, reason, "001200012345"]
            for n, (member, (word, reason)) in enumerate(zip(cell.members, said, strict=False), 1)
        ],
    ]


def read(meeting, rows, by, **answers):
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
    return {
        j.label: (j.verdict, j.note) for j in map(_judged, unpack_verdicts(bytes(taken.verdicts)))
    }


def presences(meeting):
    rows = Attendance.objects.filter(meeting=meeting).select_related("member")
    return {row.member.full_name: (row.presence, row.reason) for row in rows}


PRESENT = ("Có mặt", None)
ALL = [PRESENT, ("Vắng có lý do", "đi công tác"), ("Vắng không phép", None), PRESENT, PRESENT,
       ("Trực tuyến", None)]  # fmt: skip


def test_each_row_says_what_it_would_write_and_nothing_is_written(cell):
    meeting = opened(cell)
    taken = read(meeting, rows_of(cell, *ALL), cell.secretary)
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
    take_in(read(meeting, rows_of(cell, *ALL), cell.secretary), by=cell.secretary)

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
    taken = read(meeting, rows_of(cell, *ALL[:3]), cell.secretary, rest="kept")

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
    take_in(read(meeting, rows, cell.secretary), by=cell.secretary)
    before = list(Attendance.objects.values_list())

    again = read(meeting, rows, cell.secretary)
    assert (again.counts["new"], again.counts["changed"], again.counts["error"]) == (0, 0, 0)
    assert again.counts["same"] == 5
    take_in(again, by=cell.secretary)
    assert list(Attendance.objects.values_list()) == before


def test_who_is_not_in_the_file_is_asked_for_once(cell):
    meeting = opened(cell)
    rows = rows_of(cell, *ALL[:2])
    taken = read(meeting, rows, cell.secretary)
    (problem,) = [
        p for j in map(_judged, unpack_verdicts(bytes(taken.verdicts))) for p in j.problems
    ]
    assert problem.question == "rest"
    assert "2 đảng viên phải dự không có trong tệp" in problem.said
    with pytest.raises(Refusal):
        take_in(taken, by=cell.secretary)

    take_in(read(meeting, rows, cell.secretary, rest="unexcused"), by=cell.secretary)
    assert [p for p, _reason in presences(meeting).values()].count("unexcused") == 2


def test_absent_and_no_more_is_asked_and_a_reason_answers_it(cell):
    meeting = opened(cell)
    rows = rows_of(
        cell, PRESENT, ("Vắng", None), ("Vắng", "họp ở huyện"), PRESENT, PRESENT, PRESENT
    )
    taken = read(meeting, rows, cell.secretary)
    names = [member.full_name for member in cell.members]
    assert taken.counts["questions"] == {"absent": 1}
    assert verdicts(taken)[names[2]] == (Verdict.NEW, "Vắng có lý do, họp ở huyện")

    taken = read(meeting, rows, cell.secretary, absent="unexcused")
    assert verdicts(taken)[names[1]] == (Verdict.NEW, "Vắng không lý do")


def test_marks_in_columns_of_their_own_are_read_and_a_reason_may_stand_for_the_mark(cell):
    meeting = opened(cell)
    rows = [["Họ tên", "Có mặt", "Vắng có lý do", "Vắng không lý do", "Đến muộn"]]
    marks = [["x", None, None, "x"], [None, "đi vắng", None, None], [None, None, "x", None],
             [None] * 4, [None] * 4, ["x", None, "x", None]]  # fmt: skip
    rows += [[m.full_name, *mark] for m, mark in zip(cell.members, marks, strict=True)]
    taken = read(meeting, rows, cell.secretary)

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
    taken = read(meeting, rows, cell.secretary, absent="excused")

    names = [member.full_name for member in cell.members]
    assert verdicts(taken)[names[0]] == (Verdict.NEW, "Vắng có lý do")
    assert verdicts(taken)[names[1]] == (Verdict.NEW, "Có mặt")


def test_a_stranger_is_left_out_and_stops_nobody(cell):
    meeting = opened(cell)
    rows = [*rows_of(cell, *ALL), [7, "Vũ Thị Khách", "1970", "Có mặt", None, None]]
    taken = read(meeting, rows, cell.secretary)

    assert verdicts(taken)["Vũ Thị Khách"][0] == Verdict.OUTSIDE
    take_in(taken, by=cell.secretary)
    assert "Vũ Thị Khách" not in presences(meeting)


def named_alike(cell):
    """The first and the third member, both required, have one name."""
    first, third = cell.members[0], cell.members[2]
    Member.objects.filter(pk=third.pk).update(full_name=first.full_name)
    third.refresh_from_db()
    cell.members[2] = third
    return first, third


def test_two_of_one_name_are_told_apart_by_birth_or_asked_for(cell):
    first, third = named_alike(cell)
    meeting = opened(cell)
    by_birth = read(meeting, rows_of(cell, *ALL), cell.secretary)
    assert by_birth.counts["error"] == 0

    rows = [row[:2] + row[3:] for row in rows_of(cell, *ALL)]
    taken = read(meeting, rows, cell.secretary)
    assert taken.counts["questions"] == {"who": 2}
    taken = read(meeting, rows, cell.secretary, people=((2, third.pk), (4, first.pk)))
    assert taken.counts["error"] == 0
    take_in(taken, by=cell.secretary)
    assert Attendance.objects.get(member=first).presence == "unexcused"
    assert Attendance.objects.get(member=third).presence == "present"


def test_two_of_one_name_who_did_the_same_need_not_be_told_apart(cell):
    named_alike(cell)
    rows = [["Họ và tên", "Điểm danh"], *[[m.full_name, "Có mặt"] for m in cell.members]]
    taken = read(opened(cell), rows, cell.secretary)
    assert (taken.counts["error"], taken.counts["new"]) == (0, 5)


def test_a_birth_date_that_differs_is_asked_about(cell):
    rows = rows_of(cell, *ALL)
    rows[1][2] = "1-1-1999"
    taken = read(opened(cell), rows, cell.secretary)
    assert taken.counts["questions"] == {"who": 1}


def test_two_rows_about_one_member_must_agree(cell):
    name = cell.members[0].full_name
    rows = rows_of(cell, *ALL)
    agreed = read(opened(cell), [*rows, [7, name, None, "Có mặt", None, None]], cell.secretary)
    assert agreed.counts["error"] == 0
    meeting = agreed.meeting
    differing = read(meeting, [*rows, [7, name, None, "Vắng phép", None, None]], cell.secretary)
    assert differing.counts["error"] == 1


def test_undone_there_is_no_roll_call_or_the_one_before(cell):
    meeting = opened(cell)
    first = read(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(first, by=cell.secretary)
    undo(first, by=cell.secretary)
    assert (RollCall.objects.count(), Attendance.objects.count()) == (0, 0)

    actions.take_roll(
        meeting, absences={cell.ids[1]: Absence("excused", "ốm")}, late=[cell.ids[0]],
        exempt_came=[cell.ids[3]], by=cell.secretary,
    )  # fmt: skip
    before = sorted(Attendance.objects.values_list("member_id", "presence", "reason", "came_late"))
    second = read(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(second, by=cell.secretary)
    undo(second, by=cell.secretary)
    after = sorted(Attendance.objects.values_list("member_id", "presence", "reason", "came_late"))
    assert after == before


def test_what_was_gone_on_from_is_not_undone(cell):
    meeting = opened(cell)
    taken = read(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(taken, by=cell.secretary)
    actions.take_roll(meeting, absences={}, by=cell.secretary)
    with pytest.raises(Refusal, match="điểm danh lại"):
        undo(taken, by=cell.secretary)


def test_a_roll_call_a_vote_was_counted_by_is_not_taken_back(cell):
    meeting = opened(cell)
    taken = read(meeting, rows_of(cell, *ALL), cell.secretary)
    take_in(taken, by=cell.secretary)
    actions.record_vote(meeting, subject="resolution", question="", in_favour=3, by=cell.secretary)
    with pytest.raises(Refusal, match="biểu quyết"):
        undo(taken, by=cell.secretary)


def test_a_meeting_that_is_not_open_takes_no_table(cell):
    with pytest.raises(Refusal, match="giờ bắt đầu"):
        read(planned(cell), rows_of(cell, *ALL), cell.secretary)
    closed = make_cell("CB2", "Chi bộ thôn Đoài")
    meeting = actions.close_minutes(ready(closed), by=closed.secretary).meeting
    with pytest.raises(Refusal, match="chốt"):
        read(meeting, rows_of(closed, PRESENT), closed.secretary)
    army = make_figures_only_cell()
    with pytest.raises(Refusal, match="số liệu"):
        read(opened(army), [HEAD, [1, "An", "1970", "Có mặt", None, None]], army.secretary)


# --- the command and the pages --------------------------------------------------------------------


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


@pytest.fixture
def secretary(cell):
    client = Client()
    client.force_login(cell.secretary)
    return client


def send(client, meeting, rows):
    file = SimpleUploadedFile("diem-danh.xlsx", xlsx(rows).getvalue())
    url = reverse("imports:attendance", args=[meeting.public_id])
    return client.post(url, {"file": file, "is_not_secret": "on"})


def test_from_the_roll_call_page_to_the_roll_call(cell, secretary):
    meeting = opened(cell)
    page = secretary.get(reverse("meetings:roll-call", args=[meeting.public_id])).content.decode()
    assert "Điểm danh từ bảng tính" in page

    shown = secretary.get(send(secretary, meeting, rows_of(cell, *ALL[:4]))["Location"])
    assert "Đảng viên không có trong tệp" in shown.content.decode()
    taken = Import.objects.get()
    secretary.post(reverse("imports:answer", args=[taken.public_id]), {"rest": "present"})
    secretary.post(reverse("imports:take", args=[taken.public_id]))
    assert RollCall.objects.get().present == 2

    result = secretary.get(reverse("imports:preview", args=[taken.public_id])).content.decode()
    assert reverse("meetings:roll-call", args=[meeting.public_id]) in result
    secretary.post(reverse("imports:undo", args=[taken.public_id]))
    assert not RollCall.objects.exists()


def test_who_a_row_is_about_is_chosen_on_the_page(cell, secretary):
    first, third = named_alike(cell)
    rows = [["Họ và tên", "Có mặt ở đâu"], *[[m.full_name, "Có mặt"] for m in cell.members]]
    rows[3][1] = "Vắng có lý do"
    meeting = opened(cell)
    send(secretary, meeting, rows)
    taken = Import.objects.get()
    mapping = {"column_0": "full_name", "column_1": "presence"}
    secretary.post(reverse("imports:columns", args=[taken.public_id]), mapping)
    assert KnownHeading.objects.get(heading="co mat o dau").kind == Kind.ATTENDANCE
    shown = secretary.get(reverse("imports:preview", args=[taken.public_id])).content.decode()
    assert f"Hàng 2: “{first.full_name}” là ai?" in shown

    answers = {"who_2": str(third.pk), "who_4": str(first.pk)}
    secretary.post(reverse("imports:answer", args=[taken.public_id]), answers)
    secretary.post(reverse("imports:take", args=[taken.public_id]))
    assert Attendance.objects.get(member=first).presence == "excused"


def test_at_the_imports_page_the_meeting_is_chosen_first(cell, secretary):
    meeting = opened(cell)
    shown = secretary.get(reverse("imports:upload", args=[cell.unit.code, "diem-danh"]))
    assert reverse("imports:attendance", args=[meeting.public_id]) in shown.content.decode()
    assert secretary.get(reverse("imports:template", args=["diem-danh"])).status_code == 200
    export = reverse("imports:export", args=[cell.unit.code, "diem-danh", "csv"])
    assert secretary.get(export).status_code == 404


def test_who_is_above_the_cell_takes_no_roll_call_from_a_table(cell):
    meeting = opened(cell)
    client = Client()
    client.force_login(cell.officer)
    assert client.get(reverse("imports:attendance", args=[meeting.public_id])).status_code in {
        403,
        404,
    }
    page = client.get(reverse("meetings:roll-call", args=[meeting.public_id])).content.decode()
    assert "Điểm danh từ bảng tính" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_verdicts_ask_as_much_however_many_rows_there_are(
    cell, secretary, count, django_assert_max_num_queries
):
    meeting = opened(cell)
    address = send(secretary, meeting, rows_of(cell, *ALL[:count]))["Location"]
    with django_assert_max_num_queries(16):
        secretary.get(address)
