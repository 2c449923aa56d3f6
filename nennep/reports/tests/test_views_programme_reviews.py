"""The page of a review, who is asked on it, and who may not look."""

import re
from html import unescape

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.tests.factories import make_person
from nennep.indicators.tests.factories_tree import TODAY
from nennep.reports.actions import contribute
from nennep.reports.choices import ContributionKind
from nennep.reports.models import Contribution, ProgrammeReview
from nennep.reports.tests.factories import STATED, asked, begun, confirmed_report, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return district()


def address(review, more=""):
    return f"/so-ket/cuoc/{review.public_id}/{more}"


def shown(client, url):
    """The words of a page, whatever room stands between them."""
    words = re.sub(r"<[^>]+>", " ", client.get(url).content.decode())
    return " ".join(unescape(words).split())


def test_an_office_begins_a_review_and_finds_its_figures(tree, client):
    client.force_login(tree.clerk)
    confirmed_report(tree)
    given = {
        "programme": tree.programme.pk, "kind": "midway", "stated": "6 tháng",
        "first_day": "2024-01-06", "last_day": "2024-06-13", "structure": "then",
    }  # fmt: skip

    assert "11-ĐA/TU" in shown(client, "/so-ket/DIST/lap/")
    answer = client.post("/so-ket/DIST/lap/", given)

    review = ProgrammeReview.objects.get()
    assert answer["Location"] == address(review)
    page = shown(client, address(review))
    for said in [
        "Sơ kết 6 tháng: 11-ĐA/TU",
        "33,3% (1/3)",
        "87,5% (42/48)",
        "93%",
        "+5,5",
        "29 văn bản",
    ]:
        assert said in page, said
    assert address(review) in client.get("/so-ket/").content.decode()


def test_what_has_nothing_to_divide_by_is_shown_as_its_number(tree, client):
    client.force_login(tree.clerk)
    confirmed_report(tree, text=f"{STATED}Huyện ủy khen thưởng 5 tập thể, 5 cá nhân.\n")

    page = shown(client, address(begun(tree)))

    assert "Tập thể được khen thưởng – 0 – 5 tập thể" in page


def test_what_cannot_be_is_said_beside_its_field(tree, client):
    client.force_login(tree.clerk)
    review = begun(tree)
    given = {
        "programme": tree.programme.pk, "kind": "midway", "first_day": "2024-06-13",
        "last_day": "2024-06-01", "structure": "then",
    }  # fmt: skip

    answer = client.post(address(review, "sua/"), given)

    assert answer.status_code == 422
    assert "id_last_day_error" in answer.content.decode()


def test_contributions_are_asked_for_given_and_chosen(tree, client):
    review = begun(tree)
    client.force_login(tree.clerk)
    client.post(address(review, "xin-y-kien/"), {"due_on": "2024-06-20"})
    near = make_person(Role.OFFICER, tree.near)
    client.force_login(near)

    waiting = client.get("/so-ket/y-kien/").content.decode()
    mine = review.contributors.get(unit=tree.near)
    assert str(mine.public_id) in waiting
    assert str(review.contributors.get(unit=tree.far).public_id) not in waiting
    client.post(f"/so-ket/y-kien/{mine.public_id}/", {"worked": "Họp gọn\nGửi tài liệu trước"})

    client.force_login(tree.clerk)
    page = shown(client, address(review))
    assert "Chưa gửi: 2" in page
    assert "Đã gửi: 1" in page
    lines = Contribution.objects.order_by("pk")
    client.post(address(review, "chon-y-kien/"), {"lines": [lines[1].pk]})
    page = shown(client, address(review))
    assert "Gửi tài liệu trước Đảng bộ xã Gần" in page
    assert "Họp gọn" not in page
    assert "Họp gọn" in shown(client, address(review, "chon-y-kien/"))


def test_the_page_of_a_unit_says_that_it_is_asked(tree, client):
    asked(tree)
    client.force_login(make_person(Role.OFFICER, tree.near))
    assert "đề nghị gửi ý kiến trước ngày 20-6-2024" in shown(client, "/to-chuc/NEAR/")


def test_too_long_a_line_is_given_back_with_what_was_typed(tree, client):
    _review, contributors = asked(tree)
    client.force_login(make_person(Role.OFFICER, tree.near))
    url = f"/so-ket/y-kien/{contributors['NEAR'].public_id}/"

    answer = client.post(url, {"proposal": "việc " * 70})

    assert answer.status_code == 422
    assert "id_proposal_error" in answer.content.decode()
    assert "việc việc" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MEMBER])
def test_who_makes_no_reviews_sees_none(tree, client, role):
    review, _contributors = asked(tree)
    client.force_login(make_person(role, tree.n1))
    for more in ("", "sua/", "xin-y-kien/", "chon-y-kien/"):
        assert client.get(address(review, more)).status_code in {403, 404}


def test_what_stands_beside_is_not_found(tree, client):
    review, contributors = asked(tree)
    client.force_login(make_person(Role.OFFICER, tree.near))
    assert client.get(address(review)).status_code == 404
    far = f"/so-ket/y-kien/{contributors['FAR'].public_id}/"
    assert client.get(far).status_code == 404
    assert client.post(far, {"worked": "x"}).status_code == 404


def test_a_long_list_of_answers_costs_no_more_questions(
    tree, client, django_assert_max_num_queries
):
    review, contributors = asked(tree)
    client.force_login(tree.clerk)
    client.get(address(review, "chon-y-kien/"))
    with django_assert_max_num_queries(30) as few:
        client.get(address(review, "chon-y-kien/"))
    for each in contributors.values():
        lines = [f"Việc {number}" for number in range(5)]
        contribute(each, lines=dict.fromkeys(ContributionKind, lines), by=tree.clerk)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address(review, "chon-y-kien/"))
