"""The way in: a first password, one's own, a second step; then a passkey instead of a code.

The clerk of a committee comes with what the office handed over, on a phone of 360 pixels. The codes
are reckoned here from the key on the page, as the application on the telephone does; the passkey is
one of Chromium's own virtual authenticators.
"""

import base64
import time

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.rules import one_time
from nennep.accounts.tests.factories import make_person
from nennep.organisation.tests.factories import make_committee
from tests.journeys.test_board import is_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, OWN = "dau-tien-2024", "mot-cau-de-nho"


@pytest.fixture
def clerk():
    return make_person(
        Role.OFFICER, make_committee("Đảng bộ xã Phù Lỗ"), username="van.phong", password=FIRST
    )


def enter(page, password):
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", "van.phong")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")


def leave(page):
    page.context.clear_cookies()


def code_of(secret, steps_on=0):
    return one_time.code_at(secret, int(time.time()) // one_time.STEP + steps_on)


def read_secret(page):
    letters = page.locator(".own-letters").inner_text().replace(" ", "")
    return base64.b32decode(letters)


def set_up_telephone(page):
    page.wait_for_url("**/hai-buoc/")
    assert "bắt buộc đăng nhập hai bước" in page.locator("main").inner_text()
    is_sound(page)
    page.click("text=Cài mã trên điện thoại")
    page.wait_for_url("**/hai-buoc/dien-thoai/")
    is_sound(page)
    secret = read_secret(page)
    page.fill("input[name=code]", code_of(secret))
    page.press("input[name=code]", "Enter")
    page.wait_for_selector("#codes li")
    return secret


def test_from_a_first_password_to_work_and_back_with_a_code(phone, clerk):
    page = phone
    enter(page, FIRST)
    page.wait_for_url("**/mat-khau/")
    is_sound(page)
    page.fill("input[name=new]", OWN)
    page.fill("input[name=again]", OWN)
    page.press("input[name=again]", "Enter")

    secret = set_up_telephone(page)
    codes = page.locator("#codes li").all_inner_texts()
    assert len(codes) == 10
    is_sound(page)
    page.click("text=Đã cất giữ, tiếp tục")
    page.goto("/cua-toi/")
    assert page.locator("h1").inner_text() == "Tài khoản của tôi"
    is_sound(page)

    leave(page)
    enter(page, OWN)
    page.wait_for_url("**/dang-nhap/buoc-hai/")
    is_sound(page)
    page.fill("input[name=code]", "000000")
    page.press("input[name=code]", "Enter")
    page.wait_for_selector(".field--wrong")
    page.fill("input[name=code]", code_of(secret, steps_on=1))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)

    leave(page)
    enter(page, OWN)
    page.fill("input[name=code]", codes[0])
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def test_a_passkey_takes_the_place_of_the_code(phone, clerk):
    page = phone
    clerk.must_change_password = False
    clerk.save()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})

    enter(page, FIRST)
    page.wait_for_url("**/hai-buoc/")
    page.click("text=Cài khóa truy cập")
    page.wait_for_url("**/hai-buoc/khoa/")
    is_sound(page)
    page.fill("input[name=name]", "Điện thoại của tôi")
    page.click("[data-passkey-button]")
    page.wait_for_selector("#codes li")
    page.goto("/hai-buoc/")
    assert "Điện thoại của tôi" in page.locator("main").inner_text()

    leave(page)
    enter(page, FIRST)
    page.wait_for_url("**/dang-nhap/buoc-hai/")
    page.click("[data-passkey-button]")
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    page.goto("/thiet-bi/")
    assert page.locator("tbody tr").count() == 2
    is_sound(page)
