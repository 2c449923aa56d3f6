"""From an empty organisation and two spreadsheets to a secretary's first meeting, in the browser."""

import pytest

from nennep.accounts.queries import system_person
from nennep.core.tests.workbooks import xlsx
from nennep.meetings.models import Meeting
from nennep.members.models import Member
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.tests.factories import make_root, make_unit, make_user
from nennep.regulations.actions import load_presets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNITS = [
    ["DANH SÁCH TỔ CHỨC ĐẢNG"],
    ["STT", "Mã", "Tên tổ chức đảng", "Loại tổ chức", "Loại hình", "Nhiệm kỳ từ ngày", "Có chi ủy"],
    [1, "CB-1", "Chi bộ tổ dân phố 1", "Chi bộ cơ sở", "Tổ dân phố", "1-1-2023", "x"],
    [2, "CB-2", "Chi bộ tổ dân phố 2", "Chi bộ cơ sở", "Tổ dân phố", "1-1-2023", "x"],
]
MEMBERS = [
    ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Chính thức", "Chi bộ", "Chức vụ", "Số CCCD"],
    *[
        [n, f"Nguyễn Thị {word}", "Nữ", f"{n}-2-1970", "3-2-1995", "CB-1",
         "Bí thư" if n == 1 else None, "001200012345"]
        for n, word in enumerate(("An", "Bình", "Chi", "Dung"), 1)
    ],
]  # fmt: skip


@pytest.fixture
def ward():
    load_presets(by=system_person())
    make_root()
    return make_unit("Đảng bộ phường Ba Đình", kind=UnitKind.COMMUNE, code="BADINH")


@pytest.fixture
def enter(client, settings, live_server):
    """The browser gets the session of somebody signed in."""

    def be(page, user):
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return be


def take_in(page, tmp_path, name, rows):
    """Choose the file, look at the verdicts, take it in."""
    file = tmp_path / name
    file.write_bytes(xlsx(rows).getvalue())
    page.set_input_files("input[type=file]", str(file))
    page.check("input[name=is_not_secret]")
    press(page, "Đọc tệp")
    press(page, f"Nhập {len(rows) - 1 - (name == 'units.xlsx')} hàng")


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_two_spreadsheets_lead_to_the_first_meeting(laptop, ward, enter, tmp_path):
    enter(laptop, make_user(("organisation_officer", ward)))

    laptop.goto("/buoc-dau/")
    laptop.get_by_role("link", name="Nhập các tổ chức đảng").click()
    take_in(laptop, tmp_path, "units.xlsx", UNITS)
    assert set(Unit.objects.filter(parent=ward).values_list("code", flat=True)) == {"CB-1", "CB-2"}

    laptop.goto("/buoc-dau/")
    laptop.get_by_role("link", name="Nhập danh sách đảng viên").click()
    take_in(laptop, tmp_path, "members.xlsx", MEMBERS)
    assert Member.objects.filter(unit__code="CB-1").count() == 4
    assert "Số CCCD" in laptop.content()
    assert "001200012345" not in laptop.content()

    enter(laptop, make_user(("secretary", Unit.objects.get(code="CB-1"))))
    laptop.goto("/")
    with laptop.expect_navigation():
        laptop.locator("main .button--main:visible").first.click()
    assert Meeting.objects.get().unit.code == "CB-1"
