from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import User
from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.members.actions.offices import open_office_accounts
from nennep.members.models import Handover, Member, Position
from nennep.members.tests import factories

pytestmark = pytest.mark.django_db
LATER = date(2024, 7, 1)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cell():
    return factories.cell("Chi bộ Một", code="C1")


@pytest.fixture
def secretary(cell):
    position = Position.objects.create(
        member=factories.member(cell, "Nguyễn Văn An"), body=factories.body(cell),
        title="secretary", valid_from=date(2022, 6, 1),
    )  # fmt: skip
    open_office_accounts(cell, Role.SECRETARY, by=system_person())
    return position


@pytest.fixture
def binh(cell):
    return factories.member(cell, "Trần Thị Bình")


@pytest.fixture
def office(client, cell):
    person = factories.officer(cell.parent, Role.ORGANISATION_OFFICER)
    client.force_login(person)
    return person


def address(position):
    return reverse("members:hand-over", args=[position.body.unit.code, position.pk])


def test_the_office_hands_a_post_over_and_hands_the_slip_out(client, office, cell, secretary, binh):
    offered = client.get(reverse("members:offices", args=["C1"])).content.decode()
    assert address(secretary) in offered
    page = client.get(address(secretary)).content.decode()
    assert "Trần Thị Bình, 1960" in page
    assert "sees and does nothing of it any more" in page
    assert TrailLine.objects.first().verb == "roll of a cell"

    answer = client.post(address(secretary), {"to": binh.pk, "on": "2024-06-13", "stays_as": ""})

    page = answer.content.decode()
    assert "From today Trần Thị Bình holds the post" in page
    assert answer.context["slip"].name == "Trần Thị Bình"
    password = answer.context["slip"].typed[2][1]
    assert password in page
    assert User.objects.get(member=binh).check_password(password)


def test_the_old_one_is_outside_at_the_next_request(client, office, cell, secretary, binh):
    User.objects.update(must_change_password=False)
    old = Client()
    old.force_login(Member.objects.get(pk=secretary.member_id).user)
    assert old.get("/dang-vien/chi-bo/C1/").status_code == 200

    client.post(address(secretary), {"to": binh.pk, "on": "2024-06-13", "stays_as": ""})

    assert old.get("/dang-vien/chi-bo/C1/").status_code == 403


def test_a_handover_to_come_is_shown_and_taken_back(client, office, cell, secretary, binh):
    client.post(address(secretary), {"to": binh.pk, "on": "2024-07-01", "stays_as": ""})
    page = client.get(reverse("members:offices", args=["C1"])).content.decode()
    assert "From 1-7-2024: Secretary" in page

    client.post(reverse("members:take-back", args=[Handover.objects.get().public_id]))

    assert Position.objects.get().valid_to is None


def test_what_is_refused_stands_beside_its_field(client, office, cell, secretary, binh):
    answer = client.post(
        address(secretary), {"to": binh.pk, "on": "2024-06-12", "stays_as": "committee_member"}
    )

    assert answer.status_code == 422
    assert "is over" in answer.context["form"].errors["on"][0]
    assert 'value="2024-06-12"' in answer.content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_who_may_not_change_the_roll_hands_nothing_over(client, cell, secretary, role):
    client.force_login(factories.officer(cell.parent, role))

    assert client.get(address(secretary)).status_code == 403
    assert (
        address(secretary)
        not in client.get(reverse("members:offices", args=["C1"])).content.decode()
    )


def test_a_secretary_does_not_choose_the_successor(client, cell, secretary):
    client.force_login(Member.objects.get(pk=secretary.member_id).user)
    User.objects.update(must_change_password=False)

    assert client.get(address(secretary)).status_code == 403
