import io
from datetime import date

import pypdfium2
import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import AccountBatch, User
from nennep.core.models import Job
from nennep.members.models import Position
from nennep.members.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def committee():
    return factories.committee("Đảng bộ xã", code="XA")


def secretary_of(cell, name):
    body = factories.body(cell)
    return Position.objects.create(
        member=factories.member(cell, name), body=body, title="secretary",
        valid_from=date(2022, 6, 1),
    )  # fmt: skip


@pytest.fixture
def cells(committee):
    made = [factories.cell(f"Chi bộ {n}", committee, code=f"C{n}") for n in (1, 2)]
    for cell, name in zip(made, ("Nguyễn Văn An", "Trần Thị Bình"), strict=True):
        secretary_of(cell, name)
    return made


@pytest.fixture
def office(client, committee):
    person = factories.officer(committee, Role.OFFICER)
    client.force_login(person)
    return person


def start(client, django_capture_on_commit_callbacks, **form):
    address = reverse("members:open-accounts", args=["XA", "bi-thu"])
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(address, {"call": "Văn phòng, 024 3884 1234", **form})


def test_the_office_sees_who_has_an_account_and_who_not(client, office, cells):
    page = client.get(reverse("members:offices", args=["XA"])).content.decode()

    assert "Nguyễn Văn An" in page
    assert page.count("no account yet") >= 2
    filtered = client.get(reverse("members:offices", args=["XA"]), {"state": "in_use"})
    assert filtered.context["offices"] == []


def test_nothing_is_made_before_the_person_says_so(client, office, cells):
    page = client.get(reverse("members:open-accounts", args=["XA", "bi-thu"])).content.decode()

    assert "Make 2 accounts" in page
    assert "nguyen.van.an" in page
    assert not User.objects.filter(username="nguyen.van.an").exists()
    assert client.get(reverse("members:open-accounts", args=["XA", "tho-ky"])).status_code == 404


def test_accounts_are_made_in_a_job_and_their_slips_taken_once(
    client, office, cells, django_capture_on_commit_callbacks
):
    answer = start(client, django_capture_on_commit_callbacks)

    batch = AccountBatch.objects.get()
    assert answer.url == reverse("accounts:batch", args=[batch.public_id])
    assert Job.objects.get().state == "done"
    page = client.get(answer.url).content.decode()
    assert "nguyen.van.an" in page
    assert "Take the slips" in page
    slips = client.post(reverse("accounts:batch-slips", args=[batch.public_id]))
    assert slips["Content-Type"] == "application/pdf"
    assert "no-store" in slips["Cache-Control"]
    document = pypdfium2.PdfDocument(io.BytesIO(slips.content))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(texts) == 2
    assert "Văn phòng, 024 3884 1234" in texts[0]
    assert "http://testserver" in texts[0]
    again = client.post(reverse("accounts:batch-slips", args=[batch.public_id]))
    assert again.status_code == 409
    assert "were taken at" in client.get(answer.url).content.decode()


def test_the_password_on_the_slip_opens_the_door_and_is_changed_there(
    client, office, cells, django_capture_on_commit_callbacks
):
    start(client, django_capture_on_commit_callbacks)
    batch = AccountBatch.objects.get()
    slips = client.post(reverse("accounts:batch-slips", args=[batch.public_id]))
    text = pypdfium2.PdfDocument(io.BytesIO(slips.content))[0].get_textpage().get_text_bounded()
    password = next(w for w in text.split() if w.count("-") == 3 and len(w) == 19)
    client.logout()

    client.post("/dang-nhap/", {"username": "nguyen.van.an", "password": password})

    assert client.get("/cua-toi/").url == "/mat-khau/"


def test_another_browser_cannot_open_the_slips(
    client, office, cells, django_capture_on_commit_callbacks
):
    from django.test import Client

    start(client, django_capture_on_commit_callbacks)
    batch = AccountBatch.objects.get()
    other = Client()
    other.force_login(office)

    assert (
        "Only the browser"
        in other.get(reverse("accounts:batch", args=[batch.public_id])).content.decode()
    )
    answer = other.post(reverse("accounts:batch-slips", args=[batch.public_id]))
    assert answer.status_code == 409
    assert AccountBatch.objects.get().box is not None


def test_a_batch_is_nobody_elses(
    client, office, committee, cells, django_capture_on_commit_callbacks
):
    start(client, django_capture_on_commit_callbacks)
    batch = AccountBatch.objects.get()
    client.force_login(factories.officer(committee, Role.ADMINISTRATOR))

    for name in ("batch", "batch-slips", "cancel-batch"):
        address = reverse(f"accounts:{name}", args=[batch.public_id])
        send = client.get if name == "batch" else client.post
        assert send(address).status_code == 404


def test_a_job_of_somebody_whose_right_was_withdrawn_makes_nothing(
    client, office, committee, cells, django_capture_on_commit_callbacks
):
    address = reverse("members:open-accounts", args=["XA", "bi-thu"])
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(address, {"call": "Văn phòng"})
    office.grants.update(ended_at="2024-06-13T08:00+07:00")
    for callback in callbacks:
        callback()

    assert Job.objects.get().state == "failed"
    assert not User.objects.filter(username="nguyen.van.an").exists()


def test_a_cancelled_job_makes_nothing(client, office, cells, django_capture_on_commit_callbacks):
    address = reverse("members:open-accounts", args=["XA", "bi-thu"])
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(address, {"call": "Văn phòng"})
    batch = AccountBatch.objects.get()
    running = client.get(reverse("accounts:batch", args=[batch.public_id])).content.decode()
    assert "hx-get" in running
    client.post(reverse("accounts:cancel-batch", args=[batch.public_id]))
    for callback in callbacks:
        callback()

    assert (
        "No account was made"
        in client.get(reverse("accounts:batch", args=[batch.public_id])).content.decode()
    )
    assert not User.objects.filter(username="nguyen.van.an").exists()


def test_new_slips_are_offered_for_those_who_never_came(
    client, office, cells, django_capture_on_commit_callbacks
):
    start(client, django_capture_on_commit_callbacks)
    address = reverse("members:open-accounts", args=["XA", "bi-thu"])

    assert "2 of them never signed in yet" in client.get(address).content.decode()
    assert "Make 2 accounts" in client.get(address, {"renews": "on"}).content.decode()


def test_whom_to_call_is_asked_for(client, office, cells):
    answer = client.post(reverse("members:open-accounts", args=["XA", "bi-thu"]), {"call": ""})

    assert answer.status_code == 422
    assert "call" in answer.context["form"].errors


def test_pages_cost_the_same_with_one_row_and_with_three(
    client, office, committee, cells, django_assert_max_num_queries
):
    def costs():
        seen = []
        for address in (
            reverse("members:offices", args=["XA"]),
            reverse("members:open-accounts", args=["XA", "bi-thu"]),
        ):
            with django_assert_max_num_queries(40) as queries:
                assert client.get(address).status_code == 200
            seen.append(len(queries))
        return seen

    with_two = costs()
    for number in (3, 4):
        secretary_of(factories.cell(f"Chi bộ {number}", committee), f"Lê Thị {number}")

    assert costs() == with_two


def test_a_secretary_has_no_business_here(client, committee, cells):
    client.force_login(factories.officer(cells[0], Role.SECRETARY))

    assert client.get(reverse("members:offices", args=["C1"])).status_code == 403
