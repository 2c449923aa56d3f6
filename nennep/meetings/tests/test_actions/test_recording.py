from datetime import date

import pytest

from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.actions import Absence, PastSheet, SheetLine, SheetVote
from nennep.meetings.actions.recording import EditedMeanwhile
from nennep.meetings.models import Meeting, Resolution, ResolutionItem, Revision
from nennep.meetings.tests.factories import at, opened, planned, ready, resolve

pytestmark = pytest.mark.django_db


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as no:
        call(*args, **more)
    assert no.value.code == code
    return no.value


def write(item, said="", concluded="", *, version, by):
    return actions.write_item(item, discussion=said, conclusion=concluded, version=version, by=by)


def test_each_text_keeps_what_stood_before(cell):
    item = actions.add_item(opened(cell), title="Môi trường", by=cell.secretary)
    item = write(item, "một", "hai", version=0, by=cell.secretary)
    item = write(item, "một rưỡi", "hai", version=1, by=cell.officer)
    assert item.version == 2
    kept = Revision.objects.get()
    assert (kept.discussion, kept.version, kept.saved_by) == ("một", 1, cell.officer)
    assert (
        write(item, "một rưỡi", "hai", version=0, by=cell.secretary).version == 2
    )  # the same again


def test_two_people_editing_one_item_are_told_and_nothing_is_lost(cell):
    item = actions.add_item(opened(cell), title="Môi trường", by=cell.secretary)
    write(item, "của tôi", version=0, by=cell.secretary)
    with pytest.raises(EditedMeanwhile) as no:
        write(item, "của bạn", version=0, by=cell.officer)
    assert no.value.code == "edited_meanwhile"
    assert no.value.theirs.discussion == "của tôi"
    item.refresh_from_db()
    assert item.discussion == "của tôi"


def test_the_texts_of_opening_and_closing_warn_as_well(cell):
    meeting = opened(cell)
    first = actions.write_opening(
        meeting, text="Tuyên bố lý do", version=meeting.version, by=cell.secretary
    )
    with pytest.raises(EditedMeanwhile):
        actions.write_opening(meeting, text="Khác", version=meeting.version, by=cell.officer)
    actions.write_closing(meeting, text="Kết luận chung", version=first.version, by=cell.secretary)
    assert (
        actions.write_closing(meeting, text="Kết luận chung", version=0, by=cell.secretary).version
        == 2
    )
    refused(
        "secret",
        actions.write_closing,
        meeting,
        text="a\nTUYỆT MẬT\nb",
        version=2,
        by=cell.secretary,
    )


def test_lines_of_a_resolution_are_written_changed_and_removed(cell):
    meeting = opened(cell)
    paper = actions.write_resolution(
        meeting, last_month="Đã làm", next_month="Sẽ làm", by=cell.secretary
    )
    one = actions.add_line(paper, what="Việc một", who=cell.members[0], by=cell.secretary)
    two = actions.add_line(
        paper, what="Việc hai", who_text="Tổ 2", due_on=date(2024, 7, 1), by=cell.secretary
    )
    actions.edit_line(one, what="Việc đầu", by=cell.secretary)
    assert ResolutionItem.objects.get(pk=one.pk).who is None
    actions.remove_line(one, by=cell.secretary)
    two.refresh_from_db()
    assert (two.position, two.what) == (1, "Việc hai")
    refused("what_missing", actions.add_line, paper, what=" ", by=cell.secretary)
    refused("secret", actions.add_line, paper, what="TỐI MẬT", by=cell.secretary)
    actions.remove_resolution(paper, by=cell.secretary)
    assert Resolution.objects.count() == 0


@pytest.mark.parametrize("kind", ["HD", "CT", "KH"])
def test_kinds_that_do_not_come_of_a_meeting_are_refused(cell, kind):
    code = "kind_not_of_a_meeting"
    refused(code, actions.write_resolution, opened(cell), kind=kind, by=cell.secretary)


