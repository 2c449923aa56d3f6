from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import (
    PASSWORD,
    give,
    make_administrator,
    make_person,
    make_user,
)
from nennep.core import trail
from nennep.core.models import TrailLine
from nennep.organisation.tests.factories import make_cell, make_committee, make_district, make_root

pytestmark = pytest.mark.django_db
NEW = "mot-mat-khau-khac"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def district(client):
    """A district whose administrator is signed in."""
    district = make_district("Huyện", code="D1")
    client.force_login(make_administrator(district, username="quan-tri"))
    return district


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def sign_in(client, username="an.nguyen", password=PASSWORD, **more):
    return client.post("/dang-nhap/", {"username": username, "password": password, **more})


def own_user(**more):
    user = make_user(username="an.nguyen", password=PASSWORD)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    return user


def test_a_person_signs_in_and_out(client):
    user = own_user()

    answer = sign_in(client, " An.Nguyen ", next="/to-chuc/")

    assert answer.url == "/to-chuc/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert TrailLine.objects.first().verb == "signed in"
    assert client.get("/dang-nhap/").status_code == 302
    assert client.post("/dang-xuat/").url == "/dang-nhap/"
    assert "_auth_user_id" not in client.session
    assert TrailLine.objects.first().verb == "signed out"
    assert client.post("/dang-xuat/").status_code == 302


def test_the_session_is_another_one_after_signing_in(client):
    own_user()
    session = client.session
    session["kept"] = "yes"
    session.save()
    before = session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_name_get_the_same_words_and_the_same_work(
    client, monkeypatch
):
    from django.contrib.auth.hashers import MD5PasswordHasher

    own_user()
    make_user(username="no.password")
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args)
    )
    pages, work = [], []
    for name in ("an.nguyen", "nobody.here", "no.password"):
        hashed.clear()
        answer = sign_in(client, name, "sai-mat-khau")
        assert answer.status_code == 422
        pages.append(answer.context["form"].non_field_errors()[0])
        work.append(len(hashed))

    assert len(set(pages)) == 1
    assert work == [1, 1, 1]


def test_the_machine_and_closed_accounts_do_not_sign_in(client):
    system_person()
    user = own_user()
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert sign_in(client).status_code == 422
    assert sign_in(client, "command-line", "!").status_code == 422


def test_nobody_is_led_to_a_page_that_is_not_ours(client):
    own_user()

    assert sign_in(client, next="https://example.org/").url == "/"


def test_a_password_that_somebody_else_chose_is_changed_first(client):
    make_user(username="an.nguyen", password=PASSWORD)
    sign_in(client)

    assert client.get("/to-chuc/").url == "/mat-khau/"
    assert "Somebody else chose" in client.get("/mat-khau/").content.decode()
    wrong = client.post("/mat-khau/", {"new": NEW, "again": "x"})
    assert set(wrong.context["form"].errors) == {"again"}
    wrong = client.post("/mat-khau/", {"new": PASSWORD, "again": PASSWORD})
    assert set(wrong.context["form"].errors) == {"new"}

    answer = client.post("/mat-khau/", {"new": NEW, "again": NEW})

    assert answer.url == "/"
    assert client.get("/to-chuc/").status_code == 403
    assert client.get("/mat-khau/").status_code == 200


def test_a_password_of_ones_own_is_changed_with_the_present_one(client):
    own_user()
    sign_in(client)

    for old in ({}, {"old": "sai"}):
        wrong = client.post("/mat-khau/", {**old, "new": NEW, "again": NEW})
        assert set(wrong.context["form"].errors) == {"old"}
    assert client.post("/mat-khau/", {"old": PASSWORD, "new": NEW, "again": NEW}).url == "/"


def test_roles_are_listed_where_the_person_keeps_them(client, district):
    inside = make_committee("Xã Trong", parent=district)
    make_person(
        Role.VIEWER, inside, display_name="Trần Thị Bình", valid_to=date(2024, 12, 31),
        reads_content=True,
    )  # fmt: skip
    make_person(Role.VIEWER, make_committee("Xã Ngoài"), display_name="Lê Văn Cường")

    assert client.get("/quyen/").url == address("grants-under", "D1")
    page = client.get(address("grants-under", "D1")).content.decode()

    assert "Trần Thị Bình" in page
    assert "31-12-2024" in page
    assert "reads minutes and names" in page
    assert "Lê Văn Cường" not in page
    found = client.get(address("grants-under", "D1"), {"q": "zzz"}).content.decode()
    assert "No role fits" in found


def test_whoever_keeps_two_parts_chooses(client):
    one, two = make_district("Huyện Một"), make_district("Huyện Hai")
    person = make_administrator(one)
    give(person, Role.ADMINISTRATOR, two)
    client.force_login(person)

    page = client.get("/quyen/").content.decode()

    assert "Huyện Một" in page
    assert "Huyện Hai" in page


def test_roles_of_others_are_not_there(client, district):
    viewer = make_person(Role.VIEWER, district)
    outside = make_person(Role.VIEWER, make_root())

    assert client.get(address("grants-under", "CITY")).status_code == 404
    assert client.get(address("account", outside.public_id)).status_code == 404
    grant = outside.grants.get()
    assert client.post(address("withdraw", grant.pk)).status_code == 404
    client.force_login(viewer)
    assert client.get("/quyen/").status_code == 403
    assert client.get(address("give", "D1")).status_code == 403
    assert client.get("/nhat-ky/").status_code == 403


