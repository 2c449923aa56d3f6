"""The ledger, reasons for meetings not held, and topics from above."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.models import User
from nennep.meetings import actions
from nennep.meetings.models import CompulsoryTopic, Explanation
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import address, closed_meeting, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_ledger_says_outcomes_in_words_and_whom_to_call(client, cell):
    closed_meeting(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    factories.make_cell("CB2", "Chi bộ thôn Đoài", body=None)
    client.force_login(cell.officer)

    page = text_of(client.get(address("ledger", "XA") + "?thang=2024-05"))

    assert "Chi bộ thôn Đoài" in page
    assert "Not reported" in page
    assert "no secretary on record" in page
    assert "chi bộ thôn Đoài chưa có báo cáo sinh hoạt thường kỳ tháng 5/2024" in page


def test_the_ledger_opens_no_minutes_to_who_may_not_read_them(client, cell):
    meeting = closed_meeting(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    client.force_login(cell.officer)

    page = text_of(client.get(address("ledger", "XA") + "?thang=2024-05"))

    assert str(meeting.public_id) not in page
    assert client.get(address("meeting", meeting.public_id)).status_code in {403, 404}


def test_a_long_ledger_is_read_by_outcome_and_page_by_page(client, cell, monkeypatch):
    closed_meeting(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    factories.make_cell("CB2", "Chi bộ thôn Đoài", body=None)
    client.force_login(cell.officer)
    monkeypatch.setattr("nennep.meetings.views.ledger.ROWS_ON_A_PAGE", 1)

    silent = client.get(address("ledger", "XA") + "?thang=2024-05&ket-qua=silent")
    held = client.get(address("ledger", "XA") + "?thang=2024-05&ket-qua=held")

    assert {line.outcome for line in silent.context["page"].paginator.object_list} == {"silent"}
    assert [line.code for line in held.context["page"].paginator.object_list] == ["CB1"]
    assert len(silent.context["lines"]) == 1


def test_too_many_cells_for_one_ledger_lead_to_the_units_below(client, cell, monkeypatch):
    client.force_login(cell.officer)
    monkeypatch.setattr("nennep.meetings.views.ledger.CELLS_AT_MOST", 0)

    answer = client.get(address("ledger", "XA") + "?thang=2024-05")

    assert [unit.code for unit, _url in answer.context["links"]] == ["CB1"]
    assert address("ledger", "CB1") in answer.content.decode()


def test_a_month_that_is_none_is_refused_in_words(client, cell):
    client.force_login(cell.officer)

    assert client.get(address("ledger", "XA") + "?thang=2024-99").status_code == 409


@pytest.mark.parametrize("page", ["ledger", "home", "plan", "list"])
def test_the_number_of_queries_does_not_grow_with_the_cells_and_months(client, cell, page):
    counts = []
    for number in (1, 2, 3):
        extra = cell if number == 1 else factories.make_cell(f"CX{number}", f"Chi bộ {number}")
        closed_meeting(extra, period=date(2024, 5, 1), started_at=at(5, month=5))
        who, url = {
            "ledger": (cell.officer, address("ledger", "XA") + "?thang=2024-04"),
            "home": (cell.secretary, "/"),
            "plan": (cell.secretary, address("plan", cell.unit.code)),
            "list": (cell.secretary, address("list")),
        }[page]
        client.force_login(User.objects.get(pk=who.pk))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_reason_is_given_answered_and_shown_to_the_cell(signed_in, client, cell):
    signed_in.post(
        address("explain", cell.unit.code),
        {"kind": "regular", "period": "2024-05", "reason": "Lũ, nhà văn hóa ngập"},
    )
    explanation = Explanation.objects.get()
    client.force_login(cell.officer)

    refused = client.post(address("answer", explanation.public_id), {"is_accepted": "0"})
    client.post(address("answer", explanation.public_id), {"is_accepted": "1", "answer": "Đồng ý"})

    assert refused.status_code == 422
    explanation.refresh_from_db()
    assert explanation.is_accepted
    client.force_login(cell.secretary)
    page = text_of(client.get(address("ledger", cell.unit.code) + "?thang=2024-05"))
    assert "Đồng ý" in page


def test_a_reason_nobody_answered_is_withdrawn(signed_in, cell):
    explain = address("explain", cell.unit.code)
    signed_in.post(explain, {"kind": "regular", "period": "2024-05", "reason": "Nhầm tháng"})
    explanation = Explanation.objects.get()

    signed_in.post(explain, {"withdraw": str(explanation.public_id)})

    assert not Explanation.objects.exists()


def test_a_topic_reaches_the_agenda_of_the_cell(client, cell):
    client.force_login(cell.officer)
    typed = {"title": "Luật Đất đai", "first_month": "2024-06", "last_month": "2024-07"}
    client.post(address("topics", "XA"), typed)
    topic = CompulsoryTopic.objects.get()
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)

    assert meeting.items.filter(title="Luật Đất đai", origin="superior").exists()

    client.post(address("withdraw-topic", topic.public_id))
    topic.refresh_from_db()
    assert topic.withdrawn_at is not None
