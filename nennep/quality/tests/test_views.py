"""The score page, the class table and the superior's decision: what they show, keep and refuse."""

from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.core.models import TrailLine
from nennep.meetings import actions as meetings
from nennep.meetings.queries.papers import minutes_paper, resolution_paper
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.tests.factories import FOUNDED, at, make_cell, planned, ready, resolve
from nennep.organisation.models import Unit
from nennep.papers.paper import BulletList, Heading, Paragraph
from nennep.quality import actions
from nennep.quality.models import ScoreSheet
from nennep.quality.tests.factories import BY_PERSON, closed, scored, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return make_cell(official=9)


@pytest.fixture
def signed_in(client, cell):
    client.force_login(cell.secretary)
    return client


def page(meeting):
    return reverse("quality:score", args=[meeting.public_id])


def posted(**changes):
    """A form with everything a person sets, as the browser sends it."""
    fields = {f"p-{code}": str(points) for code, points in BY_PERSON.items()}
    fields |= {"p-7": "30", "do": "vote", "in_favour": "9", "against": "0", "other": "0"}
    return fields | {name.replace("__", "-").replace("_", "."): v for name, v in changes.items()}


def test_the_page_shows_the_fact_behind_each_criterion_and_asks_for_the_rest(
    signed_in, cell, an_phu
):
    meeting = ready(cell, absences={cell.members[4].pk: Absence("unexcused")})

    text = text_of(signed_in.get(page(meeting)))

    assert "Members present of those required: 9/10 (90%); Absences without a reason: 1" in text
    assert "For you to judge: 10 criteria" in text
    assert "Decided by facts: 14 criteria" in text
    assert "Not asked of this meeting" in text


def test_what_is_missing_is_told_with_its_cost_and_the_page_where_it_is_put_right(
    signed_in, cell, an_phu
):
    meeting = ready(cell)

    text = text_of(signed_in.get(page(meeting)))

    assert "Members who spoke of those present: 0/10 (0%) – costs 3 points (criterion 4.5)." in text
    assert f'href="{reverse("meetings:discuss", args=[meeting.public_id])}"' in text
    assert "Cell committee met before, with minutes: no – costs 2 points" in text


def test_one_button_keeps_the_score_and_the_vote_and_leads_back_to_the_conclusion(
    signed_in, cell, an_phu
):
    meeting = ready(cell)

    answer = signed_in.post(page(meeting), posted())

    sheet = ScoreSheet.objects.get()
    assert answer.url == reverse("meetings:conclude", args=[meeting.public_id])
    assert (sheet.self_class, sheet.vote_class, sheet.vote.in_favour) == ("fair", "fair", 9)


def test_full_points_for_what_is_left_empty_is_one_mark(signed_in, cell, an_phu):
    meeting = ready(cell)

    signed_in.post(page(meeting), {"fill": "on", "p-3.1": "2", "do": "agree"})

    sheet = ScoreSheet.objects.get()
    assert sheet.lines["3.1"] == [2, "person"]
    assert sheet.lines["4.2"] == [10, "person"]
    assert sheet.lines["3.3"] == [0, "fact"]
    assert sheet.vote is None


def test_the_central_frame_takes_the_mark_only_where_no_fact_says_no(signed_in, cell, on_day):
    on_day(date(2025, 12, 20))
    meeting = ready(cell, started_at=at(3, month=12, year=2025), period=date(2025, 12, 1))

    refused = signed_in.post(page(meeting), {"fill": "on", "do": "agree"})
    taken = signed_in.post(page(meeting), {"fill": "on", "p-3.2": "2", "p-7": "3", "do": "agree"})

    assert refused.status_code == 422
    assert "These criteria have no points yet: 3.2, 7" in text_of(refused)
    assert taken.status_code == 302
    assert ScoreSheet.objects.get().total == 95


def test_a_change_against_the_fact_asks_for_the_reason_and_loses_nothing(signed_in, cell, an_phu):
    meeting = ready(cell)

    answer = signed_in.post(page(meeting), posted(p__2_1="2", p__3_1="1"))

    text = text_of(answer)
    assert answer.status_code == 422
    assert "Criterion 2.1: the fact says otherwise. Write why it was changed." in text
    assert 'name="p-3.1" value="1"' in text.replace("\n", " ").replace("  ", " ") or 'value="1"' in text  # fmt: skip
    assert not ScoreSheet.objects.exists()


@pytest.mark.parametrize(
    ("points", "words"),
    [("mười", "Write a number of points"), ("4,555", "at most two digits"), ("99", "at most 10 points")],
)  # fmt: skip
def test_points_that_cannot_be_are_said_to_be_so_beside_their_field(
    signed_in, cell, an_phu, points, words
):
    answer = signed_in.post(page(ready(cell)), posted(p__4_2=points))

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_points_may_have_a_comma(signed_in, cell, an_phu):
    signed_in.post(page(ready(cell)), posted(p__4_2="9,5"))

    assert ScoreSheet.objects.get().lines["4.2"] == ["19/2", "person"]


