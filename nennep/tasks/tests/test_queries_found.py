"""What the search finds of meetings and tasks, and who finds it."""

from datetime import date

import pytest
from django.utils import translation

from nennep.accounts.models import Grant
from nennep.accounts.queries import system_person
from nennep.library.actions import rebuild
from nennep.library.queries.ranking import Within
from nennep.library.queries.reach import reached_by
from nennep.library.queries.search import search_everything
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import planned, ready
from nennep.organisation.models import Unit
from nennep.tasks import actions
from nennep.tasks.tests.factories import committee_user, decide, give, give_units, working_cell

pytestmark = pytest.mark.django_db


def found(person, text):
    """Kind and title of everything the person finds, before and after a build from nothing."""
    user = type(person).objects.get(pk=person.pk)
    answers = []
    for _time in range(2):
        answer = search_everything(text, Within(reached=reached_by(user)), limit=50)
        answers.append([(each.piece.kind, each.piece.title) for each in answer.found])
        rebuild(by=system_person())
    assert answers[0] == answers[1]
    return answers[0]


def test_a_meeting_is_found_by_what_was_resolved_once_its_minutes_are_closed(cell):
    meeting = ready(cell)
    meetings.add_item(meeting, title="Sửa nhà văn hóa thôn", by=cell.secretary)
    assert found(cell.secretary, "nha van hoa") == []

    closed = decide(cell, ("Khơi thông mương tiêu", cell.members[0], date(2024, 6, 28)), month=5)
    meetings.close_minutes(meeting, by=cell.secretary)

    assert found(cell.secretary, "nha van hoa") == [("meeting", str(meeting))]
    assert ("meeting", str(closed)) in found(cell.secretary, "khơi thông mương")
    assert ("task", "Khơi thông mương tiêu") in found(cell.secretary, "khơi thông mương")


def test_what_somebody_said_and_who_did_it_is_not_found(cell):
    meeting = ready(cell)
    item = meetings.add_item(meeting, title="Sửa nhà văn hóa thôn", by=cell.secretary)
    meetings.write_item(
        item, by=cell.secretary, discussion="Nên hoãn sang mùa khô", conclusion="", version=0
    )
    meetings.close_minutes(meeting, by=cell.secretary)

    assert found(cell.secretary, "hoãn sang mùa khô") == []


def test_another_cell_and_an_office_without_the_right_to_read_find_nothing_of_it(cell):
    other = working_cell(code="CB2")
    parent = Unit.objects.get(pk=cell.unit.parent_id)
    office, reading = (
        committee_user(parent.code, name="vp"),
        committee_user(parent.code, name="vpd"),
    )
    Grant.objects.filter(user=reading).update(reads_content=True)
    decide(cell, ("Khơi thông mương tiêu", cell.members[0], date(2024, 6, 28)))

    assert found(other.secretary, "khơi thông mương") == []
    assert found(office, "khơi thông mương") == []
    assert {kind for kind, _title in found(reading, "khơi thông mương")} == {"meeting", "task"}


def test_a_task_to_units_is_found_by_its_giver_once_and_by_each_receiver(cell):
    other = working_cell(code="CB2")
    parent = Unit.objects.get(pk=cell.unit.parent_id)
    office = committee_user(parent.code)
    task = give_units(parent, cell.unit, other.unit, what="Quán triệt Nghị quyết 35")

    assert found(office, "quán triệt") == [("task-given", task.what)]
    assert found(cell.secretary, "quán triệt") == [("task-received", task.what)]

    received = task.assignments.get(unit=cell.unit)
    actions.withdraw(received, reason="đã xong", by=office)
    assert found(cell.secretary, "quán triệt") == []
    assert found(other.secretary, "quán triệt") == [("task-received", task.what)]


def test_what_many_members_do_is_found_once_while_one_of_them_still_does_it(cell):
    first = give(cell, *cell.members[:3], what="Trồng cây đầu xuân")
    assert found(cell.secretary, "trồng cây") == [("task", "Trồng cây đầu xuân")]

    actions.withdraw(first, reason="ốm", by=cell.secretary)
    assert found(cell.secretary, "trồng cây") == [("task", "Trồng cây đầu xuân")]
    for each in first.task.assignments.filter(withdrawn_on__isnull=True):
        actions.withdraw(each, reason="thôi", by=cell.secretary)
    assert found(cell.secretary, "trồng cây") == []


def test_titles_are_kept_in_vietnamese_whoever_closed_the_minutes(cell):
    meeting = ready(cell)
    meetings.add_item(meeting, title="Sửa nhà văn hóa thôn", by=cell.secretary)
    with translation.override("en"):
        meetings.close_minutes(meeting, by=cell.secretary)

    ((_kind, title),) = found(cell.secretary, "nhà văn hóa")
    assert title == "Thường kỳ 6/2024"


def test_a_meeting_that_is_only_planned_is_not_found(cell):
    planned(cell)

    assert found(cell.secretary, "sinh hoạt thường kỳ") == []
