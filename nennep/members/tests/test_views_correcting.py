from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.members.actions import exempt_member
from nennep.members.tests.factories import cell, member, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return cell(code="DOAI")


@pytest.fixture
def secretary(client, here):
    user = officer(here, Role.SECRETARY)
    client.force_login(user)
    return user


def address(slug, who):
    return reverse(f"members:change-{slug}", args=[who.public_id])


def test_a_wrong_first_day_is_chosen_and_put_right(client, secretary, here):
    an = member(here, on=date(2024, 6, 1))
    standing = an.standings.get()
    page = client.get(address("sua-ngay", an)).content.decode()
    assert f'value="standing-{standing.pk}"' in page
    assert "1-6-2024" in page

    client.post(address("sua-ngay", an), {"entry": f"standing-{standing.pk}", "on": "2020-01-01"})

    standing.refresh_from_db()
    assert standing.valid_from == date(2020, 1, 1)


def test_an_entry_of_another_member_cannot_be_chosen(client, secretary, here):
    an, binh = member(here), member(here, "Trần Thị Bình")
    foreign = exempt_member(binh, basis="age_or_health", valid_from=date(2024, 1, 1), by=secretary)
    exempt_member(an, basis="age_or_health", valid_from=date(2024, 1, 1), by=secretary)

    answer = client.post(address("bo-muc", an), {"entry": f"exemption-{foreign.pk}"})

    assert answer.status_code == 422
    assert binh.exemptions.exists()


def test_an_entry_made_by_mistake_is_offered_only_where_there_is_one(client, secretary, here):
    an = member(here)

    def offered():
        page = client.get(reverse("members:member", args=[an.public_id])).content.decode()
        return address("bo-muc", an) in page

    assert not offered()
    exemption = exempt_member(an, basis="age_or_health", valid_from=date(2024, 1, 1), by=secretary)
    assert offered()
    client.post(address("bo-muc", an), {"entry": f"exemption-{exemption.pk}"})
    assert not an.exemptions.exists()


def test_the_card_of_a_member_is_corrected_with_its_days(client, secretary, here):
    an = member(here, on=date(2020, 1, 1), admitted_on=date(1999, 1, 1))

    client.post(
        address("sua", an),
        {
            "full_name": "Nguyễn Văn Án", "sex": "male", "birth_year": "1960",
            "admitted_on": "1998-05-19", "recognised_on": "",
        },
    )  # fmt: skip

    an.refresh_from_db()
    assert (an.full_name, an.admitted_on, an.recognised_on) == (
        "Nguyễn Văn Án", date(1998, 5, 19), None,
    )  # fmt: skip
