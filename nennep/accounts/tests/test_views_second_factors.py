import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nennep.accounts import actions
from nennep.accounts.choices import Role
from nennep.accounts.models import User
from nennep.accounts.rules import one_time
from nennep.accounts.tests.factories import PASSWORD, give, make_person
from nennep.core import clock
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db
NOON = datetime.now(UTC).replace(microsecond=0)
SECRET = b"12345678901234567890"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    def travel(seconds):
        monkeypatch.setattr(clock, "moment", lambda: NOON + timedelta(seconds=seconds))

    travel(0)
    return travel


def code(seconds=0, secret=SECRET):
    return one_time.code_at(secret, int(NOON.timestamp() + seconds) // one_time.STEP)


def own(role, unit, username):
    person = make_person(role, unit, username=username, password=PASSWORD)
    User.objects.filter(pk=person.pk).update(must_change_password=False)
    return person


@pytest.fixture
def officer():
    return own(Role.OFFICER, make_committee(), "can.bo")


@pytest.fixture
def secretary():
    return own(Role.SECRETARY, make_cell(), "bi.thu")


def sign_in(username, **more):
    client = Client()
    answer = client.post("/dang-nhap/", {"username": username, "password": PASSWORD, **more})
    assert answer.status_code == 302
    return client, answer


def set_up(client):
    """As the person does: read the key from the page, type the code it gives."""
    page = client.get("/hai-buoc/dien-thoai/").content.decode()
    letters = re.search(r"own-letters[^>]*>\s*([A-Z2-7 ]+?)\s*<", page)[1].replace(" ", "")
    secret = one_time.base64.b32decode(letters)
    now = clock.moment().timestamp()
    typed = one_time.code_at(secret, int(now) // one_time.STEP)
    return secret, client.post("/hai-buoc/dien-thoai/", {"code": typed})


def test_an_officer_sets_up_a_second_step_before_anything_else(officer):
    client, answer = sign_in("can.bo")
    assert answer.url == "/"
    assert client.get("/cua-toi/").url == "/hai-buoc/"
    assert "Your role sees many cells" in client.get("/hai-buoc/").content.decode()
    assert client.get("/thiet-bi/").url == "/hai-buoc/"

    _secret, answer = set_up(client)

    assert len(answer.context["codes"]) == 10
    assert "Recovery codes" in answer.content.decode()
    assert client.get("/cua-toi/").status_code == 200


def test_a_wrong_code_keeps_the_same_key_on_the_page(officer):
    client, _answer = sign_in("can.bo")
    before = client.get("/hai-buoc/dien-thoai/").content.decode()

    answer = client.post("/hai-buoc/dien-thoai/", {"code": "000000"})

    assert answer.status_code == 422
    assert "not the code of this QR" in answer.content.decode()
    key = re.compile(r"own-letters[^>]*>\s*([A-Z2-7 ]+?)\s*<")
    assert key.search(before)[1] == key.search(answer.content.decode())[1]


def test_the_second_step_comes_before_the_session(secretary, at):
    actions.add_telephone(secretary, secret=SECRET, code=code(), name="")
    at(60)

    client, answer = sign_in("bi.thu", next="/cua-toi/")
    assert answer.url == "/dang-nhap/buoc-hai/"
    assert "_auth_user_id" not in client.session
    assert client.get("/cua-toi/").status_code == 302
    wrong = client.post("/dang-nhap/buoc-hai/", {"code": "000000"})
    assert wrong.status_code == 422
    assert client.post("/dang-nhap/buoc-hai/", {}).status_code == 422

    answer = client.post("/dang-nhap/buoc-hai/", {"code": code(60)})

    assert answer.url == "/cua-toi/"
    assert client.get("/cua-toi/").status_code == 200
    assert "half_signed_in" not in client.session


def test_a_recovery_code_is_taken_at_the_same_place(secretary):
    actions.add_telephone(secretary, secret=SECRET, code=code(), name="")
    codes = actions.make_recovery_codes(secretary)
    client, _answer = sign_in("bi.thu")

    assert client.post("/dang-nhap/buoc-hai/", {"code": codes[3]}).url == "/"


def test_who_waits_too_long_begins_anew(secretary, at):
    actions.add_telephone(secretary, secret=SECRET, code=code(), name="")
    client, _answer = sign_in("bi.thu")
    at(301)

    answer = client.post("/dang-nhap/buoc-hai/", {"code": code(301)})

    assert answer.url == "/dang-nhap/"
    assert "_auth_user_id" not in client.session


def test_a_password_changed_meanwhile_ends_the_half_of_it(secretary):
    actions.add_telephone(secretary, secret=SECRET, code=code(), name="")
    client, _answer = sign_in("bi.thu")
    User.objects.get(pk=secretary.pk)
    actions.change_own_password(secretary, old=PASSWORD, new="mot-mat-khau-khac")

    assert client.get("/dang-nhap/buoc-hai/").url == "/dang-nhap/"


def test_nobody_reaches_the_second_step_without_the_first():
    assert Client().get("/dang-nhap/buoc-hai/").url == "/dang-nhap/"


def test_a_role_given_later_asks_for_the_step_at_the_next_request(secretary):
    client, _answer = sign_in("bi.thu")
    assert client.get("/cua-toi/").status_code == 200

    give(secretary, Role.OFFICER, make_committee())

    assert client.get("/cua-toi/").url == "/hai-buoc/"


def test_who_came_in_before_it_was_set_up_elsewhere_goes_through_it(secretary, at):
    client, _answer = sign_in("bi.thu")
    actions.add_telephone(secretary, secret=SECRET, code=code(), name="")
    give(secretary, Role.OFFICER, make_committee())
    at(60)

    assert client.get("/cua-toi/").url == "/dang-nhap/buoc-hai/"
    assert client.post("/dang-nhap/buoc-hai/", {"code": code(60)}).url == "/cua-toi/"
    assert client.get("/cua-toi/").status_code == 200


def test_a_secretary_may_have_one_and_may_give_it_up(secretary):
    client, _answer = sign_in("bi.thu")
    assert client.get("/cua-toi/").status_code == 200
    _secret, answer = set_up(client)
    assert len(answer.context["codes"]) == 10
    factor = secretary.second_factors.get()

    page = client.get("/hai-buoc/").content.decode()
    assert "10 recovery codes are left" in page
    remove = reverse("accounts:remove-second-factor", args=[factor.public_id])
    assert client.get(remove).status_code == 200
    assert client.post(remove).url == "/hai-buoc/"

    assert not secretary.second_factors.exists()


def test_long_after_signing_in_the_password_is_asked_for_again(secretary, at):
    client, _answer = sign_in("bi.thu")
    set_up(client)
    at(3600)

    bare = client.post("/hai-buoc/ma-du-phong/", {})
    wrong = client.post("/hai-buoc/ma-du-phong/", {"password": "sai"})
    right = client.post("/hai-buoc/ma-du-phong/", {"password": PASSWORD})

    assert "password" in bare.context["form"].errors
    assert "password" in wrong.context["form"].errors
    assert len(right.context["codes"]) == 10


def test_recovery_codes_need_something_to_recover(secretary):
    client, _answer = sign_in("bi.thu")

    assert client.get("/hai-buoc/ma-du-phong/").url == "/hai-buoc/"


def test_a_passkey_is_offered_only_where_a_browser_would_make_one(secretary, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client, _answer = sign_in("bi.thu")

    def offers(host, **more):
        page = client.get("/hai-buoc/khoa/", headers={"host": host}, **more).content.decode()
        return "passkey-options" in page

    assert offers("localhost:8000")
    assert not offers("127.0.0.1:8000")
    assert not offers("nennep.example.vn")
    assert offers("nennep.example.vn", secure=True)
    page = client.get("/hai-buoc/", headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "https://" in page


def test_an_answer_to_no_question_is_refused(secretary, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client, _answer = sign_in("bi.thu")

    for asked in (False, True):
        if asked:
            client.get("/hai-buoc/khoa/", headers={"host": "localhost"})
        answer = client.post(
            "/hai-buoc/khoa/", {"passkey": '{"id": "x"}'}, headers={"host": "localhost"}
        )
        assert answer.status_code == 422
    assert client.post("/hai-buoc/khoa/", {"passkey": "{"}).status_code == 422
    assert client.post("/hai-buoc/khoa/", {}).status_code == 422
    assert not secretary.second_factors.exists()


def test_the_office_resets_it_on_the_page_of_the_account(secretary, client):
    actions.add_telephone(secretary, secret=SECRET, code=code(), name="")
    officer = make_person(Role.OFFICER, secretary.grants.get().unit.parent)
    client.force_login(officer)
    page = client.get(reverse("accounts:account", args=[secretary.public_id])).content.decode()
    assert "Telephone lost" in page

    answer = client.post(reverse("accounts:reset-factors", args=[secretary.public_id]))

    assert answer.status_code == 302
    assert not secretary.second_factors.exists()


def test_own_page_tells_what_was_done_to_the_account(secretary):
    committee = secretary.grants.get().unit.parent
    officer = make_person(Role.OFFICER, committee, display_name="Trần Văn Phòng")
    client, _answer = sign_in("bi.thu")
    actions.unlock(secretary, by=officer)

    page = client.get("/cua-toi/").content.decode()

    assert "Cell secretary" in page
    assert "Sign-in opened again" in page
    assert "Trần Văn Phòng" in page
