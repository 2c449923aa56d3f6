"""The call list of an office: whom to call, what was said, as a page and as a paper."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.models import CallNote
from nennep.meetings.queries.calls import cells_to_remind
from nennep.meetings.queries.papers.calls import call_list_paper, reminder_words
from nennep.meetings.tests.factories import at, make_cell, planned, ready
from nennep.organisation.models import Unit
from nennep.papers.paper import Band, Row

pytestmark = pytest.mark.django_db
JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)
PAGE = "/so-theo-doi/XA/goi/"


@pytest.fixture
def cells(on_day):
    """Of June one cell has met, one has planned, one has not; of May only the first two have met."""
    on_day(date(2026, 6, 5))
    met, plans, silent = (make_cell(code, f"Chi bộ {code}") for code in ("CB1", "CB2", "CB3"))
    for cell, month in ((met, 5), (plans, 5), (met, 6)):
        meeting = ready(cell, started_at=at(3, month=month, year=2026), period=date(2026, month, 1))
        actions.close_minutes(meeting, by=cell.secretary)
    planned(plans, period=JUNE, planned_at=at(6, month=6, year=2026))
    return met, plans, silent


def told():
    unit = Unit.objects.get(code="XA")
    return [(each.cell.code, each.month, each.left) for each in cells_to_remind(unit, (JUNE, MAY))]


def text_of(response):
    return " ".join(response.content.decode().split())


def test_those_who_can_still_be_in_time_come_first_with_the_days_they_have_left(cells, on_day):
    assert told() == [("CB2", JUNE, 2), ("CB3", JUNE, 2), ("CB3", MAY, -29)]

    on_day(date(2026, 6, 9))
    assert told() == [("CB2", JUNE, -2), ("CB3", JUNE, -2), ("CB3", MAY, -33)]


def test_nobody_is_called_while_there_is_time_enough(cells, on_day):
    on_day(date(2026, 6, 1))
    assert [code for code, month, _left in told() if month == JUNE] == []


def test_the_page_says_whom_to_call_and_what_the_cell_plans(cells, client):
    client.force_login(cells[0].officer)
    page = text_of(client.get(PAGE))

    assert "còn 2 ngày" in page
    assert "dự kiến ngày 6-6-2026" in page
    assert cells[2].members[0].full_name in page  # its secretary
    assert cells[0].unit.name not in page


def test_the_reminder_names_secretary_month_and_rule(cells, client):
    client.force_login(cells[0].officer)
    page = text_of(client.get(PAGE))

    assert f"Kính gửi đồng chí {cells[2].members[0].full_name}, Bí thư chi bộ CB3." in page
    assert (
        "sinh hoạt thường kỳ tháng 6/2026. Ngày sinh hoạt theo quy định: 3-6-2026 (50-CT/TW" in page
    )
    assert "chuyên đề" in reminder_words("Chi bộ Một", JUNE, "thematic", None, None, "")


def test_a_call_is_noted_with_who_and_stays_beside_the_cell(cells, client):
    officer = cells[0].officer
    client.force_login(officer)
    said = {"cell": "CB3", "month": "2026-06", "said": " Họp tối mai "}

    assert client.post(PAGE, said).status_code == 302

    note = CallNote.objects.get()
    assert (note.unit, note.period, note.said) == (cells[2].unit, JUNE, "Họp tối mai")
    assert (note.called_on, note.noted_by) == (date(2026, 6, 5), officer)
    assert f"5-6-2026, {officer.display_name}: Họp tối mai" in text_of(client.get(PAGE))
    assert TrailLine.objects.filter(verb="cell called").count() == 1


def test_an_empty_note_and_one_of_tomorrow_are_refused(cells):
    for said, day, code in (("", None, "said_missing"), ("Hẹn", date(2026, 6, 6), "in_the_future")):
        with pytest.raises(Refusal) as refusal:
            actions.note_call(
                cells[2].unit, month=JUNE, said=said, called_on=day, by=cells[0].officer
            )
        assert refusal.value.code == code


def test_a_cell_of_another_committee_cannot_be_noted(cells, client):
    client.force_login(cells[0].officer)
    assert (
        client.post(PAGE, {"cell": "CITY", "month": "2026-06", "said": "A lô"}).status_code == 404
    )
    assert CallNote.objects.count() == 0


def test_the_cells_own_people_have_no_call_list(cells, client):
    client.force_login(cells[0].secretary)
    assert client.get("/so-theo-doi/CB1/goi/").status_code == 403


def test_the_paper_has_a_row_for_each_call_and_room_to_write(cells):
    actions.note_call(cells[2].unit, month=JUNE, said="Họp tối mai", by=cells[0].officer)
    unit = Unit.objects.get(code="XA")

    table = call_list_paper(unit, cells_to_remind(unit, (JUNE, MAY))).blocks[0]

    assert [type(row) for row in table.rows] == [Band, Row, Row, Band, Row]
    assert table.rows[2].cells[-1] == "5-6-2026: Họp tối mai"
    assert table.rows[1].cells[-1] == ""


def test_the_list_is_taken_as_word_or_pdf_and_the_look_is_recorded(cells, client):
    client.force_login(cells[0].officer)
    for form, mark in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(f"{PAGE}danh-sach.{form}").content.startswith(mark)
    assert client.get(f"{PAGE}danh-sach.odt").status_code == 404
    assert TrailLine.objects.filter(verb="call list taken").count() == 2


def test_the_list_costs_the_same_for_one_and_for_three(cells, client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        return len(queries)

    client.force_login(cells[0].officer)
    count()
    some = count()
    for code in ("CB4", "CB5"):
        make_cell(code, f"Chi bộ {code}")

    assert count() == some
