"""What comes onto agendas that were prepared ahead, and what may be done to it there."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.models import AgendaItem, ResolutionItem
from nennep.meetings.tests.factories import at, make_cell, opened, planned, ready, resolve
from nennep.organisation.models import Unit

pytestmark = pytest.mark.django_db
JULY = date(2024, 7, 1)


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as no:
        call(*args, **more)
    assert no.value.code == code


def titles(meeting):
    return list(meeting.items.order_by("position").values_list("title", flat=True))


def july_of(cell, kind="regular", day=3):
    meeting = planned(cell, kind, period=JULY, planned_at=at(day, month=7))
    return actions.prepare(meeting, by=cell.secretary)


def set_topic(cell, title="Học tập Nghị quyết", first=JULY, last=JULY, unit="XA"):
    return actions.set_topic(
        Unit.objects.get(code=unit),
        title=title,
        first_month=first,
        last_month=last,
        by=cell.officer,
    )


# Topics of the superior


def test_a_topic_comes_onto_agendas_that_were_prepared_before_it_was_set(cell):
    july = july_of(cell)
    actions.add_item(july, title="Rác ngõ 3", by=cell.secretary)
    topic = set_topic(cell)
    assert titles(july) == ["Rác ngõ 3", "Học tập Nghị quyết"]
    item = july.items.get(topic=topic)
    assert (item.origin, item.step) == ("superior", "reg.information")
    actions.prepare(july, by=cell.secretary)
    assert titles(july) == ["Rác ngõ 3", "Học tập Nghị quyết"]


def test_only_regular_meetings_of_its_months_that_have_not_begun_get_it(cell):
    other = make_cell("CB2")
    begun = actions.prepare(opened(cell), by=cell.secretary)
    thematic, committee = july_of(cell, "thematic", 20), july_of(cell, "cell_committee", 1)
    combined = july_of(other, "combined")
    unprepared = planned(make_cell("CB3"), period=JULY, planned_at=at(3, month=7))
    set_topic(cell, first=date(2024, 6, 1))
    assert [titles(m) for m in (begun, thematic, committee, unprepared)] == [[], [], [], []]
    assert titles(combined) == ["Học tập Nghị quyết"]


def test_a_topic_costs_the_same_for_one_cell_and_for_three(cell):
    july_of(cell)
    with CaptureQueriesContext(
        connection,
    ) as one:
        set_topic(cell, "Một")
    for code in ("CB2", "CB3"):
        july_of(make_cell(code))
    with CaptureQueriesContext(connection) as three:
        set_topic(cell, "Hai")
    assert AgendaItem.objects.filter(title="Hai").count() == 3
    assert len(three) == len(one)


def test_a_topic_is_not_taken_off_or_reworded_until_it_is_withdrawn(cell):
    july = july_of(cell)
    topic = set_topic(cell)
    item = july.items.get()
    refused("topic_is_compulsory", actions.remove_item, item, by=cell.secretary)
    refused("words_of_the_superior", actions.edit_item, item, title="Khác", by=cell.secretary)
    moved = actions.edit_item(item, title=item.title, step="reg.discussion", by=cell.secretary)
    assert moved.step == "reg.discussion"
    actions.withdraw_topic(topic, by=cell.officer)
    actions.remove_item(item, by=cell.secretary)
    assert titles(july) == []


def test_a_meeting_moved_to_another_month_gets_what_is_asked_there(cell):
    july = july_of(cell)
    set_topic(cell, first=date(2024, 8, 1), last=date(2024, 8, 1))
    actions.move_meeting(
        july, planned_at=at(3, month=8), period=date(2024, 8, 1), by=cell.secretary
    )
    assert titles(july) == ["Học tập Nghị quyết"]


# What earlier meetings left open


def test_closing_a_month_hands_its_open_lines_on_to_a_meeting_prepared_ahead(cell):
    july = july_of(cell)
    extraordinary = july_of(cell, "extraordinary", 10)
    june = ready(cell)
    resolve(june, cell, lines=("Đo đạc ngõ 3",))
    assert titles(july) == []
    actions.close_minutes(june, by=cell.secretary)
    assert (titles(july), titles(extraordinary)) == (["Đo đạc ngõ 3"], [])
    actions.prepare(july, by=cell.secretary)
    assert titles(july) == ["Đo đạc ngõ 3"]


def test_what_was_taken_off_an_agenda_does_not_come_back_by_itself(cell):
    june = ready(cell)
    resolve(june, cell, lines=("Đo đạc ngõ 3",))
    july = july_of(cell)
    actions.close_minutes(june, by=cell.secretary)
    actions.remove_item(july.items.get(), by=cell.secretary)
    actions.move_meeting(july, place="Đình", by=cell.secretary)
    assert titles(july) == []


def test_the_committees_lines_stay_with_the_committee(cell):
    regular, committee = july_of(cell), july_of(cell, "cell_committee", 1)
    met = ready(cell, "cell_committee", started_at=at(1))
    paper = actions.write_resolution(met, summary="chuẩn bị", by=cell.secretary)
    actions.add_line(paper, what="Rà soát danh sách", by=cell.secretary)
    actions.close_minutes(met, by=cell.secretary)
    assert (titles(regular), titles(committee)) == ([], ["Rà soát danh sách"])


@pytest.mark.parametrize("kind", ["congress", "self_review", "thematic", "extraordinary"])
def test_other_meetings_do_not_answer_for_last_month(cell, kind):
    june = ready(cell)
    resolve(june, cell, lines=("Đo đạc ngõ 3",))
    actions.close_minutes(june, by=cell.secretary)
    assert titles(july_of(cell, kind)) == []


# The plan changes after the preparation


def test_the_days_of_the_checklist_move_with_the_meeting(cell):
    july = july_of(cell)
    entry = july.checklist.get(code="draft")
    actions.assign_task(entry, owner=None, due_on=date(2024, 6, 25), by=cell.secretary)
    done = actions.tick_checklist(july.checklist.get(code="papers"), by=cell.secretary)
    actions.move_meeting(july, planned_at=at(10, month=7), by=cell.secretary)
    due = dict(july.checklist.values_list("code", "due_on"))
    assert due["draft"] == date(2024, 7, 2)
    assert due["notice"] == date(2024, 7, 8)
    assert due["papers"] == done.due_on == date(2024, 7, 2)


def test_a_meeting_that_had_no_day_gets_the_usual_days(cell):
    meeting = actions.plan_meeting(cell.unit, kind="regular", period=JULY, by=cell.secretary)
    actions.prepare(meeting, by=cell.secretary)
    assert set(meeting.checklist.values_list("due_on", flat=True)) == {None}
    actions.move_meeting(meeting, planned_at=at(10, month=7), by=cell.secretary)
    assert meeting.checklist.get(code="draft").due_on == date(2024, 7, 5)


def test_the_routine_lines_of_the_draft_follow_the_month(cell):
    july = july_of(cell)
    paper = july.resolutions.get()
    actions.add_line(paper, what="Đo đạc ngõ 3", by=cell.secretary)
    actions.move_meeting(
        july, planned_at=at(3, month=8), period=date(2024, 8, 1), by=cell.secretary
    )
    assert [(line.what, line.due_on) for line in ResolutionItem.objects.all()] == [
        ("Chuẩn bị và tổ chức sinh hoạt chi bộ thường kỳ tháng 9/2024", date(2024, 9, 5)),
        ("Thu, nộp đảng phí tháng 9/2024 đúng hạn", date(2024, 9, 30)),
        ("Đo đạc ngõ 3", None),
    ]


# The cell's own tasks of the preparation


def test_the_cell_adds_tasks_of_its_own_and_takes_them_off(cell):
    july = july_of(cell)
    task = actions.add_task(
        july, title=" Mượn loa ", owner=cell.members[3], due_on=date(2024, 7, 3), by=cell.secretary
    )
    assert (task.title, task.owner, task.is_own) == ("Mượn loa", cell.members[3], True)
    assert july.checklist.last() == task
    refused("title_missing", actions.add_task, july, title=" ", by=cell.secretary)
    refused("secret", actions.add_task, july, title="TỐI MẬT", by=cell.secretary)
    shipped = july.checklist.get(code="draft")
    refused("task_of_the_guidance", actions.remove_task, shipped, by=cell.secretary)
    actions.remove_task(task, by=cell.secretary)
    assert not july.checklist.filter(pk=task.pk).exists()


def test_steps_of_an_item_are_those_of_the_rules(cell):
    july = july_of(cell)
    item = actions.add_item(july, title="Rác", by=cell.secretary)
    refused("no_such_step", actions.edit_item, item, title="Rác", step="x.y", by=cell.secretary)
    assert actions.edit_item(item, title="Rác", step="", by=cell.secretary).step == ""
