"""A course on a laptop: planned, invited to, recorded, and in the figure; the quiz on a phone.

On every page axe finds nothing and nothing is wider than the window.
"""

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.tests.factories import make_person
from nennep.core.models import Installation
from nennep.indicators.tests.factories_tree import TODAY
from nennep.members.tests import factories as members
from nennep.training import actions
from nennep.training.actions import NewQuiz
from nennep.training.queries.quizzes import token_of
from nennep.training.tests.factories import cell_with_officers
from tests.journeys.test_board import is_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mot-hai-ba-bon"
QUESTIONS = "Sinh hoạt thường kỳ mấy tháng một lần?\n* Mỗi tháng\n- Mỗi quý"


@pytest.fixture
def cell(on_day):
    on_day(TODAY)
    return cell_with_officers()


@pytest.fixture
def clerk(cell):
    clerk = make_person(
        Role.ORGANISATION_OFFICER, cell.parent, username="bantochuc", password=PASSWORD
    )
    Installation.objects.create(is_demonstration=True)  # which asks nobody for a second step
    clerk.must_change_password = False
    clerk.save()
    return clerk


def test_from_the_plan_of_a_course_to_the_figure(laptop, clerk, cell):
    page = laptop
    page.goto("/dang-nhap/?next=/tap-huan/")
    page.fill("input[name=username]", clerk.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**/tap-huan/{cell.parent.code}/**")
    assert "0% (0/1)" in " ".join(page.locator(".stats").first.inner_text().split())
    is_sound(page)

    page.locator("a", has_text="Mở lớp tập huấn").click()
    page.fill("input[name=title]", "Nghiệp vụ sinh hoạt chi bộ")
    page.fill("input[name=starts_on]", "2024-06-10")
    is_sound(page)
    page.locator("button", has_text="Mở lớp").click()
    page.locator("button", has_text="Triệu tập đủ đối tượng").click()
    page.wait_for_url("**/buoi-tap-huan/**")
    is_sound(page)

    page.locator("a", has_text="Ghi ai đã dự").click()
    page.locator("label", has_text=cell.people["Chi"].full_name).click()
    is_sound(page)
    page.locator("button", has_text="Ghi ai đã dự").click()

    page.goto(f"/tap-huan/{cell.parent.code}/")
    assert "100% (1/1)" in " ".join(page.locator(".stats").first.inner_text().split())
    missing = page.locator("section", has=page.locator("#missing")).inner_text()
    assert cell.people["Chi"].full_name in missing
    assert cell.people["An"].full_name not in missing
    is_sound(page)


def test_a_member_answers_a_quiz_on_a_phone_without_signing_in(phone, cell, clerk):
    quiz = actions.make_quiz(
        cell.parent,
        quiz=NewQuiz("Sinh hoạt chi bộ", QUESTIONS, TODAY, TODAY),
        by=clerk,
    )
    members.member(cell, "Nguyễn Văn Em")

    phone.goto(f"/tn/{token_of(quiz, cell)}/")
    is_sound(phone)
    phone.locator("label", has_text="Mỗi tháng").click()
    phone.locator("button", has_text="Nộp phiếu").click()

    phone.wait_for_selector(".big-number")
    assert "100%" in phone.locator(".big-number").inner_text()
    is_sound(phone)
    assert quiz.counts.get().sheets == 1
