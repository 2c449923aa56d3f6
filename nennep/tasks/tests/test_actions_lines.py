"""What follows from a meeting: lines become tasks, and reported ones are judged."""

from datetime import date

import pytest

from nennep.meetings import actions as meetings
from nennep.meetings.models import ResolutionItem
from nennep.organisation.models import Unit
from nennep.tasks import actions
from nennep.tasks.choices import TaskState
from nennep.tasks.models import Assignment, Task, TaskBook, Uptake
from nennep.tasks.tests.factories import (
    DUE,
    at,
    decide,
    give,
    give_units,
    of_line,
    planned,
    refused,
    working_cell,
)

pytestmark = pytest.mark.django_db


def test_lines_become_tasks_with_their_public_id_when_the_minutes_are_closed(cell):
    who, due_on = cell.members[2], date(2024, 6, 25)
    meeting = decide(cell, ("Hiến đất mở ngõ 3", who, due_on))

    line = ResolutionItem.objects.get(what="Hiến đất mở ngõ 3")
    given = of_line("Hiến đất mở ngõ 3")
    task = given.task
    assert task.public_id == line.public_id
    assert (task.line, task.resolution, task.unit) == (line, line.resolution, cell.unit)
    assert (task.source, task.basis) == ("resolution", "01-NQ/CB ngày 3-6-2024")
    assert (task.given_on, task.due_on, task.is_of_cell) == (date(2024, 6, 3), due_on, True)
    assert (given.member, given.due_on, given.state) == (who, due_on, TaskState.GIVEN)
    assert TaskBook.objects.get(cell=cell.unit).since == date(2024, 6, 3)
    meetings.close_minutes(meeting, by=cell.secretary)
    assert Task.objects.count() == 1


def test_a_resolution_that_did_not_pass_gives_nobody_anything_to_do(cell):
    decide(cell, ("Hiến đất mở ngõ 3", cell.members[2], DUE), is_passed=False)
    assert not Task.objects.exists()


def test_routine_lines_are_tasks_only_where_they_name_a_member(cell, on_day):
    meeting = planned(cell)
    meetings.prepare(meeting, by=cell.secretary)
    routine, dues = meeting.resolutions.get().items.order_by("position")
    meetings.edit_line(
        dues, what=dues.what, who=cell.members[3], due_on=dues.due_on, by=cell.secretary
    )
    _hold(meeting, cell)
    assert list(Task.objects.values_list("what", flat=True)) == [dues.what]
    assert routine.what not in Task.objects.values_list("what", flat=True)


def _hold(meeting, cell, day=3, month=6):
    start = at(day, month=month)
    by = cell.secretary
    meetings.open_meeting(meeting, started_at=start, by=by)
    meetings.take_roll(meeting, absences={}, by=by)
    meetings.end_meeting(meeting, ended_at=start.replace(hour=21), by=by)
    meetings.adopt_minutes(meeting, at=start.replace(hour=21), by=by)
    meetings.declare_free_of_secrets(meeting, by=by)
    meetings.close_minutes(meeting, by=by)


def test_the_cell_committees_conclusions_are_tasks_but_no_decisions_of_the_cell(cell):
    decide(cell, ("Chuẩn bị nội dung", cell.members[1], DUE), day=1, kind="cell_committee")
    task = Task.objects.get()
    assert (task.source, task.is_of_cell) == ("conclusion", False)


def test_results_recorded_at_the_next_meeting_judge_the_tasks_there(cell, on_day):
    on_day(date(2024, 7, 20))
    due_on = date(2024, 6, 25)
    decide(
        cell,
        *(
            (what, cell.members[n], due_on)
            for n, what in enumerate(["đúng hạn", "chậm", "không", "im"])
        ),
    )

    def say(what, result, done_on=None):
        meetings.record_result(
            of_line(what).task.line, result=result, done_on=done_on, by=cell.secretary
        )

    say("đúng hạn", "Xong", date(2024, 6, 24))
    say("chậm", "Xong", date(2024, 6, 28))
    say("không", "Hộ dân chưa đồng ý")
    july = decide(cell, month=7)

    assert {a.task.what: (a.judgement, a.judged_on) for a in Assignment.objects.all()} == {
        "đúng hạn": ("met", date(2024, 7, 3)),
        "chậm": ("late", date(2024, 7, 3)),
        "không": ("not_met", date(2024, 7, 3)),
        "im": ("", None),
    }
    assert of_line("chậm").judged_in == july


