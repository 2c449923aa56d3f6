"""Every kind of meeting from the plan to the closed minutes, and the words of its papers."""

import io
from datetime import date, timedelta

import docx
import pytest

from nennep.library.models import NumberSeries
from nennep.meetings import actions
from nennep.meetings.queries.agenda import agenda_steps
from nennep.meetings.queries.page import find
from nennep.meetings.queries.papers import (
    agenda_paper,
    blank_minutes_paper,
    bundle,
    invitation_paper,
    minutes_paper,
    resolution_paper,
    sign_in_paper,
)
from nennep.meetings.queries.progress import progress
from nennep.meetings.tests.factories import at, make_cell, planned, ready, resolve
from nennep.papers.render import render

pytestmark = pytest.mark.django_db
KINDS = [
    "regular", "thematic", "combined", "extraordinary", "cell_committee", "congress", "self_review"
]  # fmt: skip


@pytest.fixture
def cell():
    return make_cell(official=9, exempt=1)


def words_of(paper):
    document = docx.Document(io.BytesIO(render(paper, "docx")))
    texts = [p.text for p in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return " ".join(" ".join(texts).split())


def held(cell, kind, day=4, **more):
    """Through all five steps; who wrote what is not the point here."""
    by, start = cell.secretary, at(day)
    meeting = actions.prepare(planned(cell, kind, planned_at=start, **more), by=by)
    told = [progress(find(meeting)).next_action.doing]
    actions.open_meeting(meeting, started_at=start, minute_taker=cell.members[1], by=by)
    actions.take_roll(
        find(meeting), absences={cell.ids[2]: actions.Absence("excused", "ốm")}, by=by
    )
    if agenda_steps(meeting):
        told.append(progress(find(meeting)).next_action.doing)
        actions.mark_steps(meeting, by=by)
    item = actions.add_item(meeting, title="Nội dung chính", by=by)
    actions.write_item(item, discussion="", conclusion="Nhất trí", version=0, by=by)
    actions.add_item(meeting, title="Không ai nói gì thêm", by=by)
    paper = actions.write_resolution(meeting, next_month="Làm tốt hơn", by=by)
    actions.add_line(paper, what="Việc được giao", due_on=date(2024, 12, 1), by=by)
    subject = "resolution" if paper.kind == "NQ" else "conclusion"
    voters = 2 if kind == "cell_committee" else 6
    vote = actions.record_vote(meeting, subject=subject, question="", in_favour=voters, by=by)
    told.append(progress(find(meeting)).next_action.doing)
    end = start + timedelta(minutes=130)
    actions.end_meeting(meeting, ended_at=end, by=by)
    actions.adopt_minutes(meeting, at=end, by=by)
    actions.declare_free_of_secrets(meeting, by=by)
    return actions.close_minutes(meeting, by=by), vote, told


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_planned_held_recorded_and_printed(cell, kind):
    closing, vote, told = held(cell, kind)
    meeting = closing.meeting
    has_steps = kind in {"regular", "thematic", "combined"}
    assert told == ["invite", *(["mark_steps"] if has_steps else []), "end"]
    assert meeting.is_closed
    assert [vote.is_passed, vote.is_effective] == [True, True]
    assert [paper.number for paper in closing.issued] == [1]
    papers = [agenda_paper(meeting), sign_in_paper(meeting), blank_minutes_paper(meeting)]
    papers += [invitation_paper(meeting), minutes_paper(meeting), bundle(meeting)]
    for paper in [*papers, resolution_paper(closing.issued[0])]:
        assert render(paper, "pdf").startswith(b"%PDF")
        assert "{" not in words_of(paper)


@pytest.mark.parametrize(
    ("kind", "phrases"),
    [
        (
            "cell_committee",
            ["Hội nghị chi ủy tháng 6 năm 2024", "Tổng số chi ủy viên: 3 đồng chí",
             "Chi ủy thảo luận, thống nhất", "chi ủy nhất trí thông qua", "Hội nghị kết thúc",
             "Số chi ủy viên tính biểu quyết: 3", "Chi ủy ban hành kết luận số 01-KL/CB"],
        ),
        (
            "congress",
            ["Đại hội chi bộ", "đọc trước đại hội; đại hội nhất trí thông qua",
             "Đại hội ban hành nghị quyết số 01-NQ/ĐH", "trừ được miễn, vắng mặt 1, vắng có lý do 1",
             "CHỦ TRÌ ĐẠI HỘI"],
        ),
        (
            "self_review",
            ["Hội nghị kiểm điểm, đánh giá, xếp loại cuối năm 2024", "Hội nghị kết thúc",
             "chi bộ nhất trí thông qua", "CHỦ TRÌ HỘI NGHỊ"],
        ),
        ("extraordinary", ["Sinh hoạt chi bộ bất thường tháng 6 năm 2024", "Buổi sinh hoạt kết thúc"]),
    ],
)  # fmt: skip
def test_the_minutes_call_things_by_their_names(cell, kind, phrases):
    closing, _vote, _told = held(cell, kind)
    text = words_of(minutes_paper(closing.meeting))
    assert [phrase for phrase in phrases if phrase not in text] == []
    assert "đúng trình tự theo chương trình" not in text  # no rule sets an order: none is claimed


@pytest.mark.parametrize(
    ("kind", "phrases", "absent"),
    [
        (
            "congress",
            ["NHIỆM VỤ NHIỆM KỲ TỚI", "Số 01-NQ/ĐH", "T/M ĐOÀN CHỦ TỊCH", "đại hội quyết nghị",
             "cụ thể hóa, tổ chức thực hiện nghị quyết"],
            ["THÁNG TRƯỚC", "THÁNG TỚI", "Báo cáo tại kỳ họp", "BÍ THƯ "],
        ),
        ("self_review", ["NHIỆM VỤ NĂM TỚI", "Số 01-NQ/CB"], ["THÁNG TỚI", "Báo cáo tại kỳ họp"]),
        ("extraordinary", ["NỘI DUNG QUYẾT NGHỊ", "chi bộ quyết nghị"], ["THÁNG TRƯỚC", "THÁNG TỚI"]),
        ("regular", ["KẾT QUẢ THỰC HIỆN NHIỆM VỤ THÁNG TRƯỚC", "NHIỆM VỤ THÁNG TỚI"], ["NHIỆM KỲ"]),
        (
            "cell_committee",
            ["Tổng số chi ủy viên 3 đồng chí", "chi ủy kết luận", "Các đồng chí chi ủy viên"],
            ["Tổng số đảng viên", "THÁNG TỚI"],
        ),
    ],
)  # fmt: skip
def test_the_paper_it_ends_in_speaks_of_its_own_span(cell, kind, phrases, absent):
    closing, _vote, _told = held(cell, kind)
    text = words_of(resolution_paper(closing.issued[0]))
    assert [phrase for phrase in phrases if phrase not in text] == []
    assert [phrase for phrase in absent if phrase in text] == []


def test_a_congress_counts_its_papers_of_all_kinds_in_one_series(cell):
    june = ready(cell)
    resolve(june, cell)
    actions.close_minutes(june, by=cell.secretary)
    congress = ready(cell, "congress", started_at=at(5))
    for kind in ("NQ", "KL"):
        actions.write_resolution(congress, kind=kind, summary="về nhiệm kỳ tới", by=cell.secretary)
    for subject in ("resolution", "conclusion"):
        actions.record_vote(congress, subject=subject, question="", in_favour=8, by=cell.secretary)
    closing = actions.close_minutes(congress, by=cell.secretary)
    assert [paper.symbol for paper in closing.issued] == ["01-NQ/ĐH", "02-KL/ĐH"]
    assert dict(NumberSeries.objects.values_list("kind", "last")) == {"NQ": 1, "ĐH": 2}
    july = ready(cell, started_at=at(10), period=date(2024, 7, 1))
    resolve(july, cell)
    assert actions.close_minutes(july, by=cell.secretary).issued[0].symbol == "02-NQ/CB"


def test_who_is_absent_with_a_reason_leaves_the_base_at_a_congress_alone(cell):
    bases = {kind: held(cell, kind)[1].base for kind in ("congress", "regular", "self_review")}
    assert bases == {"congress": 7, "regular": 8, "self_review": 8}


def test_a_model_meeting_is_called_so_and_stands_for_the_months_regular_one(cell):
    closing, _vote, _told = held(cell, "regular", is_model=True)
    assert "Sinh hoạt điểm chi bộ thường kỳ tháng 6 năm 2024" in words_of(
        minutes_paper(closing.meeting)
    )
    assert words_of(sign_in_paper(closing.meeting)).endswith(" 21 22")  # twelve rows for guests


def test_the_plan_says_how_long_where_that_is_asked(cell):
    combined = actions.prepare(planned(cell, "combined"), by=cell.secretary)
    assert "(dự kiến 120 phút)" in words_of(invitation_paper(combined))
    assert "dự kiến" not in words_of(invitation_paper(planned(cell, "thematic")))


def test_a_cell_without_a_committee_has_its_secretary_see_to_the_resolution():
    small = make_cell("CB2", official=7, body="cell_secretariat")
    texts = [
        words_of(resolution_paper(held(each, "regular")[0].issued[0]))
        for each in (small, make_cell("CB3"))
    ]
    assert ["Chi ủy, bí thư chi bộ theo dõi" in text for text in texts] == [False, True]
    assert "Bí thư chi bộ theo dõi" in texts[0]
