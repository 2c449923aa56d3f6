import time
import uuid
from datetime import date, timedelta

import pytest

from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.actions import Absence, GroupPartGiven, RollFigures
from nennep.meetings.models import Attendance, Meeting, Vote
from nennep.meetings.queries.marks import majority_warning, marks
from nennep.meetings.tests.factories import (
    at,
    make_cell,
    make_figures_only_cell,
    opened,
    planned,
    ready,
)
from nennep.organisation.models import PartyGroup
from nennep.regulations.actions import enter_value
from nennep.regulations.models import Basis

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=9, exempt=1, away=1, suspended=1)


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as no:
        call(*args, **more)
    assert no.value.code == code


def roll(meeting, cell, absences=None, **more):
    return actions.take_roll(meeting, absences=absences or {}, by=cell.secretary, **more)


def test_the_secretary_is_in_the_chair_unless_somebody_else_is_named(cell):
    meeting = opened(cell)
    assert (meeting.chair, meeting.chair_name, meeting.chair_post) == (
        cell.members[0], cell.members[0].full_name, "secretary",
    )  # fmt: skip
    meeting = actions.open_meeting(meeting, chair=cell.members[1], by=cell.secretary)
    assert (meeting.chair_name, meeting.chair_post) == (cell.members[1].full_name, "deputy")
    meeting = actions.open_meeting(meeting, minute_taker_name="Lê Thị Khách", by=cell.secretary)
    assert (meeting.minute_taker, meeting.minute_taker_name, meeting.chair_post) == (
        None,
        "Lê Thị Khách",
        "deputy",
    )


def test_what_has_not_come_yet_is_not_recorded(cell):
    refused("in_future", actions.open_meeting, planned(cell), started_at=at(20), by=cell.secretary)


def test_everyone_present_except(cell):
    meeting = opened(cell)
    call = roll(
        meeting,
        cell,
        {cell.ids[3]: Absence("excused", "  đi  công tác "), cell.ids[4]: Absence("unexcused")},
        late=[cell.ids[1]],
        left_early=[cell.ids[2]],
        exempt_came=[cell.ids[6]],
    )
    assert (call.required, call.present, call.excused, call.unexcused) == (7, 5, 1, 1)
    assert (call.strength, call.exempt, call.away, call.suspended) == (10, 1, 1, 1)
    assert (call.exempt_present, call.voting_base) == (
        1,
        7,
    )  # 9 − 1 away − 1 suspended; the exempt one came
    assert Attendance.objects.get(member=cell.ids[3]).reason == "đi công tác"
    assert Attendance.objects.get(member=cell.ids[1]).came_late
    assert Attendance.objects.count() == 8


def test_an_exempt_member_who_stays_away_leaves_the_base(cell):
    assert roll(opened(cell), cell).voting_base == 6


def test_taken_again_the_roll_call_replaces_the_one_before(cell):
    meeting = opened(cell)
    roll(meeting, cell)
    actions.who_spoke(meeting, except_ids=[cell.ids[5]], by=cell.secretary)
    call = roll(meeting, cell, {cell.ids[0]: Absence("excused", "ốm")})
    spoke = set(Attendance.objects.filter(spoke=True).values_list("member_id", flat=True))
    assert cell.ids[0] not in spoke
    assert len(spoke) == call.speakers == 5
    assert call.present == 6


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"absences": {0: Absence()}, "late": [0]}, "present_and_absent"),
        ({"absences": {6: Absence()}}, "not_expected"),
        ({"exempt_came": [0]}, "not_exempt"),
        ({"absences": {0: Absence("present")}}, "absence_unclear"),
        ({"absences": {0: Absence("excused", "TỐI MẬT")}}, "secret"),
    ],
)
def test_what_contradicts_itself_is_refused(cell, given, code):
    meeting = opened(cell)
    absences = {cell.ids[n]: absence for n, absence in given.pop("absences", {}).items()}
    named = {name: [cell.ids[n] for n in places] for name, places in given.items()}
    refused(code, actions.take_roll, meeting, absences=absences, by=cell.secretary, **named)
    assert Attendance.objects.count() == 0