def test_a_result_is_written_after_closing_and_nothing_else_is(cell):
    meeting = ready(cell)
    paper = resolve(meeting, cell)
    actions.close_minutes(meeting, by=cell.secretary)
    line = paper.items.get()
    assert (
        actions.record_result(
            line, result=" Xong  rồi ", done_on=date(2024, 6, 10), by=cell.secretary
        ).result
        == "Xong rồi"
    )
    refused(
        "in_future",
        actions.record_result,
        line,
        result="",
        done_on=date(2024, 7, 1),
        by=cell.secretary,
    )
    for call, more in [
        (actions.add_line, {"resolution": paper, "what": "x"}),
        (actions.edit_line, {"line": line, "what": "x"}),
        (actions.remove_line, {"line": line}),
        (actions.remove_resolution, {"resolution": paper}),
        (actions.write_resolution, {"meeting": meeting}),
        (actions.undo_open, {"meeting": meeting}),
        (actions.take_roll, {"meeting": meeting, "absences": {}}),
        (actions.write_closing, {"meeting": meeting, "text": "x", "version": 0}),
        (actions.declare_free_of_secrets, {"meeting": meeting}),
        (actions.adopt_minutes, {"meeting": meeting}),
        (actions.mark_invited, {"meeting": meeting}),
        (actions.add_item, {"meeting": meeting, "title": "x"}),
        (actions.add_guest, {"meeting": meeting, "full_name": "x"}),
        (actions.give_minute_pass, {"meeting": meeting}),
    ]:
        refused("closed", call, by=cell.secretary, **more)


def test_minutes_are_not_adopted_before_they_began_nor_in_the_future(cell):
    meeting = opened(cell)
    refused("adopted_before_start", actions.adopt_minutes, meeting, at=at(2), by=cell.secretary)
    refused("in_future", actions.adopt_minutes, meeting, at=at(30), by=cell.secretary)


def sheet(cell, **more):
    return PastSheet(
        **{
            "kind": "regular",
            "period": date(2024, 3, 1),
            "started_at": at(4, month=3),
            "ended_at": at(4, 21, 15, month=3),
            "place": "Nhà văn hóa",
            "minute_taker": cell.members[1],
            "absences": {cell.ids[3]: Absence("excused", "ốm")},
            "spoke_all_but": [cell.ids[4]],
            "skipped_steps": ["reg.criticism"],
            "dues": (9, 9),
            "items": [("Vệ sinh môi trường", "Dọn ngõ"), ("Việc khác", "")],
            "conclusion": "Chủ trì kết luận",
            "summary": "nhiệm vụ tháng 4",
            "lines": [SheetLine("Dọn ngõ 3", who=cell.members[2])],
            "vote": SheetVote(8),
            "papers_sent_at": at(3, month=3),
            "finished_sent_at": at(5, month=3),
        }
        | more
    )


def test_a_past_meeting_is_typed_in_from_one_page(cell):
    closing = actions.record_past_meeting(cell.unit, sheet=sheet(cell), by=cell.secretary)
    meeting = Meeting.objects.get()
    assert meeting.is_closed
    assert [paper.symbol for paper in closing.issued] == ["01-NQ/CB"]
    assert (meeting.roll_call.present, meeting.roll_call.speakers) == (8, 7)
    assert meeting.closing_text == "Chủ trì kết luận"
    assert meeting.finished_sent_at == at(5, month=3)


def test_a_past_meeting_is_recorded_whole_or_not_at_all(cell):
    refused(
        "more_votes_than_base", actions.record_past_meeting, cell.unit,
        sheet=sheet(cell, vote=SheetVote(80)), by=cell.secretary,
    )  # fmt: skip
    assert Meeting.objects.count() == 0
    actions.record_past_meeting(cell.unit, sheet=sheet(cell), by=cell.secretary)
    refused(
        "second_regular",
        actions.record_past_meeting,
        cell.unit,
        sheet=sheet(cell),
        by=cell.secretary,
    )


def test_a_past_combined_meeting_keeps_both_parts(cell):
    given = sheet(
        cell, kind="combined", topic="Học Bác", thematic_started_at=at(4, 20, 30, month=3)
    )
    actions.record_past_meeting(cell.unit, sheet=given, by=cell.secretary)
    assert Meeting.objects.get().thematic_started_at == at(4, 20, 30, month=3)


def test_a_plan_is_not_recorded_on(cell):
    refused("not_opened", actions.adopt_minutes, planned(cell), by=cell.secretary)
    refused("not_opened", actions.mark_steps, Meeting.objects.get(), by=cell.secretary)
