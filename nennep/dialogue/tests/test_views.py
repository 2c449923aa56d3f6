import json
import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.dialogue.models import Proposal
from nennep.dialogue.tests.factories import answer, ask, levels, pass_on
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import at, make_cell, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return levels()


@pytest.fixture
def look(client):
    """`look(person, address)`: the words that person is shown, or the status of a refusal."""

    def words(person, address):
        client.force_login(person)
        answer = client.get(address)
        if answer.status_code != 200:
            return answer.status_code
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    return words


@pytest.fixture
def send(client):
    def sent(person, address, **fields):
        client.force_login(person)
        return client.post(address, fields)

    return sent


def test_a_secretary_asks_and_the_office_above_finds_it_waiting(here, look, send):
    form = look(here.cell.secretary, "/kien-nghi/gui/CB1/")
    assert form.index("Đảng bộ xã Bình An") < form.index("Đảng bộ huyện Sơn Nam")

    sent = send(
        here.cell.secretary, "/kien-nghi/gui/CB1/",
        subject="Sửa nhà văn hóa", text="Mái dột.", owner="XA", meeting="",
    )  # fmt: skip

    found = Proposal.objects.get()
    assert sent.headers["Location"] == f"/kien-nghi/{found.public_id}/"
    waiting = look(here.offices["XA"], "/kien-nghi/")
    assert "Sửa nhà văn hóa" in waiting
    assert "4-7-2024" in waiting
    assert "Sửa nhà văn hóa" in look(here.cell.secretary, "/kien-nghi/")


def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(here, send):
    name = here.cell.members[0].full_name

    sent = send(
        here.cell.secretary, "/kien-nghi/gui/CB1/", subject="Khen", text=f"Khen {name}", owner="XA"
    )

    assert sent.status_code == 422
    assert f"Khen {name}" in sent.content.decode()
    assert not Proposal.objects.exists()


def test_a_proposal_out_of_minutes_leads_from_the_meeting_and_back(here, look, client):
    meeting = ready(here.cell, "regular", at(3))
    meetings.close_minutes(meeting, by=here.cell.secretary)
    asking = f"/kien-nghi/gui/CB1/?buoi={meeting.public_id}"
    client.force_login(here.cell.secretary)

    assert asking in client.get(f"/sinh-hoat/{meeting.public_id}/theo-doi/").content.decode()
    assert "selected>Biên bản ngày 3-6-2024" in " ".join(
        client.get(asking).content.decode().split()
    )

    found = ask(here, "Sửa nhà văn hóa", meeting=meeting)
    assert "Sửa nhà văn hóa" in look(
        here.cell.secretary, f"/sinh-hoat/{meeting.public_id}/theo-doi/"
    )
    link = f"/sinh-hoat/{meeting.public_id}/"
    client.force_login(here.cell.secretary)
    assert link in client.get(f"/kien-nghi/{found.public_id}/").content.decode()
    client.force_login(here.offices["XA"])  # who does not open minutes sees the day alone
    shown = client.get(f"/kien-nghi/{found.public_id}/").content.decode()
    assert link not in shown
    assert "Biên bản ngày 3-6-2024" in shown


def test_an_office_passes_it_on_and_everybody_on_the_way_sees_the_way(here, look, send):
    found = ask(here, "Sửa đường")
    address = f"/kien-nghi/{found.public_id}/"
    assert look(here.offices["HUYEN"], address) == 404

    send(here.offices["XA"], f"{address}chuyen/", to="HUYEN", note="Đường huyện")

    for person in (here.cell.secretary, here.offices["XA"], here.offices["HUYEN"]):
        assert "Đường huyện" in look(person, address)
    assert look(here.offices["CITY"], address) == 404
    assert "Sửa đường" not in look(here.offices["XA"], "/kien-nghi/")
    assert "Sửa đường" in look(here.offices["XA"], "/kien-nghi/?loc=da-qua")
    assert look(here.offices["XA"], f"{address}tra-loi/") == 403  # it has left


def test_the_answer_is_read_by_whoever_asked(here, look, send):
    found = ask(here)
    address = f"/kien-nghi/{found.public_id}/"

    send(here.offices["XA"], f"{address}tra-loi/", text="Đã có cẩm nang.")

    assert "Đã có cẩm nang." in look(here.cell.secretary, address)
    assert "Cấp trên đã trả lời đề xuất: Cẩm nang công tác tổ chức" in look(
        here.cell.secretary, "/"
    )
    assert "công tác tổ chức" not in look(here.offices["XA"], "/kien-nghi/")


def test_a_proposal_is_withdrawn_for_a_reason(here, look, send):
    found = ask(here)
    address = f"/kien-nghi/{found.public_id}/"

    assert send(here.cell.secretary, f"{address}rut/", reason="").status_code == 422
    send(here.cell.secretary, f"{address}rut/", reason="Tự làm được")

    assert "Tự làm được" in look(here.offices["XA"], address)


def test_an_office_asks_for_its_own_committee_and_for_no_cell_below(here, look):
    assert look(here.offices["XA"], "/kien-nghi/gui/XA/") != 403
    assert look(here.offices["XA"], "/kien-nghi/gui/CB1/") == 403
    assert look(here.offices["HUYEN"], "/kien-nghi/gui/XA/") == 403


def test_the_page_of_a_unit_says_what_waits_there_to_those_who_answer_there(here, look, on_day):
    ask(here)

    assert "1 đề xuất của cấp dưới đang chờ trả lời" in look(here.offices["XA"], "/to-chuc/XA/")
    assert "đề xuất của cấp dưới" not in look(here.offices["HUYEN"], "/to-chuc/XA/")

    on_day(date(2024, 7, 5))
    assert "1 đề xuất của cấp dưới đã quá hạn trả lời" in look(here.offices["XA"], "/to-chuc/XA/")


def test_a_list_costs_the_same_queries_however_long_it_is(here, client):
    client.force_login(here.offices["XA"])

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/kien-nghi/")
        return len(asked)

    ask(here)
    first = queries()
    for n in range(5):
        ask(here, f"Việc {n}")

    assert queries() == first


def told(code):
    out = StringIO()
    call_command("requests", code, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_tells_where_each_proposal_is_and_what_the_unit_answered(here, on_day):
    neighbour = make_cell("CB2", "Chi bộ thôn Tây").unit
    answer(here, ask(here, "Một"))
    pass_on(here, ask(here, "Hai"), to=here.city)
    ask(here, "Ba")
    on_day(date(2024, 7, 5))

    commune, city = told("XA"), told("CITY")

    assert commune["received"] == {"open": 0, "overdue": 2, "answered": 1, "withdrawn": 0}
    assert commune["answers"] == {"in_time": 1, "due": 2}  # “Hai” was passed on in time
    assert city["answers"] == {"in_time": 0, "due": 1}
    assert [(p["subject"], p["at"], p["state"]) for p in told("CB1")["proposals"]] == [
        ("Ba", "XA", "overdue"), ("Hai", "CITY", "overdue"), ("Một", "XA", "answered"),
    ]  # fmt: skip
    assert told(neighbour.code)["proposals"] == []


def test_the_command_in_words(here):
    ask(here, "Một")
    out = StringIO()

    call_command("requests", "XA", stdout=out)

    assert out.getvalue() == "13-6-2024 Chi bộ thôn Đông → Đảng bộ xã Bình An: Một (Chờ trả lời)\n"
