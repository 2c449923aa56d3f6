"""A secretary looks something up: on a telephone, without accents, until the answer is read."""

import pytest

from nennep.accounts.models import User
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.library.actions import load_handbook, rebuild
from nennep.organisation.tests.factories import make_cell, make_committee
from nennep.regulations.actions import load_presets
from tests.journeys.test_board import is_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mot-cau-de-nho"


@pytest.fixture
def secretary():
    by = system_person()
    load_presets(by=by)
    load_handbook(by=by)
    rebuild(by=by)
    cell = make_cell("Chi bộ Một", parent=make_committee("Đảng bộ xã Gần", code="GAN"), code="M1")
    person = make_person("secretary", cell, username="bithu", password=PASSWORD)
    User.objects.update(must_change_password=False, password_given_on=None)
    return person


def test_a_question_without_accents_is_answered_on_a_telephone(phone, secretary):
    page = phone
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", "bithu")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".find-link")

    page.click(".find-link")
    page.wait_for_url("**/tim/")
    box = page.locator(".search__input")
    assert box.evaluate("field => field === document.activeElement")
    box.press_sequentially("ket nap", delay=20)
    page.wait_for_selector("#page-suggestions a")
    is_sound(page)

    box.fill("chi bo bieu quyet ket nap dang vien")
    box.press("Enter")
    page.wait_for_selector(".result")
    is_sound(page)
    first = page.locator(".result").first
    assert "biểu quyết kết nạp" in first.locator("h2").inner_text()
    assert "đảng viên" in " ".join(first.locator("mark").all_inner_texts()).replace("\n", " ")

    title = first.locator("h2").inner_text()
    first.locator("h2 a").click()
    page.wait_for_url("**/cam-nang/muc/**")
    assert page.locator("h1").inner_text() == title
    is_sound(page)
