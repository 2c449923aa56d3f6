from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import OpenSession, User
from nennep.accounts.tests.factories import PASSWORD, make_person
from nennep.core import clock
from nennep.core.models import TrailLine
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; K) Chrome/128.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0) Chrome/128.0 Safari/537.36 Edg/128.0"
NEW = "mot-mat-khau-khac"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def secretary():
    person = make_person(Role.SECRETARY, make_cell(), username="an.nguyen", password=PASSWORD)
    User.objects.filter(pk=person.pk).update(must_change_password=False)
    return person


def device(user_agent=PHONE, username="an.nguyen", password=PASSWORD):
    client = Client(headers={"user-agent": user_agent})
    answer = client.post("/dang-nhap/", {"username": username, "password": password})
    assert answer.status_code == 302
    return client


def devices_of(client):
    return client.get(reverse("accounts:devices")).context["sessions"]


def test_a_person_sees_their_devices_in_words_this_one_first(secretary):
    desk = device(DESK)
    phone = device(PHONE)

    assert [row.browser for row in devices_of(desk)] == ["Edge, Windows", "Chrome, Android"]
    page = phone.get(reverse("accounts:devices")).content.decode()
    assert page.index("Chrome, Android") < page.index("Edge, Windows")
    assert page.count("this device</span>") == 1


def test_one_device_is_signed_out_from_another_at_its_next_request(secretary):
    desk, phone = device(DESK), device(PHONE)
    lost = devices_of(desk)[1]

    desk.post(reverse("accounts:end-device", args=[lost.public_id]))

    assert phone.get("/thiet-bi/").status_code == 302
    assert desk.get("/thiet-bi/").status_code == 200
    assert TrailLine.objects.first().verb == "sessions ended"


def test_every_other_device_is_signed_out_at_once(secretary):
    desk, phone, tablet = device(DESK), device(PHONE), device(PHONE)

    desk.post(reverse("accounts:end-other-devices"))

    assert [c.get("/thiet-bi/").status_code for c in (desk, phone, tablet)] == [200, 302, 302]


def test_nobody_signs_out_a_device_of_somebody_else(secretary):
    other = make_person(Role.DEPUTY, make_cell(), username="binh.tran", password=PASSWORD)
    User.objects.filter(pk=other.pk).update(must_change_password=False)
    phone, foreign = device(), device(username="binh.tran")
    row = OpenSession.objects.get(user=other)

    answer = phone.post(reverse("accounts:end-device", args=[row.public_id]))

    assert answer.status_code == 404
    assert foreign.get("/thiet-bi/").status_code == 200


def test_a_new_password_signs_the_other_devices_out_and_keeps_this_one(secretary):
    desk, phone = device(DESK), device(PHONE)

    desk.post("/mat-khau/", {"old": PASSWORD, "new": NEW, "again": NEW})

    assert desk.get("/thiet-bi/").status_code == 200
    assert phone.get("/thiet-bi/").status_code == 302
    assert OpenSession.objects.filter(user=secretary).count() == 1


def test_a_session_lasts_from_its_last_request_on(secretary, monkeypatch):
    now = datetime.now(UTC)
    phone = device()
    first = OpenSession.objects.get().expire_date
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=20))

    monkeypatch.setattr(clock, "moment", lambda: now + timedelta(minutes=14))
    phone.get("/thiet-bi/")
    assert OpenSession.objects.get().expire_date == first
    monkeypatch.setattr(clock, "moment", lambda: now + timedelta(hours=20))
    phone.get("/thiet-bi/")

    assert OpenSession.objects.get().expire_date > first
    assert OpenSession.objects.get().seen_at == now + timedelta(hours=20)


def test_an_office_is_signed_out_sooner_than_a_cell(secretary, settings):
    officer = make_person(Role.OFFICER, make_committee(), username="binh.tran", password=PASSWORD)
    User.objects.filter(pk=officer.pk).update(must_change_password=False)
    device()
    device(username="binh.tran")

    hours = {
        row.user_id: round((row.expire_date - datetime.now(UTC)) / timedelta(hours=1))
        for row in OpenSession.objects.all()
    }

    assert hours == {
        secretary.pk: settings.SESSION_HOURS,
        officer.pk: settings.OFFICE_SESSION_HOURS,
    }


def test_devices_cost_the_same_with_one_row_and_with_three(
    secretary, django_assert_max_num_queries
):
    phone = device()

    def costs():
        with django_assert_max_num_queries(20) as queries:
            assert phone.get("/thiet-bi/").status_code == 200
        return len(queries)

    with_one = costs()
    device(DESK)
    device(DESK)

    assert costs() == with_one
