"""Home and the list: one card, and where else a person is led."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.meetings import actions
from nennep.meetings.models import Meeting
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import address, closed_meeting, text_of
from nennep.organisation.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_home_is_one_card_and_its_button_plans_and_prepares_once(signed_in, cell):
    page = text_of(signed_in.get("/"))
    assert page.count("card--next") == 1
    assert page.count("button--main") == 1
    assert "Regular meeting, 6/2024" in page

    for _press in range(2):
        answer = signed_in.post(address("plan", cell.unit.code), {"do": "next"})

    meeting = Meeting.objects.get()
    assert answer.url == address("prepare", meeting.public_id)
    assert meeting.period == date(2024, 6, 1)
    assert meeting.checklist.exists()


def test_who_belongs_to_several_cells_sees_one_and_goes_to_the_others(signed_in, cell):
    other = factories.make_cell("CB2", "Chi bộ thôn Đoài")
    factories.planned(other, planned_at=at(20))
    join(cell.secretary, other)

    page = text_of(signed_in.get("/"))
    assert page.count("card--next") == 1
    assert "?chi-bo=CB2" in page
    assert "19:30 on 20-6-2024" in page

    page = text_of(signed_in.get("/?chi-bo=CB2"))
    assert (page.count("card--next"), "?chi-bo=CB1" in page) == (1, True)
    assert "?chi-bo=CB2" not in page
    assert "No meeting planned" in page


def join(user, cell):
    Grant.objects.create(
        user=user, role=Role.SECRETARY, unit=cell.unit, valid_from=factories.FOUNDED
    )


def test_home_costs_the_same_for_two_cells_and_for_four(signed_in, cell):
    def count():
        signed_in.get("/")
        with CaptureQueriesContext(connection) as queries:
            signed_in.get("/")
        return len(queries)

    alone = count()
    join(cell.secretary, factories.make_cell("CB2", "Chi bộ thôn Đoài"))
    two = count()
    for number in (3, 4):
        join(cell.secretary, factories.make_cell(f"CB{number}", f"Chi bộ số {number}"))

    assert (two, count()) == (alone + 1, two)


def test_home_says_what_is_missing_and_leads_to_the_step(signed_in, cell):
    meeting = actions.prepare(factories.planned(cell, planned_at=at(20)), by=cell.secretary)

    page = text_of(signed_in.get("/"))

    assert "members not told yet" in page
    assert "in 7 days" in page
    assert address("prepare", meeting.public_id) in page


def test_a_meeting_is_prefilled_with_the_place_and_hour_of_the_last_one(signed_in, cell):
    closed_meeting(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    Meeting.objects.update(place="Nhà văn hóa thôn Đông")

    signed_in.post(address("plan", cell.unit.code), {"do": "next"})

    june = Meeting.objects.get(period=date(2024, 6, 1))
    assert june.place == "Nhà văn hóa thôn Đông"
    assert june.planned_at == at(13)  # the fifth is over: never a day gone by


def test_a_member_sees_the_card_without_a_button_to_plan(client, cell):
    client.force_login(factories._user("dang-vien", Role.MEMBER, cell.unit))

    page = text_of(client.get("/"))

    assert "card--next" in page
    assert 'value="next"' not in page


def test_a_meeting_of_the_committee_is_not_put_before_the_members(client, cell):
    factories.planned(cell, "cell_committee", planned_at=at(14))
    factories.planned(cell, planned_at=at(20))
    client.force_login(factories._user("dang-vien", Role.MEMBER, cell.unit))
    members_page = text_of(client.get("/"))
    client.force_login(cell.secretary)
    secretarys_page = text_of(client.get("/"))

    assert "Regular meeting, 6/2024" in members_page
    assert "Meeting of the cell committee" not in members_page
    assert "Meeting of the cell committee, 6/2024" in secretarys_page
    assert "Regular meeting, 6/2024" in secretarys_page


def test_the_list_is_of_ones_own_cell_and_others_are_led_to_the_ledger(client, cell):
    meeting = closed_meeting(cell)
    client.force_login(cell.secretary)
    assert str(meeting.public_id) in text_of(client.get(address("list")))

    reader = factories._user("doc-tren", Role.VIEWER, cell.unit.parent)
    reader.grants.update(reads_content=True)
    client.force_login(reader)
    assert client.get(address("list")).url == address("ledger-home")


def test_an_administrator_gets_links_and_a_minute_taker_the_meeting(client, cell):
    client.force_login(factories._user("quan-tri", Role.ADMINISTRATOR, Unit.objects.get(depth=0)))
    assert "list__row" in text_of(client.get("/"))

    meeting = factories.planned(cell)
    given = actions.give_minute_pass(meeting, by=cell.secretary)
    client.force_login(actions.redeem(given.code))
    assert client.get("/").url == address("meeting", meeting.public_id)


def test_an_officer_is_led_to_the_page_registered_for_officers(client, cell):
    client.force_login(cell.officer)

    assert client.get("/").status_code in {200, 302}
