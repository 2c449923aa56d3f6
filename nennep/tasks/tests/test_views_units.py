"""Tasks between a committee and the units below it, on the pages of both ends."""

from datetime import date

import pytest

from nennep.meetings import actions as meetings
from nennep.organisation.models import Unit
from nennep.tasks import actions
from nennep.tasks.models import Task
from nennep.tasks.tests.factories import (
    at,
    committee_user,
    give_units,
    of_line,
    planned,
    working_cell,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


def test_a_committee_gives_to_all_cells_and_sees_who_has_not_dealt_with_it(cell, client, on_day):
    other = working_cell(code="CB2", name="Chi bộ thôn Tây")
    client.force_login(cell.officer)
    said = {"what": "Quán triệt", "to": "cells", "source": "direction", "working_days": "20"}
    assert client.post("/viec/XA/giao/", said).status_code == 302
    task = Task.objects.get(is_to_units=True)
    assert task.assignments.count() == 2
    meeting = planned(cell)
    meetings.prepare(meeting, by=cell.secretary)
    shown = client.get(f"/viec-giao/{task.public_id}/").content.decode()
    assert "(0/2)" in shown

    _hold(meeting, cell)
    shown = client.get(f"/viec-giao/{task.public_id}/").content.decode()
    waiting = shown.partition("<h3>Đã đưa vào")[0]
    assert "(1/2)" in shown
    assert (cell.unit.name in waiting, other.unit.name in waiting) == (False, True)


def _hold(meeting, cell):
    start, by = at(3), cell.secretary
    meetings.open_meeting(meeting, started_at=start, by=by)
    meetings.take_roll(meeting, absences={}, by=by)
    meetings.end_meeting(meeting, ended_at=start.replace(hour=21), by=by)
    meetings.adopt_minutes(meeting, at=start.replace(hour=21), by=by)
    meetings.declare_free_of_secrets(meeting, by=by)
    meetings.close_minutes(meeting, by=by)


def test_the_unit_answers_and_the_giver_judges(cell, client):
    commune = Unit.objects.get(code="XA")
    received = give_units(commune, cell.unit).assignments.get()
    address = f"/viec-nhan/{received.public_id}/"

    def post(user, **said):
        client.force_login(user)
        return client.post(address, said).status_code

    assert post(cell.secretary, do="accept") == 302
    assert post(cell.secretary, do="report", result="Đã quán triệt", is_done="on") == 302
    assert post(cell.secretary, do="judge", judgement="above") == 403
    assert post(cell.officer, do="judge", judgement="above") == 302
    received.refresh_from_db()
    assert (received.result, received.judgement) == ("Đã quán triệt", "above")


def test_a_task_passed_on_counts_for_the_task_above(cell, page):
    district, commune = Unit.objects.get(code="HUYEN"), Unit.objects.get(code="XA")
    above = give_units(district, commune, what="Việc huyện giao")
    give_units(commune, cell.unit, what="Việc xã chuyển", carries_out=above)
    meeting = planned(cell)
    meetings.prepare(meeting, by=cell.secretary)
    _hold(meeting, cell)

    shown = page(committee_user("HUYEN"), f"/viec-giao/{above.public_id}/")

    assert "(1/1)" in shown


def test_the_way_can_be_walked_from_the_superior_down_to_the_result(cell, client):
    commune = Unit.objects.get(code="XA")
    received = give_units(commune, cell.unit, what="Việc xã giao").assignments.get()
    meeting = planned(cell)
    meetings.prepare(meeting, by=cell.secretary)
    client.force_login(cell.secretary)
    assert (
        "Việc xã giao" in client.get(f"/sinh-hoat/{meeting.public_id}/ket-luan/").content.decode()
    )
    client.post(f"/viec-nhan/{received.public_id}/dua-vao/{meeting.public_id}/")
    line = meeting.resolutions.get().items.get(what="Việc xã giao")
    meetings.edit_line(
        line,
        what="Phổ biến tại chi bộ",
        who=cell.members[1],
        due_on=date(2024, 6, 20),
        by=cell.secretary,
    )
    _hold(meeting, cell)

    own = of_line("Phổ biến tại chi bộ")
    actions.report_result(own, result="Xong", done_on=TODAY, by=cell.secretary)
    below = client.get(f"/viec-nhan/{received.public_id}/").content.decode()
    member = client.get(f"/nhiem-vu/{own.public_id}/").content.decode()
    client.force_login(cell.officer)
    above = client.get(f"/viec-giao/{received.task.public_id}/").content.decode()

    assert f"/nhiem-vu/{own.public_id}/" in below
    assert "1/1 việc xong" in below
    assert f"/viec-nhan/{received.public_id}/" in member
    assert "1/1 việc xong" in above
    assert "Phổ biến tại chi bộ" not in above  # the cell's own words stay with the cell


def test_a_passed_on_task_leads_to_the_one_above_and_that_one_to_it(cell, page):
    district, commune = Unit.objects.get(code="HUYEN"), Unit.objects.get(code="XA")
    above = give_units(district, commune, what="Việc huyện giao", basis="Kế hoạch số 5")
    passed = give_units(commune, cell.unit, what="Việc xã chuyển", carries_out=above)
    received, own = above.assignments.get(), f"/viec-giao/{passed.public_id}/"

    from_above = page(committee_user("HUYEN"), f"/viec-giao/{above.public_id}/")
    from_below = page(cell.officer, own)

    assert own in from_above
    assert "Kế hoạch số 5" in from_below
    assert f"/viec-nhan/{received.public_id}/" in from_below  # the commune's own row of it
