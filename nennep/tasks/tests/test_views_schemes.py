"""Putting a shipped scheme of clear questions in force, on a page."""

from datetime import date

import pytest

from nennep.accounts.models import Grant, User
from nennep.organisation.models import Unit
from nennep.regulations.models import RuleValue
from nennep.tasks.queries.in_force import rules_on

pytestmark = pytest.mark.django_db
ADOPT = "/cau-hoi-ro/5-ro-phuc-tho/"


@pytest.fixture
def administrator(cell, client):
    user = User.objects.create(username="qt", display_name="Quản trị")
    unit = Unit.objects.get(code="HUYEN")
    Grant.objects.create(user=user, role="administrator", unit=unit, valid_from=date(2020, 1, 1))
    client.force_login(user)
    return user


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_page_shows_what_each_scheme_asks_and_where_it_was_found(cell, client):
    client.force_login(cell.secretary)
    page = text_of(client.get("/cau-hoi-ro/"))

    assert "5 rõ" in page
    assert "Rõ quy trình" in page
    assert "hanoi.gov.vn" in page
    assert ADOPT not in page


def test_a_scheme_holds_from_its_day_for_the_unit_and_all_below(cell, administrator, client):
    answer = client.post(ADOPT, {"place": "XA", "since": "2024-06-10"}, follow=True)

    assert "5 rõ" in text_of(answer)
    questions = rules_on(cell.unit, date(2024, 6, 10)).values.clear_questions
    assert [each.code for each in questions] == [
        "nguoi",
        "viec",
        "quy_trinh",
        "trach_nhiem",
        "hieu_qua",
    ]
    assert rules_on(cell.unit, date(2024, 6, 9)).values.clear_questions is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"place": "CITY", "since": "2024-06-10"}, "Không có tổ chức đảng nào mang mã này"),
        ({"place": "KHONG", "since": "2024-06-10"}, "Không có tổ chức đảng nào mang mã này"),
        ({"place": "XA", "since": ""}, "since"),
    ],
)
def test_nothing_is_put_in_force_where_the_person_may_not_or_without_a_day(
    administrator, client, said, words
):
    before = RuleValue.objects.count()
    answer = client.post(ADOPT, said)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert RuleValue.objects.count() == before


def test_an_unknown_scheme_is_not_found_and_others_may_not(administrator, cell, client):
    assert client.get("/cau-hoi-ro/9-ro/").status_code == 404
    client.force_login(cell.officer)
    assert client.get(ADOPT).status_code == 403