def test_somebody_of_another_cell_is_not_called(cell):
    other = make_cell("CB2")
    refused("not_on_roll", roll, opened(cell), cell, {other.ids[0]: Absence()})


def test_two_phones_do_not_overwrite_each_other_unseen(cell):
    meeting = opened(cell)
    roll(meeting, cell, version=meeting.version)
    refused("edited_meanwhile", roll, meeting, cell, version=meeting.version)


def test_the_roll_is_called_once_the_meeting_is_open(cell):
    refused("not_opened", roll, planned(cell), cell)


def test_speakers_were_present(cell):
    meeting = opened(cell)
    refused("no_roll_call", actions.who_spoke, meeting, ids=[], by=cell.secretary)
    roll(meeting, cell, {cell.ids[0]: Absence("excused")})
    refused("speaker_not_present", actions.who_spoke, meeting, ids=[cell.ids[0]], by=cell.secretary)
    assert actions.who_spoke(meeting, ids=cell.ids[1:3], by=cell.secretary) == 2
    assert actions.who_spoke(meeting, except_ids=[], by=cell.secretary) == 6


def test_a_figures_only_cell_keeps_totals_and_no_name():
    cell = make_figures_only_cell()
    meeting = actions.open_meeting(planned(cell), started_at=at(3), by=cell.secretary)
    refused("figures_only", actions.take_roll, meeting, absences={}, by=cell.secretary)
    refused("figures_only", actions.add_guest, meeting, full_name="Lê Văn A", by=cell.secretary)
    refused(
        "figures_only",
        actions.open_meeting,
        meeting,
        minute_taker_name="Lê Văn A",
        by=cell.secretary,
    )
    refused(
        "figures_required_differs", actions.take_roll_figures, meeting,
        figures=RollFigures(12, 1, present=9), by=cell.secretary,
    )  # fmt: skip
    call = actions.take_roll_figures(
        meeting, figures=RollFigures(12, 1, present=12, excused=1), by=cell.secretary
    )
    assert (call.required, call.is_typed, meeting.chair_name) == (13, True, "")
    refused(
        "figures_only", actions.give_minute_pass, meeting,
        member=make_cell("CB9").members[0], by=cell.secretary,
    )  # fmt: skip


def test_a_cell_with_a_roll_types_no_figures(cell):
    refused(
        "has_a_roll", actions.take_roll_figures, opened(cell),
        figures=RollFigures(9, 1, present=10), by=cell.secretary,
    )  # fmt: skip


def test_the_committee_calls_its_own_members():
    cell = make_cell(official=9)
    call = roll(opened(cell, "cell_committee"), cell)
    assert (call.required, call.official) == (3, 3)


def test_steps_are_as_the_agenda_except(cell):
    meeting = opened(cell)
    marked = actions.mark_steps(meeting, skipped=["reg.report", "reg.criticism"], by=cell.secretary)
    assert marked.skipped_steps == ["reg.report", "reg.criticism"]
    refused("no_such_step", actions.mark_steps, meeting, skipped=["reg.song"], by=cell.secretary)


def test_guests_and_dues(cell):
    meeting = opened(cell)
    guest = actions.add_guest(meeting, full_name="Đỗ Thị Hạnh", is_superior=True, by=cell.secretary)
    assert actions.add_guest(meeting, full_name="Đỗ Thị Hạnh", by=cell.secretary) == guest
    refused("name_missing", actions.add_guest, meeting, full_name=" ", by=cell.secretary)
    actions.remove_guest(guest, by=cell.secretary)
    assert meeting.guests.count() == 0
    assert actions.set_dues(meeting, paid=9, due=10, by=cell.secretary).dues_paid == 9
    refused("dues_contradict", actions.set_dues, meeting, paid=11, due=10, by=cell.secretary)


@pytest.mark.parametrize(
    ("ended_at", "code"),
    [
        (at(3, 19, 30), "end_before_start"),
        (at(3, 18), "end_before_start"),
        (at(4, 19, 30), "too_long"),
    ],
)
def test_the_end_comes_after_the_start(cell, ended_at, code):
    refused(code, actions.end_meeting, opened(cell), ended_at=ended_at, by=cell.secretary)