def test_a_role_is_given_and_withdrawn(client, district):
    user = make_user(username="an.nguyen")
    form = {"username": "An.Nguyen", "role": "viewer", "valid_from": "2024-06-13"}

    assert client.get(address("give", "D1")).status_code == 200
    assert client.post(address("give", "D1"), form).url == address("grants-under", "D1")

    grant = Grant.objects.get(user=user)
    assert (grant.role, grant.unit, grant.reads_content) == ("viewer", district, False)
    again = client.post(address("give", "D1"), form)
    assert again.status_code == 422
    unknown = client.post(address("give", "D1"), form | {"username": "nobody"})
    assert "username" in unknown.context["form"].errors
    answer = client.post(address("withdraw", grant.pk), {"under": "D1"})
    assert answer.url == address("grants-under", "D1")
    grant.refresh_from_db()
    assert grant.ended_at is not None


def test_only_roles_that_fit_the_unit_are_offered(client, district):
    cell = make_cell(parent=make_committee(parent=district), code="CELL")

    above = client.get(address("give", "D1")).content.decode()
    inside = client.get(address("give", cell.code)).content.decode()

    assert 'value="viewer"' in above
    assert 'value="secretary"' not in above
    assert 'value="secretary"' in inside
    assert 'value="minute_taker"' not in inside
    assert "reads_content" not in inside


def test_a_new_account_gets_its_first_role_and_a_password_shown_once(client, district):
    form = {
        "display_name": "Trần Thị Bình",
        "username": "tran.binh",
        "role": "officer",
        "valid_from": "2024-06-13",
    }
    assert client.get(address("new-account", "D1")).status_code == 200

    answer = client.post(address("new-account", "D1"), form)

    user = User.objects.get(username="tran.binh")
    assert user.must_change_password
    assert user.check_password(answer.context["password"])
    assert answer.context["password"] in answer.content.decode()
    assert user.grants.get().role == "officer"
    assert client.post(address("new-account", "D1"), form).status_code == 422


def test_a_new_account_without_its_role_is_not_kept(client, district):
    form = {
        "display_name": "Trần Thị Bình",
        "username": "tran.binh",
        "role": "officer",
        "valid_from": "2024-06-13",
        "valid_to": "2024-01-01",
    }

    answer = client.post(address("new-account", "D1"), form)

    assert "valid_to" in answer.context["form"].errors
    assert not User.objects.filter(username="tran.binh").exists()


def test_an_account_is_looked_after(client, district):
    user = make_person(Role.VIEWER, district, username="tran.binh", display_name="Trần Bình")

    page = client.get(address("account", user.public_id)).content.decode()
    assert "Trần Bình" in page
    answer = client.post(address("reset-password", user.public_id))
    user.refresh_from_db()
    assert user.check_password(answer.context["password"])
    assert client.post(address("close-account", user.public_id)).url == address(
        "account", user.public_id
    )
    user.refresh_from_db()
    assert not user.is_active
    assert (
        "This account is closed" in client.get(address("account", user.public_id)).content.decode()
    )


def test_the_trail_shows_own_part_of_the_tree(client, district):
    cell, other = make_cell("Chi bộ Một"), make_cell("Chi bộ Hai")
    secretary = make_person(Role.SECRETARY, cell)
    top = make_administrator(make_root(), display_name="Lê Cao")
    trail.record("unit renamed", cell, by=top, before="Chi bộ Không")
    trail.record_look("minutes read", cell, by=top)
    trail.record("unit renamed", other, by=top, before="Chi bộ Bốn")
    client.force_login(secretary)

    page = client.get("/nhat-ky/").content.decode()

    assert "Organisation renamed" in page
    assert "Chi bộ Không" in page
    assert "Chi bộ Bốn" not in page
    assert "looked" in page
    looks = client.get("/nhat-ky/", {"looks": "on"})
    assert [line.what for line in looks.context["lines"]] == ["minutes read"]
    assert not client.get("/nhat-ky/", {"who": "zzz"}).context["lines"]
    assert not client.get("/nhat-ky/", {"last": "2024-06-12"}).context["lines"]
    assert client.get("/nhat-ky/", {"first": "2024-06-13", "who": "cao"}).context["lines"]


def test_pages_cost_the_same_with_one_row_and_with_three(
    client, district, django_assert_max_num_queries
):
    def costs():
        seen = []
        for url in (
            address("grants-under", "D1"),
            "/nhat-ky/",
            address("account", viewer.public_id),
        ):
            with django_assert_max_num_queries(40) as queries:
                assert client.get(url).status_code == 200
            seen.append(len(queries))
        return seen

    viewer = make_person(Role.VIEWER, district, username="b" * 3)
    User.objects.filter(pk=viewer.pk).update(username="b")
    with_one = costs()
    for _ in range(2):
        committee = make_committee(parent=district)
        make_person(Role.VIEWER, committee)
        give(viewer, Role.VIEWER, committee)

    assert costs() == with_one
