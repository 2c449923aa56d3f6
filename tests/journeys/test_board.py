"""The board on a laptop: from the figure at the top down to the day of a meeting, and the report.

The clerk of a district signs in, sees who is silent, follows one figure to its rows, and takes the
review home as a Word file. On every page axe finds nothing and the page is light.
"""

from pathlib import Path

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.models import Installation
from nennep.indicators import actions
from nennep.indicators.tests.factories_tree import TODAY, grow, hold_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
PASSWORD = "mot-hai-ba-bon"


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    tree = grow()
    actions.rebuild(by=system_person())
    hold_all(tree.n1, presences="pppe")
    hold_all(tree.n2, but=("2024-05",))
    hold_all(tree.f1)
    return tree


@pytest.fixture
def clerk(tree):
    clerk = make_person(Role.OFFICER, tree.district, username="vanphong", password=PASSWORD)
    Installation.objects.create(is_demonstration=True)  # which asks nobody for a second step
    clerk.must_change_password = False  # the first password was changed long ago
    clerk.save()
    return clerk


def violations(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
    )
    return [f"{v['id']}: {n['html'][:200]}" for v in found for n in v["nodes"][:3]]


def is_sound(page):
    """No violation, nothing wider than the window."""
    assert violations(page) == []
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_from_the_board_down_to_the_day_of_a_meeting_and_the_report(laptop, clerk, tree, tmp_path):
    page = laptop
    page.goto("/dang-nhap/?next=/bang/")
    page.fill("input[name=username]", clerk.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")

    page.wait_for_url("**/bang/DIST/**")
    assert page.locator("h1").inner_text() == "Đảng bộ huyện A"
    assert page.locator(".stat").count() == 4
    assert "Chi bộ Hai" in page.locator("#calls").inner_text()
    is_sound(page)

    page.locator(".stat a").first.click()
    page.wait_for_url("**/chi-tieu/DIST/ATT/**")
    assert page.locator(".big-number").inner_text() == "91,1%"
    is_sound(page)

    page.locator("#below a", has_text="Đảng bộ xã Gần").click()
    page.locator("#below a", has_text="Chi bộ Một").click()
    page.wait_for_url("**/chi-tieu/N1/ATT/**")
    months = page.locator("#months")
    assert "5-5-2024" in months.inner_text()
    assert months.locator("tbody a").count() == 0  # content of a cell is not the district's to read
    is_sound(page)

    page.goto("/chi-tieu/DIST/MTG_SILENT/?tu=2024-01&den=2024-06")
    assert page.locator("#rows tbody th").all_inner_texts() == ["Chi bộ Hai Đảng bộ xã Gần"]
    is_sound(page)

    page.goto("/bang/DIST/?tu=2024-01&den=2024-06")
    page.locator("main .ways a", has_text="Báo cáo sơ kết").click()
    page.wait_for_url("**/so-ket/DIST/**")
    is_sound(page)
    with page.expect_download() as download:
        page.locator("a", has_text="Word").click()
    file = tmp_path / "so-ket.docx"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"PK")


def test_on_a_phone_a_member_sees_the_own_cell(phone, client, settings, tree, live_server):
    client.force_login(make_person(Role.MEMBER, tree.n1))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )

    phone.goto("/bang/")

    phone.wait_for_url("**/bang/N1/**")
    assert phone.locator("#months tbody tr").count() == 6
    is_sound(phone)
    phone.locator("#months tbody a").first.click()
    phone.wait_for_url("**/sinh-hoat/**")