def test_a_combined_session_has_two_parts(cell):
    meeting = opened(cell, "combined", topic="Chuyển đổi số")
    refused("end_before_start", actions.start_thematic, meeting, at=at(3, 19), by=cell.secretary)
    meeting = actions.start_thematic(meeting, at=at(3, 20, 30), by=cell.secretary)
    refused("end_before_start", actions.end_meeting, meeting, ended_at=at(3, 20), by=cell.secretary)
    roll(meeting, cell)
    meeting = actions.end_meeting(meeting, ended_at=at(3, 21, 10), by=cell.secretary)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert [mark.kind for mark in marks(meeting)] == ["combined_too_short"]
    refused("not_combined", actions.start_thematic, opened(make_cell("CB2")), by=cell.secretary)


def test_a_short_meeting_is_recorded_and_marked_with_its_clause(cell):
    meeting = opened(cell)
    roll(meeting, cell)
    meeting = actions.end_meeting(meeting, ended_at=at(3, 20, 15), by=cell.secretary)
    mark = marks(meeting)[0]
    assert mark.kind == "too_short"
    assert mark.source.symbol == "12-HD/BTCTW"


def test_a_local_rule_marks_the_cells_under_it_only(cell):
    xa = cell.unit.parent
    enter_value(
        key="meetings.minimum_minutes", value=120, scope_path=xa.path, valid_from=date(2024, 1, 1),
        basis=Basis.objects.first(), clause="quy định riêng", by=cell.officer,
    )  # fmt: skip
    meeting = ready(cell)
    assert [(mark.kind, mark.source.clause) for mark in marks(meeting)] == [
        ("too_short", "quy định riêng")
    ]


def test_party_groups_hold_parts_of_one_meeting():
    cell = make_cell("CBT", party_groups=("Tổ đảng 1", "Tổ đảng 2"))
    groups = list(PartyGroup.objects.filter(unit=cell.unit))
    meeting = opened(cell)
    parts = [GroupPartGiven(g, at(3), at(3, 20, 30), "Nhà ông Ba") for g in groups]
    assert len(actions.set_group_parts(meeting, parts=parts, by=cell.secretary)) == 2
    assert len(actions.set_group_parts(meeting, parts=parts[:1], by=cell.secretary)) == 1
    assert meeting.group_parts.count() == 1
    other = opened(make_cell("CBK"))
    refused("group_of_another_cell", actions.set_group_parts, other, parts=parts, by=cell.secretary)
    backwards = [GroupPartGiven(groups[0], at(3), at(3, 18))]
    refused(
        "end_before_start", actions.set_group_parts, meeting, parts=backwards, by=cell.secretary
    )


def test_opening_by_mistake_is_undone_and_the_agenda_stays(cell):
    meeting = opened(cell)
    actions.add_item(meeting, title="Môi trường", by=cell.secretary)
    roll(meeting, cell)
    vote(meeting, cell)
    actions.end_meeting(meeting, ended_at=at(3, 21), by=cell.secretary)
    meeting = actions.undo_open(Meeting.objects.get(pk=meeting.pk), by=cell.secretary)
    assert (meeting.started_at, meeting.ended_at) == (None, None)
    assert (Attendance.objects.count(), Vote.objects.count(), meeting.items.count()) == (0, 0, 1)


def test_the_start_is_corrected_but_not_to_another_day_once_the_roll_was_called(cell):
    meeting = opened(cell)
    roll(meeting, cell)
    assert actions.open_meeting(
        meeting, started_at=at(3, 19, 45), by=cell.secretary
    ).started_at == at(3, 19, 45)
    meeting = Meeting.objects.get(pk=meeting.pk)
    refused(
        "roll_call_of_another_day",
        actions.open_meeting,
        meeting,
        started_at=at(4),
        by=cell.secretary,
    )


def vote(meeting, cell, subject="resolution", in_favour=6, **more):
    return actions.record_vote(
        meeting,
        subject=subject,
        question=more.pop("question", ""),
        in_favour=in_favour,
        by=cell.secretary,
        **more,
    )


