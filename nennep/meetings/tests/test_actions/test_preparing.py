from datetime import date

import pytest

from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.models import AgendaItem, ChecklistItem, Resolution, ResolutionItem
from nennep.meetings.tests.factories import at, make_cell, opened, planned, ready, resolve
from nennep.organisation.models import Unit

pytestmark = pytest.mark.django_db


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as no:
        call(*args, **more)
    assert no.value.code == code


def _titles(meeting):
    return list(meeting.items.order_by("position").values_list("title", flat=True))


def test_preparing_brings_what_is_open_and_what_superiors_ask_once(cell):
    may = ready(cell, started_at=at(3, month=5), period=date(2024, 5, 1))
    resolve(may, cell, lines=("Làm đường ngõ 3", "Thăm gia đình chính sách"))
    actions.close_minutes(may, by=cell.secretary)
    done = ResolutionItem.objects.get(what__startswith="Thăm")
    actions.record_result(done, result="Đã thăm 12 gia đình", by=cell.secretary)
    for code in ("XA", "HUYEN"):
        actions.set_topic(
            Unit.objects.get(code=code),
            title=f"Chuyên đề của {code}",
            first_month=date(2024, 5, 1),
            last_month=date(2024, 6, 1),
            by=cell.officer,
        )
    june = planned(cell)
    actions.prepare(june, by=cell.secretary)
    actions.prepare(june, by=cell.secretary)
    assert _titles(june) == ["Làm đường ngõ 3", "Chuyên đề của HUYEN", "Chuyên đề của XA"]
    carried = june.items.first()
    assert carried.carried_from.what == "Làm đường ngõ 3"
    assert carried.step == "reg.task_results"
    draft = june.resolutions.get()
    assert [line.what for line in draft.items.all()] == [
        "Chuẩn bị và tổ chức sinh hoạt chi bộ thường kỳ tháng 7/2024",
        "Thu, nộp đảng phí tháng 7/2024 đúng hạn",
    ]


def test_what_stays_open_is_on_every_agenda_until_it_has_a_result(cell):
    for month in (3, 4):
        meeting = ready(cell, started_at=at(3, month=month), period=date(2024, month, 1))
        resolve(meeting, cell, lines=("Làm đường ngõ 3",) if month == 3 else ())
        actions.prepare(meeting, by=cell.secretary)
        actions.close_minutes(meeting, by=cell.secretary)
    june = actions.prepare(planned(cell), by=cell.secretary)
    assert _titles(june) == ["Làm đường ngõ 3"]
    actions.record_result(
        ResolutionItem.objects.get(what="Làm đường ngõ 3"), result="xong", by=cell.secretary
    )
    july = planned(cell, period=date(2024, 7, 1), planned_at=at(3, month=7))
    assert _titles(actions.prepare(july, by=cell.secretary)) == []


def test_the_checklist_has_owners_and_days(cell):
    june = actions.prepare(planned(cell, planned_at=at(20)), by=cell.secretary)
    rows = {c.code: (c.due_on, c.owner) for c in june.checklist.all()}
    secretary, deputy = cell.members[:2]
    assert rows["draft"] == (date(2024, 6, 15), deputy)
    assert rows["committee_meeting"] == (date(2024, 6, 17), secretary)
    assert rows["papers"] == (date(2024, 6, 19), secretary)
    assert "small_committee_meeting" not in rows


def test_a_thematic_meeting_ends_in_a_conclusion(cell):
    meeting = actions.prepare(planned(cell, "thematic"), by=cell.secretary)
    assert [paper.kind for paper in meeting.resolutions.all()] == ["KL"]
    congress = actions.prepare(planned(cell, "congress"), by=cell.secretary)
    assert not congress.resolutions.exists()


def test_prompts_are_those_of_the_block(cell):
    june = planned(cell)
    added = actions.add_prompts(june, by=cell.secretary)
    assert len(added) == 5
    assert "Tạo nguồn kết nạp đảng viên" in _titles(june)
    assert actions.add_prompts(june, by=cell.secretary) == []


def test_items_are_added_changed_moved_and_removed(cell):
    june = planned(cell)
    one, two, three = (
        actions.add_item(june, title=t, by=cell.secretary) for t in ("Một", "Hai", "Ba")
    )
    assert one.step == "reg.discussion"
    actions.move_item(three, to=1, by=cell.secretary)
    assert _titles(june) == ["Ba", "Một", "Hai"]
    actions.edit_item(two, title="Hai rưỡi", by=cell.secretary)
    actions.remove_item(one, by=cell.secretary)
    assert _titles(june) == ["Ba", "Hai rưỡi"]
    assert list(june.items.values_list("position", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("", "title_missing"),
        ("x" * 301, "title_too_long"),
        ("Tối\nTỐI MẬT", "ok"),
        ("MẬT", "secret"),
    ],
)
def test_a_title_is_there_short_and_open(cell, title, code):
    june = planned(cell)
    if code == "ok":
        actions.add_item(june, title=title, by=cell.secretary)
    else:
        refused(code, actions.add_item, june, title=title, by=cell.secretary)


