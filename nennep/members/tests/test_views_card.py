import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.core.models import TrailLine
from nennep.members.actions import set_card_number
from nennep.members.queries import card_number_of
from nennep.members.tests.factories import cell, city, member, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return cell(code="DOAI")


@pytest.fixture
def an(here):
    return member(here)


@pytest.fixture
def secretary(client, here):
    user = officer(here, Role.SECRETARY)
    client.force_login(user)
    return user


def page_of(who):
    return reverse("members:change-so-the", args=[who.public_id])


def looks(user):
    return list(
        TrailLine.objects.filter(actor_id=user.pk, is_look=True).values_list("verb", flat=True)
    )


def test_the_secretary_enters_a_number_and_opens_it_again_and_that_look_is_recorded(
    client, secretary, an
):
    client.post(page_of(an), {"number": "01 2345678"})
    an.refresh_from_db()
    assert card_number_of(an) == "012345678"
    assert looks(secretary) == []

    answer = client.get(reverse("members:member", args=[an.public_id])).content.decode()
    assert page_of(an) in answer
    assert "012345678" not in answer
    assert looks(secretary) == []

    assert "012345678" in client.get(page_of(an)).content.decode()
    assert looks(secretary) == ["card number"]


def test_a_number_that_is_refused_stays_in_its_field(client, secretary, an):
    answer = client.post(page_of(an), {"number": "12"})

    assert answer.status_code == 422
    assert 'value="12"' in answer.content.decode()
    assert looks(secretary) == []


def test_whoever_only_sees_the_roll_does_not_see_that_there_is_a_number(client, an, here):
    set_card_number(an, "012345678", by=officer(here, Role.SECRETARY))
    client.force_login(officer(here, Role.COMMITTEE_MEMBER))

    page = client.get(reverse("members:member", args=[an.public_id])).content.decode()

    assert "Số thẻ" not in page
    assert client.get(page_of(an)).status_code == 403


def test_the_search_finds_the_holder_of_a_whole_number(client, an, secretary):
    set_card_number(an, "012345678", by=secretary)

    def found(text):
        return an.full_name in client.get("/dang-vien/", {"q": text}).content.decode()

    assert (found("01.2345678"), found("0123")) == (True, False)


def test_a_number_kept_with_another_key_is_asked_for_again(client, an, secretary, settings):
    set_card_number(an, "012345678", by=secretary)
    cookies = client.cookies
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    client.cookies = cookies

    answer = client.get(page_of(an)).content.decode()

    assert "Hãy gõ lại" in answer
    assert "012345678" not in answer


def test_the_clerk_of_the_committee_above_may_and_is_named_in_the_trail(client, an):
    clerk = officer(city())
    client.force_login(clerk)
    set_card_number(an, "012345678", by=clerk)

    client.get(page_of(an))

    assert looks(clerk) == ["card number"]
