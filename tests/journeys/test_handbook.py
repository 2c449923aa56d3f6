"""A secretary of seventy looks something up on a small phone: found, read, counted, printed.

The way on the phone is only links and one button. On every page axe finds nothing and nothing is
wider than the window.
"""

from datetime import date
from pathlib import Path

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.models import Installation
from nennep.library.actions import load_handbook
from nennep.members.tests.factories import member
from nennep.organisation.tests.factories import make_cell, make_committee
from nennep.regulations.actions import load_presets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
PASSWORD = "mot-hai-ba-bon"


@pytest.fixture
def secretary(on_day):
    on_day(date(2026, 11, 2))
    load_presets(by=system_person())
    load_handbook(by=system_person())
    cell = make_cell("Chi bộ thôn Nội", parent=make_committee("Đảng bộ xã Gần"), code="NOI")
    member(cell, "Nguyễn Thị Lan")
    person = make_person(Role.SECRETARY, cell, username="bithu", password=PASSWORD)
    Installation.objects.create(is_demonstration=True)  # which asks nobody for a second step
    person.must_change_password = False
    person.save()
    return person


def is_sound(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
    )
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] == []
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_the_entry_on_exemption_is_found_read_counted_and_its_form_printed(phone, secretary):
    page = phone
    page.goto("/dang-nhap/?next=/cam-nang/")
    page.fill("input[name=username]", secretary.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/cam-nang/")
    is_sound(page)

    page.get_by_role("link", name="Miễn công tác và sinh hoạt đảng").click()
    is_sound(page)
    page.get_by_role("link", name="Đảng viên đi xa, ốm lâu").click()
    assert "Được, trong năm trường hợp" in page.locator(".answer").inner_text()
    assert page.locator(".numbered > li").count() == 4
    is_sound(page)

    term = page.locator(".term").first
    term.locator("input[type=date]").fill("2026-11-02")
    term.get_by_role("button", name="Tính").click()
    assert page.locator(".term .big-number").inner_text() == "2-11-2027"
    is_sound(page)

    page.get_by_role("link", name="Đơn xin miễn công tác và sinh hoạt đảng").click()
    page.select_option("select[name=member]", label="Nguyễn Thị Lan")
    page.get_by_role("button", name="Điền vào mẫu").click()
    assert "Tôi là: Nguyễn Thị Lan." in page.locator(".paper").inner_text()
    is_sound(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
