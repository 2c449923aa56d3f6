"""From the office's list of secretaries to a secretary at work.

The organisation department makes the accounts on a laptop and takes the slips home; the secretary
reads hers, signs in on a phone of 360 pixels, chooses a password, sets up the second step she may
have, and works. Then the post passes to another: the phone is outside at its next tap.
"""

import base64
import io
import time
from datetime import date

import pypdfium2
import pytest

from conftest import PHONE
from nennep.accounts.choices import Role
from nennep.accounts.rules import one_time
from nennep.accounts.tests.factories import make_person
from nennep.core.models import Installation
from nennep.members.models import Position
from nennep.members.tests import factories
from tests.journeys.test_board import is_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICE_PASSWORD, OWN = "van-phong-2024", "mot-cau-de-nho"


@pytest.fixture
def committee():
    Installation.objects.create(is_demonstration=True)  # which asks nobody for a second step
    committee = factories.committee("Đảng bộ xã Phù Lỗ", code="PHULO")
    for number, name in enumerate(("Nguyễn Thị Hoa", "Trần Văn Bình"), start=1):
        cell = factories.cell(f"Chi bộ thôn {number}", committee, code=f"TH{number}")
        Position.objects.create(
            member=factories.member(cell, name), body=factories.body(cell), title="secretary",
            valid_from=date(2022, 6, 1),
        )  # fmt: skip
        factories.member(cell, f"Lê Văn {number}")
    office = make_person(
        Role.ORGANISATION_OFFICER, committee, username="to.chuc", password=OFFICE_PASSWORD
    )
    office.must_change_password = False
    office.save()
    return committee


@pytest.fixture
def phone_beside(chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, viewport=PHONE, is_mobile=True, locale="vi-VN"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def enter(page, username, password):
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")


def slips_of(page):
    """The texts of the pages that were handed out."""
    with page.expect_download() as download:
        page.click("text=Lấy phiếu (PDF)")
    document = pypdfium2.PdfDocument(io.BytesIO(download.value.path().read_bytes()))
    return [each.get_textpage().get_text_bounded() for each in document]


def password_on(slip):
    return next(word for word in slip.split() if word.count("-") == 3 and len(word) == 19)


def make_accounts(page):
    enter(page, "to.chuc", OFFICE_PASSWORD)
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    page.goto("/quyen/PHULO/")
    is_sound(page)
    page.click("text=Chức vụ và tài khoản")
    page.wait_for_url("**/chuc-vu/PHULO/")
    is_sound(page)
    page.locator("a:has-text('Lập tài khoản')").first.click()
    page.wait_for_url("**/tai-khoan/bi-thu/")
    is_sound(page)
    page.fill("input[name=call]", "Ban Tổ chức, 024 3884 1234")
    page.click("text=Lập 2 tài khoản")
    page.wait_for_selector("text=Lấy phiếu (PDF)")
    is_sound(page)
    slips = slips_of(page)
    assert ["nguyen.thi.hoa" in slip for slip in slips] == [True, False]
    page.reload()
    assert page.locator("text=Lấy phiếu (PDF)").count() == 0
    return slips


def come_in(page, slip):
    """As the slip says: name, first password, a password of one's own."""
    first = password_on(slip)
    enter(page, "nguyen.thi.hoa", first)
    page.wait_for_url("**/mat-khau/")
    page.fill("input[name=new]", OWN)
    page.fill("input[name=again]", OWN)
    page.press("input[name=again]", "Enter")
    page.wait_for_url(lambda url: "mat-khau" not in url)
    is_sound(page)


def set_up_second_step(page):
    page.goto("/hai-buoc/dien-thoai/")
    letters = page.locator(".own-letters").inner_text().replace(" ", "")
    code = one_time.code_at(base64.b32decode(letters), int(time.time()) // one_time.STEP)
    page.fill("input[name=code]", code)
    page.press("input[name=code]", "Enter")
    page.wait_for_selector("#codes li")


def test_from_a_slip_to_work_and_to_the_successor(laptop, phone_beside, committee):
    office, phone = laptop, phone_beside
    slip = make_accounts(office)[0]
    assert "Ban Tổ chức, 024 3884 1234" in slip

    come_in(phone, slip)
    set_up_second_step(phone)
    phone.goto("/dang-vien/chi-bo/TH1/")
    assert "Nguyễn Thị Hoa" in phone.locator("main").inner_text()

    office.goto("/chuc-vu/TH1/")
    office.locator("a:has-text('Bàn giao')").first.click()
    office.wait_for_url("**/ban-giao/**")
    is_sound(office)
    office.locator("select[name=to]").select_option(label="Lê Văn 1, 1960")
    office.locator(".action-bar .button--main").click()
    office.wait_for_selector(".slip")
    assert "Từ hôm nay, Lê Văn 1 giữ chức vụ" in office.locator("main").inner_text()
    is_sound(office)
    next_password = office.locator("#password").inner_text()

    phone.reload()
    assert "Nguyễn Thị Hoa" not in phone.locator("main").inner_text()
    phone.context.clear_cookies()
    enter(phone, "le.van.1", next_password)
    phone.wait_for_url("**/mat-khau/")
