from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.core import trail
from nennep.core.models import TrailLine
from nennep.members import actions
from nennep.members.queries.looks import looks_at
from nennep.members.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cell():
    return factories.cell("Chi bộ Một")


@pytest.fixture
def an(cell):
    return factories.member(cell, "Nguyễn Văn An")


@pytest.fixture
def office(client, cell):
    person = factories.officer(cell.parent, Role.ORGANISATION_OFFICER)
    client.force_login(person)
    return person


def address(member):
    return reverse("members:looks", args=[member.public_id])


def whats(looks):
    return [str(look.what) for look in looks]


def test_every_way_of_looking_at_a_member_is_told(client, office, cell, an):
    other = factories.member(cell, "Trần Thị Bình")
    client.get(reverse("members:member", args=[an.public_id]))
    client.get(reverse("members:roll", args=[cell.code]))
    client.get(reverse("members:search"), {"q": "nguyen"})
    client.get(reverse("members:search"), {"q": "tran"})
    client.get(reverse("members:member", args=[other.public_id]))
    trail.record_look("minutes read", cell, by=office)

    page = client.get(address(an))

    looks = page.context["looks"]
    assert whats(looks.own) == [
        "Looked for members by name", "Looked at the roll of a cell", "Looked at a member",
    ]  # fmt: skip
    assert whats(looks.cell) == ["minutes read"]
    first = looks.own[0]
    assert first.who == office.label
    assert first.office == f"Organisation-department officer, {cell.parent.name}"


def test_asking_is_recorded_and_told_the_next_time(client, office, an):
    assert client.get(address(an)).context["looks"].own == []

    line = TrailLine.objects.first()
    assert (line.verb, line.is_look, line.target_id) == ("who looked", True, an.pk)
    assert whats(client.get(address(an)).context["looks"].own) == [
        "Looked up who had looked at a member"
    ]


def test_looks_at_a_cell_the_member_did_not_belong_to_then_are_not_told(cell, office, an, on_day):
    other = factories.cell("Chi bộ Hai", cell.parent)
    trail.record_look("roll of a cell", other, by=office, day=date(2024, 6, 12))
    trail.record_look("minutes read", other, by=office)
    actions.transfer_member(an, to=other, on=date(2024, 6, 13), by=office)
    trail.record_look("roll of a cell", cell, by=office, day=date(2024, 6, 13))
    trail.record_look("roll of a cell", cell, by=office, day=date(2024, 6, 12))
    trail.record_look("roll of a cell", other, by=office, day=date(2024, 6, 13))

    found = looks_at(an)

    assert len(found.own) == 2
    assert whats(found.cell) == ["minutes read"]


def test_the_office_is_that_of_the_day_of_the_look(cell, office, an):
    trail.record_look("member", an, by=office)
    office.grants.update(ended_at=TrailLine.objects.first().happened_at)

    assert looks_at(an).own[0].office == ""


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR, Role.VIEWER])
def test_other_offices_do_not_tell(client, cell, an, role):
    client.force_login(factories.officer(cell.parent, role))

    assert client.get(address(an)).status_code == 403


def test_the_page_of_a_member_leads_there_for_who_may(client, office, cell, an):
    page = client.get(reverse("members:member", args=[an.public_id])).content.decode()
    assert address(an) in page
    client.force_login(factories.officer(cell, Role.SECRETARY))
    page = client.get(reverse("members:member", args=[an.public_id])).content.decode()
    assert address(an) not in page


def test_it_costs_the_same_with_one_look_and_with_three(
    client, office, an, django_assert_max_num_queries
):
    def costs():
        with django_assert_max_num_queries(30) as queries:
            client.get(address(an))
        return len(queries)

    trail.record_look("member", an, by=office)
    with_one = costs()
    trail.record_look("member", an, by=office)
    trail.record_look("member", an, by=office)

    assert costs() == with_one
