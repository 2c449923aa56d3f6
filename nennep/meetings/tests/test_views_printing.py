"""Codes for minute-takers, and what is printed."""

import pytest

from nennep.accounts import rules
from nennep.accounts.models import Grant
from nennep.meetings import actions
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import address, closed_meeting, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_code_opens_one_meeting_until_its_minutes_are_closed(signed_in, client, cell):
    meeting = factories.ready(cell)
    other = factories.planned(cell, "thematic", planned_at=at(20))
    page = signed_in.post(address("pass", meeting.public_id), {"do": "give"})
    code = page.context["given"].code
    assert "<svg" in text_of(page)
    assert code not in text_of(signed_in.get(address("pass", meeting.public_id)))

    client.logout()
    assert client.post(address("by-code"), {"code": code}).status_code == 302
    assert client.get(address("roll-call", meeting.public_id)).status_code == 200
    assert client.get(address("roll-call", other.public_id)).status_code == 404
    assert client.post(address("prepare", meeting.public_id), {"do": "save"}).status_code == 403

    actions.close_minutes(meeting, by=cell.secretary)
    assert client.get(address("roll-call", meeting.public_id)).status_code in {302, 403, 404}


def test_wrong_codes_are_counted_and_then_refused_for_a_while(client, cell):
    meeting = factories.planned(cell)
    given = actions.give_minute_pass(meeting, by=cell.secretary)
    for _try in range(rules.limits().per_network):
        assert client.post(address("by-code"), {"code": "AAAAAAAA"}).status_code == 422

    answer = client.post(address("by-code"), {"code": given.code})

    assert "_auth_user_id" not in client.session
    assert "network" in answer.context["form"].errors["code"][0]


def test_a_code_is_taken_back(signed_in, cell):
    meeting = factories.planned(cell)
    given = actions.give_minute_pass(meeting, by=cell.secretary)

    signed_in.post(address("pass", meeting.public_id), {"do": f"end-{given.minute_pass.public_id}"})

    given.minute_pass.refresh_from_db()
    assert given.minute_pass.ended_at is not None
    assert not Grant.objects.valid().filter(only=meeting.public_id).exists()


@pytest.mark.parametrize(
    "paper",
    ["giay-moi", "chuong-trinh", "danh-sach-ky", "bien-ban-trang", "bien-ban", "nghi-quyet"],
)
def test_each_paper_is_a_page_and_two_kinds_of_file(signed_in, cell, paper):
    meeting = closed_meeting(cell)

    page = signed_in.get(address("paper", meeting.public_id, paper))
    pdf = signed_in.get(address("paper-file", meeting.public_id, paper, "pdf"))
    docx = signed_in.get(address("paper-file", meeting.public_id, paper, "docx"))

    assert page.status_code == 200
    assert pdf.content.startswith(b"%PDF-")
    assert docx.content.startswith(b"PK")


@pytest.mark.parametrize("book", ["bien-ban", "nghi-quyet", "hop-chi-uy"])
def test_the_books_of_a_year_are_printed_to_be_bound(signed_in, cell, book):
    closed_meeting(cell)

    answer = signed_in.get(address("book", book, cell.unit.code, 2024, "pdf"))

    assert answer.content.startswith(b"%PDF-")


def test_what_does_not_exist_is_not_printed(signed_in, cell):
    meeting = closed_meeting(cell)

    assert signed_in.get(address("paper", meeting.public_id, "giay-khen")).status_code == 404
    assert (
        signed_in.get(address("paper-file", meeting.public_id, "bien-ban", "exe")).status_code
        == 404
    )
    assert signed_in.get(address("book", "khac", cell.unit.code, 2024, "pdf")).status_code == 404
