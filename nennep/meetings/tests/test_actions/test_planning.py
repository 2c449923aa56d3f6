from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.models import Meeting
from nennep.meetings.tests.factories import at, make_cell, opened, planned, ready
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Unit

pytestmark = pytest.mark.django_db


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as no:
        call(*args, **more)
    assert no.value.code == code


def test_a_meeting_is_planned_for_a_month_and_the_trail_says_by_whom(cell):
    meeting = planned(cell, period=date(2024, 6, 17), place="  Nhà  văn hóa ")
    assert (meeting.period, meeting.place) == (date(2024, 6, 1), "Nhà văn hóa")
    line = TrailLine.objects.latest("id")
    assert (line.verb, line.actor, line.unit_path) == (
        "meeting planned",
        cell.secretary,
        cell.unit.path,
    )


@pytest.mark.parametrize(
    ("first", "second"), [("regular", "regular"), ("combined", "regular"), ("regular", "combined")]
)
def test_a_second_regular_meeting_in_a_month_is_refused(cell, first, second):
    planned(cell, first)
    refused("second_regular", planned, cell, second)


@pytest.mark.parametrize(
    "kind", ["thematic", "cell_committee", "extraordinary", "congress", "self_review"]
)
def test_other_kinds_may_stand_beside_it(cell, kind):
    planned(cell)
    planned(cell, kind)
    planned(cell, kind)


def test_the_kind_must_be_known(cell):
    refused("no_such_kind", planned, cell, "party")


def test_a_cell_without_a_committee_plans_no_meeting_of_it():
    refused(
        "no_cell_committee",
        planned,
        make_cell("CB2", body=BodyKind.CELL_SECRETARIAT),
        "cell_committee",
    )
    refused("no_cell_committee", planned, make_cell("CB3", has_term=False), "cell_committee")


def test_only_cells_meet(cell):
    committee = Unit.objects.get(code="XA")
    refused(
        "not_a_cell",
        actions.plan_meeting,
        committee,
        kind="regular",
        period=date(2024, 6, 1),
        by=cell.secretary,
    )


def test_the_cell_must_exist_on_the_day(cell):
    refused("cell_not_living", planned, cell, period=date(2009, 6, 1), planned_at=at(3, year=2009))
    Unit.objects.filter(pk=cell.unit.pk).update(ended_on=date(2024, 5, 31))
    refused("cell_not_living", planned, cell)


def test_the_day_lies_near_its_month(cell):
    planned(cell, period=date(2024, 2, 1), planned_at=at(30, month=1))
    refused(
        "period_far_from_day", planned, cell, period=date(2024, 6, 1), planned_at=at(3, month=1)
    )


def test_online_needs_a_permission_where_a_rule_asks_for_it(cell):
    later = {"period": date(2025, 8, 1), "planned_at": at(3, month=8, year=2025), "is_online": True}
    refused("online_needs_permission", planned, cell, **later)
    assert planned(cell, online_permission="12-TB/ĐU", **later).online_permission == "12-TB/ĐU"
    planned(cell, is_online=True)  # before 294-QĐ/TW nothing was said of it


def test_secret_words_are_refused(cell):
    refused("secret", planned, cell, "thematic", topic="TUYỆT MẬT")


def test_a_meeting_is_moved_also_to_another_month(cell):
    meeting = planned(cell)
    moved = actions.move_meeting(
        meeting, planned_at=at(5, month=7), period=date(2024, 7, 1), by=cell.secretary
    )
    assert (moved.period, moved.place) == (date(2024, 7, 1), "")
    planned(cell)
    refused(
        "second_regular",
        actions.move_meeting,
        moved,
        period=date(2024, 6, 1),
        planned_at=at(9),
        by=cell.secretary,
    )


def test_cancelling_needs_a_reason_and_can_be_undone(cell):
    meeting = planned(cell)
    refused("reason_missing", actions.cancel_meeting, meeting, reason=" ", by=cell.secretary)
    actions.cancel_meeting(meeting, reason="mưa lũ", by=cell.secretary)
    actions.cancel_meeting(meeting, reason="mưa lũ", by=cell.secretary)
    refused("cancelled", actions.open_meeting, meeting, by=cell.secretary)
    assert actions.undo_cancel(meeting, by=cell.secretary).cancel_reason == ""
    actions.undo_cancel(meeting, by=cell.secretary)


def test_undoing_is_refused_when_another_took_its_place(cell):
    meeting = planned(cell)
    actions.cancel_meeting(meeting, reason="đổi ngày", by=cell.secretary)
    planned(cell)
    refused("second_regular", actions.undo_cancel, meeting, by=cell.secretary)


def test_closed_minutes_are_neither_moved_nor_cancelled(cell):
    meeting = ready(cell)
    actions.close_minutes(meeting, by=cell.secretary)
    refused("closed", actions.move_meeting, meeting, place="x", by=cell.secretary)
    refused("closed", actions.cancel_meeting, meeting, reason="x", by=cell.secretary)


def test_an_opened_meeting_can_be_cancelled_and_keeps_what_was_recorded(cell):
    meeting = opened(cell)
    actions.take_roll(meeting, absences={}, by=cell.secretary)
    actions.cancel_meeting(meeting, reason="mở nhầm", by=cell.secretary)
    assert Meeting.objects.live().count() == 0
    assert meeting.attendances.count() == 9