def test_a_sheet_without_points_is_met_or_not_met(signed_in, cell):
    meeting = ready(cell)
    fields = {f"p-{code}": "yes" for code in "2345"}

    shown = text_of(signed_in.get(page(meeting)))
    signed_in.post(page(meeting), {**fields, "p-4": "no", "do": "agree"})

    assert "Decided by facts: 1 criterion" in shown
    assert ScoreSheet.objects.get().lines["4"] == [False, "person"]


def test_before_the_meeting_the_page_says_what_it_waits_for(signed_in, cell, an_phu):
    assert "The meeting has not begun" in text_of(signed_in.get(page(planned(cell))))


def test_a_meeting_no_sheet_is_for_says_so(signed_in, cell):
    assert "No score sheet is in force" in text_of(
        signed_in.get(page(ready(cell, "cell_committee")))
    )


def test_once_closed_the_sheet_is_a_table_with_the_three_classes(signed_in, cell, an_phu):
    meeting = closed(cell)
    sheet = ScoreSheet.objects.get()
    actions.decide_class(sheet, klass="medium", reason="Gửi muộn", by=cell.officer)

    text = text_of(signed_in.get(page(meeting)))

    assert "<b>Medium</b>: Gửi muộn" in text
    assert "Fairly good, 86,3 points" in text
    assert "Agreed and voted" not in text


def test_a_score_is_taken_back_by_a_button(signed_in, cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)

    signed_in.post(page(meeting), {"do": "take_back"})

    assert not ScoreSheet.objects.exists()


def test_a_member_reads_the_score_and_does_not_write_it(client, cell, an_phu):
    meeting = ready(cell)
    member = User.objects.create(username="dv", display_name="dv")
    Grant.objects.create(user=member, role=Role.MEMBER, unit=cell.unit, valid_from=FOUNDED)
    client.force_login(member)

    assert "Agreed and voted" not in text_of(client.get(page(meeting)))
    assert client.post(page(meeting), posted()).status_code == 403


def test_a_look_from_above_the_cell_is_a_line_of_the_trail(client, cell, an_phu):
    meeting = ready(cell)
    reader = User.objects.create(username="btc", display_name="btc")
    Grant.objects.create(
        user=reader, role=Role.OFFICER, unit=Unit.objects.get(code="XA"), valid_from=FOUNDED,
        reads_content=True,
    )  # fmt: skip
    client.force_login(reader)

    client.get(page(meeting))

    assert TrailLine.objects.filter(verb="score looked at", is_look=True).count() == 1


def test_step_four_shows_how_the_score_stands_and_what_to_look_at_before_closing(
    signed_in, cell, an_phu
):
    meeting = ready(cell)
    conclude = reverse("meetings:conclude", args=[meeting.public_id])

    before = text_of(signed_in.get(conclude))
    scored(cell, meeting)
    after = text_of(signed_in.get(conclude))

    assert "The facts give 20 points already; 10 criteria wait for you." in before
    assert "The meeting has not been scored yet." in before
    assert "costs 3 points (criterion 4.5)" in before
    assert "<b>Fairly good</b>, 86,3 of 100 points" in after
    assert "The cell has not voted on its class yet." in after


def test_a_fact_that_changes_after_the_score_is_pointed_out(signed_in, cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)
    meetings.who_spoke(meeting, except_ids=[], by=cell.secretary)

    conclude = text_of(signed_in.get(reverse("meetings:conclude", args=[meeting.public_id])))
    sheet = text_of(signed_in.get(page(meeting)))

    assert "The facts have changed since the score was agreed: look at it again." in conclude
    assert "Criterion 4.5: 2 then, 5 now." in sheet


def test_where_no_points_are_given_closing_asks_for_no_score(signed_in, cell):
    text = text_of(signed_in.get(reverse("meetings:conclude", args=[ready(cell).public_id])))

    assert "has not been scored" not in text
    assert "Score the meeting" not in text


def words_of(paper):
    lines = []
    for block in paper.blocks:
        if isinstance(block, BulletList):
            lines += block.entries
        elif isinstance(block, Paragraph | Heading):
            lines.append(str(block.text))
    return "\n".join(map(str, lines))


def test_the_score_is_printed_in_the_minutes_and_in_the_resolution(cell, an_phu):
    meeting = ready(cell)
    paper = resolve(meeting, cell)
    scored(cell, meeting, c3_1=2)
    actions.record_class_vote(meeting, in_favour=8, against=1, by=cell.secretary)
    actions.write_remedies(meeting, text="Mời cả tổ phát biểu.", by=cell.secretary)

    for printed in (minutes_paper(meeting), resolution_paper(paper)):
        words = words_of(printed)
        assert "Tổng điểm tự chấm: 88,4/100." in words
        assert "Chi ủy đề nghị xếp loại: Khá." in words
        assert "Chi bộ biểu quyết xếp loại Khá: 8/9 tán thành (88,9%)." in words
        assert "3.1. Chuẩn bị nội dung: 2/3 điểm" in words
        assert "Mời cả tổ phát biểu." in words


@pytest.fixture
def officer(client, cell):
    client.force_login(cell.officer)
    return client
