"""Step 5, and what all steps share: who reads, who writes, and what a page costs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nennep.core.models import TrailLine
from nennep.meetings import actions
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import fresh, in_discussion, page_of, prepared, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_sent_papers_a_correction_and_the_signed_pages(signed_in, closed):
    signed_in.post(page_of(closed, "follow"), {"do": "finished_sent"})
    signed_in.post(page_of(closed, "follow"), {"do": "addendum", "text": "Sửa tên người dự."})
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 trang ky")
    signed_in.post(page_of(closed, "follow"), {"do": "copy", "file": file, "is_not_secret": "on"})

    page = text_of(signed_in.get(page_of(closed, "follow")))
    assert fresh(closed).finished_sent_at is not None
    assert "Sửa tên người dự." in page
    copy = closed.signed_copies.get()
    kept = signed_in.get(reverse("meetings:signed-copy", args=[copy.public_id]))
    assert kept.content == b"%PDF-1.4 trang ky"
    assert kept["X-Content-Type-Options"] == "nosniff"


def test_a_file_without_the_declaration_is_not_kept(signed_in, closed):
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4")
    answer = signed_in.post(page_of(closed, "follow"), {"do": "copy", "file": file})

    assert answer.status_code == 422
    assert not closed.signed_copies.exists()


def test_closed_minutes_are_shown_and_their_forms_are_switched_off(signed_in, closed):
    for step in ("prepare", "roll-call", "discuss", "conclude"):
        page = text_of(signed_in.get(page_of(closed, step)))
        assert '<fieldset class="whole" disabled>' in page, step
        assert 'value="next"' not in page, step
        assert 'value="close"' not in page, step


def test_a_meeting_too_short_is_recorded_and_marked_with_the_clause(signed_in, cell):
    meeting = in_discussion(cell)
    actions.end_meeting(meeting, ended_at=at(3, 20, 0), by=cell.secretary)

    page = text_of(signed_in.get(page_of(meeting, "conclude")))

    assert "The meeting lasted 30 minutes; at least 90 are asked." in page


def test_the_meeting_opens_at_the_step_where_the_work_stands(signed_in, cell):
    meeting = prepared(cell)
    assert signed_in.get(page_of(meeting, "meeting")).url == page_of(meeting, "prepare")

    actions.open_meeting(meeting, started_at=at(3), by=cell.secretary)
    assert signed_in.get(page_of(meeting, "meeting")).url == page_of(meeting, "roll-call")


def test_a_member_reads_and_changes_nothing(client, cell):
    meeting = prepared(cell)
    client.force_login(factories._user("dang-vien", "member", cell.unit))

    page = client.get(page_of(meeting, "prepare"))

    assert page.status_code == 200
    assert '<fieldset class="whole" disabled>' in text_of(page)
    assert client.post(page_of(meeting, "prepare"), {"do": "save"}).status_code == 403


def test_a_look_from_above_is_a_line_in_the_trail_and_ones_own_is_none(client, cell, closed):
    client.force_login(cell.secretary)
    client.get(page_of(closed, "follow"))
    assert not TrailLine.objects.filter(is_look=True).exists()

    reader = factories._user("doc-tren", "viewer", cell.unit.parent)
    reader.grants.update(reads_content=True)
    client.force_login(reader)
    client.get(page_of(closed, "follow"))
    client.get(reverse("meetings:paper-file", args=[closed.public_id, "bien-ban", "docx"]))
    looks = TrailLine.objects.filter(is_look=True, actor_id=reader.pk)
    assert sorted(looks.values_list("verb", flat=True)) == ["meeting looked at", "paper taken"]


@pytest.mark.parametrize("step", ["prepare", "roll-call", "discuss", "conclude", "follow"])
def test_the_number_of_queries_does_not_grow_with_the_cell(
    client, step, django_assert_max_num_queries
):
    counts = []
    for code, official, items in (("A1", 5, 1), ("A2", 27, 3)):
        cell = factories.make_cell(code, f"Chi bộ {code}", official=official)
        meeting = in_discussion(cell)
        for number in range(items):
            actions.add_item(meeting, title=f"Việc {number}", by=cell.secretary)
            actions.record_vote(
                meeting, subject="other", question=f"Việc {number}", in_favour=3, by=cell.secretary
            )
        client.force_login(cell.secretary)
        client.get(page_of(meeting, step))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(page_of(meeting, step))
        counts.append(len(queries))
        assert len(response.content) < 60_000
    assert counts[0] == counts[1]