def test_an_item_with_something_on_it_is_not_removed(cell):
    june = opened(cell)
    item = actions.add_item(june, title="Môi trường", by=cell.secretary)
    actions.write_item(item, discussion="Đã bàn", conclusion="", version=0, by=cell.secretary)
    refused("item_not_empty", actions.remove_item, item, by=cell.secretary)


def test_marked_as_on_paper_an_item_loses_its_text_for_good(cell):
    june = opened(cell)
    item = actions.add_item(june, title="Kỷ luật đồng chí X", by=cell.secretary)
    for n, text in enumerate(("một", "hai")):
        actions.write_item(item, discussion=text, conclusion="", version=n, by=cell.secretary)
    item = actions.mark_on_paper(item, title="Việc nội bộ", by=cell.secretary)
    assert (item.title, item.discussion, item.revisions.count()) == ("Việc nội bộ", "", 0)
    refused(
        "on_paper_only",
        actions.write_item,
        item,
        discussion="x",
        conclusion="",
        version=item.version,
        by=cell.secretary,
    )
    assert not actions.mark_on_paper(
        item, title="Việc", is_on_paper=False, by=cell.secretary
    ).is_on_paper_only


def test_the_checklist_is_ticked_and_given_to_members_of_the_cell(cell):
    other = make_cell("CB2")
    actions.prepare(planned(cell), by=cell.secretary)
    entry = ChecklistItem.objects.get(code="draft")
    assert actions.tick_checklist(entry, by=cell.secretary).done_at
    assert actions.tick_checklist(entry, is_done=False, by=cell.secretary).done_at is None
    given = actions.assign_task(
        entry, owner=cell.members[3], due_on=date(2024, 6, 1), by=cell.secretary
    )
    assert (given.owner, given.due_on) == (cell.members[3], date(2024, 6, 1))
    assert actions.assign_task(entry, owner=None, due_on=None, by=cell.secretary).owner is None
    by = {"by": cell.secretary, "due_on": None}
    refused("not_of_this_cell", actions.assign_task, entry, owner=other.members[0], **by)
    by = {"by": cell.secretary, "owner": None}
    refused("due_after_the_meeting", actions.assign_task, entry, due_on=date(2024, 6, 4), **by)


def test_sending_is_noted_with_past_moments_and_never_in_the_future(cell):
    june = planned(cell)
    for mark, column in (
        (actions.mark_invited, "invited_at"),
        (actions.mark_superior_told, "superior_told_at"),
        (actions.mark_papers_sent, "papers_sent_at"),
    ):
        assert getattr(mark(june, at=at(1), by=cell.secretary), column) == at(1)
        refused("in_future", mark, june, at=at(20), by=cell.secretary)
        assert getattr(mark(june, by=cell.secretary), column) is not None
    assert actions.unmark(june, "papers_sent", by=cell.secretary).papers_sent_at is None
    refused("not_opened", actions.mark_finished_sent, june, by=cell.secretary)


def test_finished_papers_go_out_after_the_meeting_also_once_it_is_closed(cell):
    meeting = ready(cell)
    actions.close_minutes(meeting, by=cell.secretary)
    refused(
        "finished_before_held", actions.mark_finished_sent, meeting, at=at(2), by=cell.secretary
    )
    assert actions.mark_finished_sent(meeting, at=at(5), by=cell.secretary).finished_sent_at == at(
        5
    )
    refused("closed", actions.mark_papers_sent, meeting, at=at(2), by=cell.secretary)


def test_topics_are_set_above_cells_for_months_in_order(cell):
    commune = Unit.objects.get(code="XA")
    months = {"first_month": date(2024, 6, 1), "last_month": date(2024, 6, 1)}
    refused("is_a_cell", actions.set_topic, cell.unit, title="x", **months, by=cell.officer)
    refused("title_missing", actions.set_topic, commune, title=" ", **months, by=cell.officer)
    refused("secret", actions.set_topic, commune, title="TỐI MẬT", **months, by=cell.officer)
    refused(
        "period_backwards", actions.set_topic, commune, title="x",
        first_month=date(2024, 6, 1), last_month=date(2024, 5, 1), by=cell.officer,
    )  # fmt: skip
    topic = actions.set_topic(commune, title="Học Bác", **months, by=cell.officer)
    actions.withdraw_topic(topic, by=cell.officer)
    actions.withdraw_topic(topic, by=cell.officer)
    actions.prepare(planned(cell), by=cell.secretary)
    assert AgendaItem.objects.count() == 0


def test_the_draft_is_made_once(cell):
    june = actions.prepare(planned(cell), by=cell.secretary)
    actions.write_resolution(june, summary="x", by=cell.secretary)
    actions.prepare(june, by=cell.secretary)
    assert Resolution.objects.get().summary == "x"