def test_a_vote_keeps_its_base_threshold_and_result(cell):
    meeting = opened(cell)
    refused("no_roll_call", vote, meeting, cell)
    roll(meeting, cell)
    taken = vote(meeting, cell, "admission", 4, against=1, other=1, method="secret")
    assert (taken.official, taken.away, taken.suspended, taken.exempt_absent, taken.base) == (
        9,
        1,
        1,
        1,
        6,
    )
    assert (taken.threshold, taken.is_passed, taken.question) == (
        "≥ 2/3",
        True,
        "Đề nghị kết nạp đảng viên",
    )
    assert vote(meeting, cell, "resolution", 3, against=3).is_passed is False


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"subject": "song"}, "no_such_subject"),
        ({"method": "shout"}, "no_such_method"),
        ({"in_favour": 5, "against": 2}, "more_votes_than_base"),
        ({"in_favour": -1}, "votes_negative"),
        ({"in_favour": 2, "deducted_by_law": 1}, "deduction_without_reason"),
        (
            {"in_favour": 6, "deducted_by_law": 1, "deduction_reason": "tạm giam"},
            "more_votes_than_base",
        ),
        ({"question": "TỐI MẬT"}, "secret"),
    ],
)
def test_a_vote_that_cannot_be_is_refused(cell, given, code):
    meeting = opened(cell)
    roll(meeting, cell)
    refused(code, vote, meeting, cell, **given)


def test_members_deducted_by_law_leave_the_base_with_a_reason(cell):
    meeting = opened(cell)
    roll(meeting, cell)
    taken = vote(meeting, cell, in_favour=3, deducted_by_law=1, deduction_reason="bị tạm giam")
    assert (taken.base, taken.is_passed) == (5, True)


def test_a_vote_sent_twice_is_one_vote(cell):
    meeting = opened(cell)
    roll(meeting, cell)
    key = uuid.uuid4()
    assert vote(meeting, cell, public_id=key) == vote(meeting, cell, public_id=key)
    refused("vote_differs", vote, meeting, cell, in_favour=5, public_id=key)
    actions.remove_vote(Vote.objects.get(), by=cell.secretary)
    assert Vote.objects.count() == 0


def test_a_cell_too_small_to_decide_votes_without_effect():
    cell = make_cell("NHO", official=2, probationary=3)
    meeting = opened(cell)
    roll(meeting, cell)
    taken = vote(meeting, cell, in_favour=2)
    assert (taken.is_passed, taken.is_effective) == (True, False)
    assert "ít nhất 3" in taken.flaw
    assert "chi bộ có ít nhất 3 đảng viên chính thức" in taken.flaw
    assert [mark.kind for mark in marks(Meeting.objects.get())] == ["too_few_official"]


def test_votes_follow_a_roll_call_that_is_taken_again(cell):
    meeting = opened(cell)
    roll(meeting, cell)
    vote(meeting, cell, in_favour=4)
    roll(meeting, cell, exempt_came=[cell.ids[6]])
    again = Vote.objects.get()
    assert (again.base, again.exempt_absent, again.is_passed) == (7, 0, True)


def test_too_few_to_pass_anything_is_a_warning_and_no_bar(cell):
    meeting = opened(cell)
    absent = {member_id: Absence("excused") for member_id in cell.ids[2:6]}
    roll(meeting, cell, absent)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert majority_warning(meeting, 2)
    assert majority_warning(meeting, 4) == ""
    assert actions.end_meeting(meeting, ended_at=at(3, 21), by=cell.secretary)


def test_the_roll_call_of_a_large_cell_is_one_write_whatever_its_size(
    django_assert_max_num_queries,
):
    cell = make_cell("LON", official=27, probationary=2)
    meeting = opened(cell)
    with django_assert_max_num_queries(26):
        roll(meeting, cell)
    began = time.process_time()
    for _turn in range(5):
        roll(meeting, cell, {cell.ids[3]: Absence("excused", "ốm")})
    assert (time.process_time() - began) / 5 < 0.2
    assert timedelta(0) < at(3, 21) - at(3)
