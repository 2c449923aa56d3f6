"""Papers opened again: the text of the Word file holds every field that was recorded."""

import io
from datetime import date, timedelta

import docx
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.actions import Absence
from nennep.meetings.models import GroupPart, Meeting, ResolutionItem
from nennep.meetings.queries.minutes import minutes_of
from nennep.meetings.queries.papers import (
    agenda_paper,
    agenda_text,
    blank_minutes_paper,
    invitation_paper,
    invitation_text,
    minutes_book,
    minutes_paper,
    resolution_paper,
    resolutions_book,
    sign_in_paper,
)
from nennep.meetings.tests.factories import at, make_cell, make_figures_only_cell, planned
from nennep.members.models import Standing
from nennep.organisation.actions import rename_unit
from nennep.papers.render import render
from nennep.regulations.queries import RuleBook

pytestmark = pytest.mark.django_db


def words_of(paper):
    """Everything the Word file says: paragraphs and cells, in any order."""
    document = docx.Document(io.BytesIO(render(paper, "docx")))
    texts = [p.text for p in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        texts += [p.text for p in section.footer.paragraphs]
    return " ".join(" ".join(texts).split())


def hold(cell, period=date(2024, 6, 1), start=None, kind="regular", in_favour=6):
    who, start = cell.secretary, start or at(4)
    meeting = actions.plan_meeting(
        cell.unit,
        kind=kind,
        period=period,
        planned_at=start,
        place="Nhà văn hóa thôn",
        topic="Học Bác",
        by=who,
    )
    actions.prepare(meeting, by=who)
    actions.mark_papers_sent(meeting, at=start - timedelta(days=2), by=who)
    actions.open_meeting(meeting, started_at=start, minute_taker=cell.members[1], by=who)
    actions.add_guest(
        meeting, full_name="Đỗ Thị Hạnh", post="Phó bí thư Đảng ủy xã", is_superior=True, by=who
    )
    actions.add_guest(meeting, full_name="Ngô Văn Phú", post="Trưởng thôn", by=who)
    if kind == "cell_committee":
        actions.take_roll(meeting, absences={}, by=who)
    else:
        actions.take_roll(
            meeting,
            absences={
                cell.ids[3]: Absence("excused", "đi công tác"),
                cell.ids[4]: Absence("unexcused"),
            },
            late=[cell.ids[2]],
            left_early=[cell.ids[5]],
            exempt_came=[cell.ids[6]],
            by=who,
        )
        actions.who_spoke(meeting, ids=[cell.ids[0], cell.ids[2]], by=who)
    actions.set_dues(meeting, paid=9, due=10, by=who)
    if kind == "regular":
        actions.mark_steps(meeting, skipped=["reg.criticism"], by=who)
    item = actions.add_item(meeting, title="Vệ sinh môi trường", by=who)
    actions.write_item(
        item, discussion="Bàn về rác ngõ 3", conclusion="Dọn sáng chủ nhật", version=0, by=who
    )
    paper_item = actions.add_item(meeting, title="Việc nội bộ", is_on_paper_only=True, by=who)
    actions.record_vote(
        meeting,
        subject="removal",
        question="Việc nội bộ",
        in_favour=2,
        against=1,
        method="secret",
        item=paper_item,
        by=who,
    )
    paper = actions.write_resolution(
        meeting,
        summary="lãnh đạo nhiệm vụ tháng 7",
        last_month="Đã xong đường",
        next_month="Giữ vệ sinh",
        by=who,
    )
    actions.add_line(
        paper, what="Thu gom rác ngõ 3", who=cell.members[2], due_on=date(2024, 7, 3), by=who
    )
    if kind == "regular":
        actions.record_vote(
            meeting, subject="resolution", question="Thông qua", in_favour=in_favour, by=who
        )
    actions.write_opening(meeting, text="Bí thư nêu lý do", version=1, by=who)
    actions.write_closing(meeting, text="Chủ trì tổng hợp", version=2, by=who)
    end = start + timedelta(minutes=105)
    actions.end_meeting(meeting, ended_at=end, by=who)
    actions.adopt_minutes(meeting, at=end, by=who)
    actions.declare_free_of_secrets(meeting, by=who)
    return actions.close_minutes(meeting, by=who)


@pytest.fixture
def cell():
    return make_cell(official=9, exempt=1, away=1, suspended=1)


FIELDS = [
    "ĐẢNG BỘ XÃ BÌNH AN", "CHI BỘ THÔN ĐÔNG", "ĐẢNG CỘNG SẢN VIỆT NAM", "BIÊN BẢN",
    "Sinh hoạt chi bộ thường kỳ tháng 6 năm 2024", "19 giờ 30, ngày 04 tháng 6 năm 2024",
    "Nhà văn hóa thôn", "Chủ trì: đồng chí Nguyễn Văn An, Bí thư", "Người ghi biên bản: đồng chí Trần Văn Bình",
    "đã gửi đảng viên ngày 2-6-2024", "Bí thư nêu lý do", "10 đồng chí (chính thức 9, dự bị 1)",
    "miễn công tác và sinh hoạt đảng: 1", "đi nơi khác: 1", "Tạm đình chỉ sinh hoạt: 1",
    "sinh hoạt tạm thời tại chi bộ: không", "Phải dự họp: 7", "5/7 đồng chí, đạt 71,4%",
    "Vắng có lý do: 1 đồng chí: Phạm Văn Dũng (đi công tác)", "Vắng không có lý do: 1 đồng chí: Hoàng Văn Đạt",
    "Đến muộn: 1 đồng chí: Lê Văn Chi", "Về sớm: 1 đồng chí: Đặng Văn Giang",
    "Đảng viên được miễn có dự: 1 đồng chí: Bùi Văn Hà", "đồng chí Đỗ Thị Hạnh, Phó bí thư Đảng ủy xã",
    "đồng chí Ngô Văn Phú, Trưởng thôn", "đã nộp 9/10", "Tự phê bình và phê bình",
    "Các đồng chí phát biểu (2)", "Vệ sinh môi trường", "Bàn về rác ngõ 3", "Kết luận: Dọn sáng chủ nhật",
    "Nội dung ghi trên sổ giấy", "bỏ phiếu kín", "giơ thẻ đảng viên", "Số đảng viên tính biểu quyết: 7",
    "sinh hoạt tạm thời nơi khác 1, tạm đình chỉ 1", "Tán thành 6/7", "trên một nửa", "từ hai phần ba trở lên",
    "không thông qua", "Chủ trì tổng hợp", "nghị quyết số 01-NQ/CB, ngày 4-6-2024", "Thu gom rác ngõ 3", "3-7-2024",
    "đã được đọc trước buổi sinh hoạt", "21 giờ 15 cùng ngày", "105 phút", "NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ",
]  # fmt: skip


def test_the_minutes_hold_every_field(cell):
    meeting = hold(cell).meeting
    text = words_of(minutes_paper(meeting))
    assert [field for field in FIELDS if field not in text] == []


def test_the_minutes_show_corrections_and_are_otherwise_as_closed(cell):
    meeting = hold(cell).meeting
    actions.add_addendum(meeting, text="Kết thúc lúc 21 giờ 20.", by=cell.secretary)
    text = words_of(minutes_paper(meeting))
    assert "ĐÍNH CHÍNH" in text
    assert "Ngày 13-6-2024: Kết thúc lúc 21 giờ 20." in text


def test_names_are_those_of_the_day(cell):
    meeting = hold(cell).meeting
    rename_unit(cell.unit, "Chi bộ thôn Đông Mới", on=date(2024, 6, 10), by=cell.officer)
    rename_unit(cell.unit.parent, "Đảng bộ xã Mới", on=date(2024, 6, 10), by=cell.officer)
    text = words_of(minutes_paper(meeting))
    assert "CHI BỘ THÔN ĐÔNG" in text
    assert "MỚI" not in text


def test_the_resolution_holds_its_parts_number_and_vote(cell):
    may = hold(cell, date(2024, 5, 1), at(3, month=5))
    line = ResolutionItem.objects.get(resolution=may.issued[0], what__startswith="Thu gom")
    actions.record_result(line, result="Đã gom xong", by=cell.secretary)
    paper = hold(cell).issued[0]
    text = words_of(resolution_paper(paper))
    expected = [
        "Số 02-NQ/CB", "Hà Nội, ngày 04 tháng 6 năm 2024", "NGHỊ QUYẾT", "lãnh đạo nhiệm vụ tháng 7",
        "Tổng số đảng viên 10 đồng chí (chính thức 9, dự bị 1); phải dự họp 7, có mặt 5, vắng có lý do 1, vắng không có lý do 1; được miễn sinh hoạt 1",
        "Thời gian họp 105 phút", "Đảng phí: đã nộp 9/10", "Đã xong đường", "Đã gom xong", "Giữ vệ sinh",
        "tháng 7/2024", "TỔ CHỨC THỰC HIỆN", "6/7 đảng viên tán thành (85,7%)", "T/M CHI BỘ", "BÍ THƯ",
        "Nguyễn Văn An", "Đảng ủy xã Bình An (để báo cáo)", "Lưu Chi bộ",
    ]  # fmt: skip
    assert [field for field in expected if field not in text] == []


def test_a_resolution_that_failed_is_a_draft_without_a_number(cell):
    closing = hold(cell, in_favour=3)
    text = words_of(resolution_paper(closing.unissued[0][0]))
    assert "Dự thảo" in text
    assert "01-NQ/CB" not in text


def test_the_committees_minutes_and_conclusion_are_its_own():
    cell = make_cell(official=9, exempt=1, away=1, suspended=1)
    closing = hold(cell, kind="cell_committee")
    text = words_of(minutes_paper(closing.meeting))
    assert "CHI ỦY CHI BỘ THÔN ĐÔNG" in text
    text = words_of(resolution_paper(closing.issued[0]))
    assert "KẾT LUẬN" in text
    assert "01-KL/CB" in text
    assert "T/M CHI ỦY" in text


def test_a_figures_only_cells_minutes_name_nobody():
    from nennep.meetings.actions import RollFigures

    cell = make_figures_only_cell()
    meeting = planned(cell)
    actions.open_meeting(meeting, started_at=at(3), by=cell.secretary)
    actions.take_roll_figures(
        meeting, figures=RollFigures(12, 1, present=11, excused=2, speakers=4), by=cell.secretary
    )
    text = words_of(minutes_paper(meeting))
    assert "11/13 đồng chí" in text
    assert "Vắng có lý do: 2 đồng chí" in text
    assert "Có 4 đồng chí phát biểu" in text


def test_papers_before_the_meeting(cell):
    hold(cell)
    july = planned(cell, period=date(2024, 7, 1), planned_at=at(3, month=7), place="Đình làng")
    actions.prepare(july, by=cell.secretary)
    agenda = words_of(agenda_paper(july))
    for field in (
        "CHƯƠNG TRÌNH",
        "Đình làng",
        "Thông qua chương trình",
        "Thu gom rác ngõ 3 (chuyển từ tháng trước)",
    ):
        assert field in agenda
        assert field.lower() in agenda_text(july).lower()
    assert "Kính mời các đồng chí đảng viên chi bộ thôn Đông" in words_of(invitation_paper(july))
    assert "19 giờ 30, ngày 03 tháng 7 năm 2024" in invitation_text(july)
    sheet = words_of(sign_in_paper(july, "https://nennep.example/m/1"))
    for name in ("Nguyễn Văn An", "được miễn", "đi nơi khác", "dự bị"):
        assert name in sheet
    assert cell.members[8].full_name not in sheet  # suspended
    assert "Biểu quyết".upper() in words_of(blank_minutes_paper(july))


def test_the_years_books_are_bound_in_order(cell):
    hold(cell, date(2024, 5, 1), at(3, month=5))
    hold(cell)
    hold(cell, kind="cell_committee", start=at(1))
    book = minutes_book(cell.unit, 2024)
    assert [entry.split(",")[1] for entry in book.entries] == [" ngày 3-5-2024", " ngày 4-6-2024"]
    assert len(minutes_book(cell.unit, 2024, of_committee=True).papers) == 1
    papers = resolutions_book(cell.unit, 2024)
    assert [entry.split(",")[0] for entry in papers.entries] == ["01-NQ/CB", "01-KL/CB", "02-NQ/CB"]
    assert "SỔ NGHỊ QUYẾT" in words_of(papers)
    assert render(book, "pdf").startswith(b"%PDF")
    assert "chưa có văn bản" in words_of(minutes_book(cell.unit, 2020))


def test_a_paper_tells_what_had_come_of_a_task_by_the_day_of_its_meeting(cell, on_day):
    on_day(date(2024, 7, 20))
    hold(cell)
    july = hold(cell, date(2024, 7, 1), at(3, month=7)).issued[0]
    line = ResolutionItem.objects.filter(resolution__meeting__period=date(2024, 6, 1)).first()
    words = "Đã xong sau buổi sinh hoạt"
    actions.record_result(line, result=words, done_on=date(2024, 7, 9), by=cell.secretary)
    assert words not in words_of(resolution_paper(july))

    actions.record_result(line, result=words, done_on=date(2024, 7, 2), by=cell.secretary)
    assert words in words_of(resolution_paper(july))


@pytest.mark.parametrize("book_of", [minutes_book, resolutions_book])
def test_a_years_book_costs_the_same_queries_for_one_meeting_and_for_three(cell, on_day, book_of):
    on_day(date(2024, 6, 20))
    RuleBook.load()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            book_of(cell.unit, 2024)
        return len(asked)

    hold(cell, date(2024, 4, 1), at(3, month=4))
    of_one = queries()
    hold(cell, date(2024, 5, 1), at(3, month=5))
    hold(cell)

    assert queries() <= of_one + 2  # what only two meetings have: a line carried, and what it was
    assert of_one <= 24


def apart(meeting, groups):
    """The party groups met each by itself."""
    span = {"started_at": meeting.started_at, "ended_at": meeting.ended_at}
    GroupPart.objects.bulk_create(
        GroupPart(meeting=meeting, party_group=group, **span) for group in groups
    )


def grouped_cell(count):
    """Every member is in the first group."""
    names = [f"Tổ đảng {number}" for number in range(1, count + 1)]
    cell = make_cell("CBT", official=9, exempt=1, away=1, suspended=1, party_groups=names)
    groups = list(cell.unit.party_groups.order_by("pk"))
    Standing.objects.filter(unit=cell.unit).update(party_group=groups[0])
    return cell, groups


def test_a_years_book_costs_the_same_queries_however_many_groups_met_apart(on_day):
    on_day(date(2024, 6, 20))
    cell, groups = grouped_cell(3)
    RuleBook.load()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            minutes_book(cell.unit, 2024)
        return len(asked)

    april = hold(cell, date(2024, 4, 1), at(3, month=4)).meeting
    apart(april, groups[:1])
    of_one = queries()
    apart(april, groups[1:])
    of_three_groups = queries()
    for month in (5, 6):
        apart(hold(cell, date(2024, month, 1), at(3, month=month)).meeting, groups)

    assert of_three_groups == of_one
    assert queries() <= of_one + 2  # what only two meetings have: a line carried, and what it was


def test_a_group_of_a_book_counts_who_belonged_to_it_on_the_day(on_day):
    on_day(date(2024, 6, 20))
    cell, groups = grouped_cell(2)
    apart(hold(cell, date(2024, 5, 1), at(3, month=5)).meeting, groups)
    for member_id in cell.ids[:2]:
        now = Standing.objects.get(member_id=member_id, valid_to=None)
        Standing.objects.filter(pk=now.pk).update(valid_to=date(2024, 5, 31))
        now.pk, now.valid_from, now.party_group = None, date(2024, 6, 1), groups[1]
        now.save()
    apart(hold(cell, date(2024, 6, 1), at(3)).meeting, groups)

    may, june = minutes_of(list(Meeting.objects.closed().order_by("period")))

    everybody = may.roll_call.required
    assert {group: whole for group, (_came, whole) in may.part_counts.items()} == {
        groups[0].pk: everybody
    }
    assert {group: whole for group, (_came, whole) in june.part_counts.items()} == {
        groups[0].pk: everybody - 2,
        groups[1].pk: 2,
    }


def test_a_book_says_of_each_meeting_what_its_own_minutes_say(cell):
    for month in (4, 5):
        hold(cell, date(2024, month, 1), at(3, month=month))
    meeting = hold(cell).meeting

    assert minutes_book(cell.unit, 2024).papers[-1] == minutes_paper(meeting)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_command_writes_the_minutes_and_the_trail_notes_it(cell, form, tmp_path):
    meeting = hold(cell).meeting
    out = tmp_path / f"bb.{form}"
    call_command("minutes", str(meeting.public_id), format=form, out=out)
    assert out.read_bytes()[:2] in {b"PK", b"%P"}
    line = TrailLine.objects.latest("id")
    assert (line.verb, line.is_look, line.actor.username) == (
        "minutes taken as a file",
        True,
        "command-line",
    )


def test_the_command_refuses_what_it_does_not_know(cell, tmp_path):
    for public_id in ("không-có", "7d1d9c1e-0000-0000-0000-000000000000"):
        with pytest.raises(Refusal) as no:
            call_command("minutes", public_id, out=tmp_path / "x.docx")
        assert no.value.code == "unknown_meeting"
    meeting = hold(cell).meeting
    with pytest.raises(Refusal) as no:
        call_command("minutes", str(meeting.public_id), out=tmp_path / "none" / "x.docx")
    assert no.value.code == "cannot_write"
    assert Meeting.objects.count() == 1
