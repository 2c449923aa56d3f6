"""The pages of reviews: who may make them, what they give, and the command."""

import json

import pytest
from django.core.management import call_command

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.indicators import actions as counters
from nennep.indicators.tests.factories_tree import TODAY, grow, hold_all
from nennep.reports.models import PublishedReview

pytestmark = pytest.mark.django_db
PERIOD = "tu=2024-01&den=2024-06&ten=6+th%C3%A1ng"
KEYS = (
    "unit name title scheme stated_period from to first_day last_day as_of structure indicators"
    " by_year by_block units did_well need_attention missing steps"
)


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    tree = grow()
    counters.rebuild(by=system_person())
    hold_all(tree.n1)
    return tree


def test_an_officer_reads_the_review_and_takes_each_file(tree, client):
    client.force_login(make_person(Role.OFFICER, tree.district))

    page = client.get(f"/so-ket/DIST/?{PERIOD}").content.decode()

    assert "6 tháng" in page
    for form, begins in {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "json": b"{"}.items():
        assert f"bao-cao.{form}" in page
        answer = client.get(f"/so-ket/DIST/bao-cao.{form}?{PERIOD}")
        assert answer.content.startswith(begins)
        assert "attachment" in answer["Content-Disposition"]
    assert TrailLine.objects.filter(verb="downloaded a review").count() == 4


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MEMBER, Role.ADMINISTRATOR])
def test_who_may_not_make_reviews_gets_none(tree, client, role):
    person = make_person(role, tree.n1 if role != Role.ADMINISTRATOR else tree.district)
    client.force_login(person)

    for url in ("/so-ket/", "/so-ket/N1/", f"/so-ket/N1/bao-cao.docx?{PERIOD}"):
        assert client.get(url).status_code in {403, 404}, url
    assert client.post("/so-ket/N1/ban-hanh/").status_code in {403, 404}
    assert not PublishedReview.objects.exists()


def test_what_stands_beside_is_not_found(tree, client):
    client.force_login(make_person(Role.OFFICER, tree.near))

    assert client.get(f"/so-ket/FAR/?{PERIOD}").status_code == 404
    assert client.get(f"/so-ket/NEAR/?{PERIOD}").status_code == 200


def test_a_day_outside_the_period_is_said_beside_its_field(tree, client):
    client.force_login(make_person(Role.OFFICER, tree.district))

    answer = client.get(f"/so-ket/DIST/?{PERIOD}&ngay_dau=2023-01-06")

    assert answer.status_code == 200
    assert "id_ngay_dau_error" in answer.content.decode()
    assert client.get(f"/so-ket/DIST/bao-cao.pdf?{PERIOD}&ngay_dau=2023-01-06").status_code == 409


def test_a_review_is_published_once_and_its_file_stays(tree, client):
    client.force_login(make_person(Role.OFFICER, tree.district))
    given = {
        "tu": "2024-01", "den": "2024-06", "ten": "6 tháng", "ngay_dau": "2024-01-06",
        "co_cau": "then",
    }  # fmt: skip

    answer = client.post("/so-ket/DIST/ban-hanh/", given, follow=True)

    found = PublishedReview.objects.get()
    assert "6-1-2024" in answer.content.decode()
    assert (found.stated, found.first_day.isoformat()) == ("6 tháng", "2024-01-06")
    file = client.get(f"/so-ket/ban/{found.public_id}/bao-cao.docx")
    assert file.content == bytes(found.document)
    assert str(found.public_id) in client.get("/so-ket/").content.decode()


class TestCommand:
    """`nennep review`: the contract others read."""

    def test_each_format_is_written_to_the_file(self, tree, tmp_path, capsys):
        for form, begins in {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "json": b"{"}.items():
            out = tmp_path / f"review.{form}"
            call_command("review", "DIST", first="2024-01", last="2024-06", format=form, out=out)
            assert out.read_bytes().startswith(begins)
        assert capsys.readouterr().out == ""
        told = json.loads((tmp_path / "review.json").read_text())
        assert list(told) == KEYS.split()

    def test_what_cannot_be_is_refused_in_words(self, tree, tmp_path):
        given = {"first": "2024-01", "last": "2024-06", "format": "json"}
        for code, more in [
            ("XYZ", {"out": tmp_path / "a.json"}),
            ("DIST", {"out": tmp_path / "nowhere" / "a.json"}),
            ("DIST", {"out": tmp_path / "a.json", "first_day": "hôm qua"}),
        ]:
            with pytest.raises(Refusal):
                call_command("review", code, **{**given, **more})