def test_what_is_not_due_yet_or_done_after_the_meeting_waits_for_the_next(cell, on_day):
    on_day(date(2024, 8, 20))
    decide(cell, ("dài", cell.members[0], date(2024, 8, 1)), ("sau", cell.members[1], DUE))
    for what, done_on in (("dài", None), ("sau", date(2024, 7, 10))):
        meetings.record_result(
            of_line(what).task.line, result="…", done_on=done_on, by=cell.secretary
        )
    decide(cell, month=7)
    assert {a.judgement for a in Assignment.objects.all()} == {""}
    decide(cell, month=8)
    assert {a.task.what: a.judgement for a in Assignment.objects.all()} == {
        "dài": "not_met",
        "sau": "late",
    }


def test_the_line_and_its_task_say_the_same_whichever_was_written(cell, on_day):
    on_day(date(2024, 7, 20))
    decide(cell, ("Trồng cây", cell.members[0], DUE))
    given = of_line("Trồng cây")

    actions.report_result(given, result="Xong 40 cây", done_on=date(2024, 6, 20), by=cell.secretary)
    line = ResolutionItem.objects.get(what="Trồng cây")
    assert (line.result, line.done_on) == ("Xong 40 cây", date(2024, 6, 20))

    decide(cell, month=7)
    assert of_line("Trồng cây").judgement == "met"
    meetings.record_result(line, result="Xong 40 cây", done_on=date(2024, 7, 1), by=cell.secretary)
    assert of_line("Trồng cây").judgement == "late"
    meetings.record_result(line, result="", by=cell.secretary)
    again = of_line("Trồng cây")
    assert (again.judgement, again.state, again.result) == ("", TaskState.GIVEN, "")


def test_above_what_was_asked_is_a_persons_word_and_stays(cell, on_day):
    on_day(date(2024, 7, 20))
    decide(cell, ("Trồng cây", cell.members[0], DUE))
    given = of_line("Trồng cây")
    actions.report_result(given, result="Xong", done_on=date(2024, 6, 20), by=cell.secretary)
    actions.judge(given, judgement="above", on=date(2024, 6, 21), by=cell.secretary)
    decide(cell, month=7)
    assert of_line("Trồng cây").judgement == "above"


def test_a_superiors_task_comes_onto_the_agenda_into_the_paper_and_back_as_a_result(cell):
    commune = Unit.objects.get(code="XA")
    above = give_units(commune, cell.unit, what="Quán triệt sơ kết Đề án 11")
    received = above.assignments.get()
    meeting = planned(cell)
    meetings.prepare(meeting, by=cell.secretary)
    meetings.prepare(meeting, by=cell.secretary)
    assert [i.title for i in meeting.items.filter(origin="superior")] == [above.what]

    line = actions.put_in_paper(received, meeting, by=cell.secretary)
    assert actions.put_in_paper(received, meeting, by=cell.secretary) == line
    _hold(meeting, cell)

    own = Task.objects.get(line=line)
    assert own.carries_out == above
    assert Uptake.objects.filter(assignment=received).count() == 2
    later = planned(cell, period=date(2024, 7, 1), planned_at=at(3, month=7))
    meetings.prepare(later, by=cell.secretary)
    assert not later.items.filter(origin="superior").exists()


def test_only_the_receiver_passes_a_task_on(cell):
    commune = Unit.objects.get(code="XA")
    other = working_cell(code="CB2", name="Chi bộ thôn Tây")
    above = give_units(commune, cell.unit)
    assert give(cell, carries_out=above).task.carries_out == above
    with refused("not_given_here"):
        give(other, carries_out=above)


def test_a_task_is_taken_up_in_the_receivers_own_meeting(cell):
    other = working_cell(code="CB2", name="Chi bộ thôn Tây")
    received = give_units(Unit.objects.get(code="XA"), cell.unit).assignments.get()
    with refused("meeting_of_another"):
        actions.put_in_paper(received, planned(other), by=other.secretary)
