"""How long a meeting is planned for: refused where the rules forbid it, warned of elsewhere."""

from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.queries.marks import plan_marks
from nennep.meetings.tests.factories import at, make_cell, opened, planned
from nennep.regulations.actions import enter_value
from nennep.regulations.choices import Mark
from nennep.regulations.models import Basis

pytestmark = pytest.mark.django_db


def test_a_combined_session_is_planned_for_as_long_as_the_rules_ask(cell):
    assert planned(cell, "combined").planned_minutes == 120
    assert planned(cell, "thematic").planned_minutes is None
    assert planned(cell, "regular", period=date(2024, 7, 1)).planned_minutes is None


def test_a_combined_session_is_not_planned_shorter(cell):
    with pytest.raises(Refusal) as no:
        planned(cell, "combined", planned_minutes=119)
    assert (no.value.code, no.value.field) == ("combined_too_short", "planned_minutes")
    assert "120" in no.value.message
    assert planned(cell, "combined", planned_minutes=150).planned_minutes == 150


def test_nor_moved_so_while_it_has_not_begun(cell):
    meeting = planned(cell, "combined", planned_minutes=150)
    with pytest.raises(Refusal) as no:
        actions.move_meeting(meeting, planned_minutes=60, by=cell.secretary)
    assert no.value.code == "combined_too_short"
    meeting = actions.open_meeting(meeting, started_at=at(3), by=cell.secretary)
    moved = actions.move_meeting(meeting, place="Đình làng", by=cell.secretary)
    assert (moved.planned_minutes, moved.place) == (150, "Đình làng")


def test_without_a_rule_nothing_is_refused(cell):
    """Before 6-7-2018 no guidance on the length is known here."""
    meeting = planned(
        cell, "combined", period=date(2018, 5, 1), planned_at=at(3, month=5, year=2018)
    )
    assert meeting.planned_minutes is None
    assert (
        actions.move_meeting(meeting, planned_minutes=30, by=cell.secretary).planned_minutes == 30
    )


@pytest.mark.parametrize(("minutes", "kinds"), [(60, ["planned_short"]), (90, []), (None, [])])
def test_a_regular_meeting_planned_too_short_is_warned_of(cell, minutes, kinds):
    meeting = planned(cell, planned_minutes=minutes)
    assert [mark.kind for mark in plan_marks(meeting)] == kinds


def test_a_very_small_cell_has_the_length_its_superior_set(cell):
    for key, value in (("meetings.small_cell_minutes", 60), ("meetings.small_cell_members", 9)):
        enter_value(
            key,
            value=value,
            scope_path=cell.unit.parent.path,
            valid_from=date(2020, 1, 1),
            basis=Basis.objects.first(),
            clause="ví dụ",
            mark=Mark.DERIVED,
            by=cell.secretary,
        )
    assert plan_marks(planned(cell, planned_minutes=60)) == []
    large = make_cell("CB9", official=12)
    assert [m.kind for m in plan_marks(planned(large, planned_minutes=60))] == ["planned_short"]


def test_a_regular_meeting_planned_after_the_grace_is_warned_of(cell, on_day):
    on_day(date(2025, 12, 1))
    in_time = planned(cell, period=date(2025, 12, 1), planned_at=at(7, month=12, year=2025))
    assert plan_marks(in_time) == []
    late = planned(cell, period=date(2026, 1, 1), planned_at=at(8, month=1, year=2026))
    assert [mark.kind for mark in plan_marks(late)] == ["planned_late"]
    thematic = planned(
        cell, "thematic", period=date(2026, 1, 1), planned_at=at(28, month=1, year=2026)
    )
    assert plan_marks(thematic) == []


def test_a_model_meeting_keeps_its_kind(cell):
    meeting = planned(cell, is_model=True)
    assert (meeting.kind, meeting.is_model) == ("regular", True)
    assert not actions.move_meeting(meeting, is_model=False, by=cell.secretary).is_model


# Another kind than planned


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as no:
        call(*args, **more)
    assert no.value.code == code


def test_a_regular_meeting_becomes_a_combined_session(cell):
    meeting = actions.prepare(planned(cell, planned_minutes=95), by=cell.secretary)
    meeting = actions.change_kind(meeting, kind="combined", by=cell.secretary)
    assert (meeting.kind, meeting.planned_minutes) == ("combined", 120)
    assert TrailLine.objects.latest("id").verb == "meeting kind changed"


def test_the_draft_and_the_steps_follow_the_kind(cell):
    meeting = opened(cell)
    actions.prepare(meeting, by=cell.secretary)
    item = actions.add_item(meeting, title="Rác ngõ 3", by=cell.secretary)
    actions.mark_steps(meeting, by=cell.secretary)
    meeting = actions.change_kind(meeting, kind="thematic", by=cell.secretary)
    item.refresh_from_db()
    assert (meeting.steps_marked_at, item.step) == (None, "them.discussion")
    assert [paper.kind for paper in meeting.resolutions.all()] == ["KL"]


def test_a_draft_somebody_wrote_stays(cell):
    meeting = actions.prepare(planned(cell), by=cell.secretary)
    actions.write_resolution(meeting, summary="nhiệm vụ tháng 7", by=cell.secretary)
    meeting = actions.change_kind(meeting, kind="thematic", by=cell.secretary)
    assert sorted(paper.kind for paper in meeting.resolutions.all()) == ["KL", "NQ"]


def test_votes_are_counted_against_the_base_of_the_new_kind(cell):
    meeting = opened(cell)
    absent = {cell.ids[5]: actions.Absence("excused", "ốm")}
    actions.take_roll(meeting, absences=absent, by=cell.secretary)
    vote = actions.record_vote(
        meeting, subject="resolution", question="", in_favour=4, by=cell.secretary
    )
    assert (vote.base, vote.is_passed) == (8, False)
    actions.change_kind(meeting, kind="congress", by=cell.secretary)
    vote.refresh_from_db()
    assert (vote.base, vote.excused, vote.is_passed) == (7, 1, True)


def test_a_kind_that_cannot_be_is_refused(cell):
    planned(cell, "combined")
    thematic = planned(cell, "thematic")
    refused("second_regular", actions.change_kind, thematic, kind="regular", by=cell.secretary)
    refused("no_such_kind", actions.change_kind, thematic, kind="party", by=cell.secretary)
    begun = opened(cell, "extraordinary")
    actions.take_roll(begun, absences={}, by=cell.secretary)
    refused(
        "roll_call_of_another_body",
        actions.change_kind,
        begun,
        kind="cell_committee",
        by=cell.secretary,
    )
