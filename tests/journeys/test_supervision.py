"""A committee follows a cell: visits, what is recommended and answered, inspections."""

from datetime import date

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.meetings import actions
from nennep.meetings.tests import factories
from nennep.quality.models import Inspection, Recommendation, Visit
from nennep.quality.tests.factories_supervision import account_of, commune, follow
from tests.journeys.test_month_of_a_cell import look, moment, press, sign_in  # noqa: F401 -- fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cell():
    return factories.make_cell()


@pytest.fixture
def follower(cell):
    """A member of the committee above, whose account may only look."""
    user = account_of(cell.members[3])
    Grant.objects.create(user=user, role=Role.VIEWER, unit=commune(), valid_from=factories.FOUNDED)
    follow(cell, cell.members[3])
    return user


def test_a_visit_is_planned_made_by_the_minutes_described_and_answered(
    phone,
    live_server,
    sign_in,  # noqa: F811 -- the fixture
    cell,
    follower,
):
    visitor = cell.members[3].full_name
    meeting = factories.ready(cell)

    sign_in(phone, follower, live_server.url)
    phone.goto("/giam-sat/")
    look(phone, "own-cells")
    press(phone, f"Lên kế hoạch tháng 7/2024 : {cell.unit.name}")
    Visit.objects.update(month=date(2024, 6, 1))  # the meeting that is closed next is June's

    actions.add_guest(meeting, full_name=visitor, is_superior=True, by=cell.secretary)
    actions.close_minutes(meeting, by=cell.secretary)
    visit = Visit.objects.get()
    assert (visit.state, visit.visitors) == ("made", visitor)

    phone.goto(f"/giam-sat/buoi-du/{visit.public_id}/")
    phone.get_by_label("Ưu điểm").fill("Đúng giờ, nhiều ý kiến")
    press(phone, "Lưu")
    phone.get_by_text("Nêu kiến nghị").click()
    phone.get_by_label("Kiến nghị", exact=True).fill("Gửi tài liệu trước một ngày")
    press(phone, "Gửi kiến nghị")
    look(phone, "visit")

    sign_in(phone, cell.secretary, live_server.url)
    phone.goto(f"/giam-sat/{cell.unit.code}/")
    look(phone, "supervised-cell")
    phone.get_by_text("Gửi tài liệu trước một ngày").click()
    phone.get_by_label("Trả lời").fill("Chi bộ đã gửi tài liệu từ buổi sau")
    press(phone, "Trả lời")
    look(phone, "recommendation")

    assert Recommendation.objects.get().state == "answered"


def test_an_inspection_is_planned_opened_and_concluded_on_a_telephone(
    phone,
    live_server,
    sign_in,  # noqa: F811 -- the fixture
    cell,
):
    sign_in(phone, cell.officer, live_server.url)
    phone.goto(f"/giam-sat/{commune().code}/kiem-tra/")
    look(phone, "inspections")
    phone.get_by_role("link", name="Thêm cuộc kiểm tra, giám sát").click()
    phone.get_by_label("Tổ chức", exact=True).fill(cell.unit.name)
    phone.get_by_label("Nội dung kiểm tra, giám sát").fill("Chế độ sinh hoạt")
    phone.get_by_label("Dự kiến từ ngày").fill("2024-06-03")
    phone.get_by_label("Dự kiến đến ngày").fill("2024-06-05")
    press(phone, "Lưu")

    phone.get_by_role("link", name=cell.unit.name).click()
    phone.get_by_text("Ghi việc đã làm").click()
    phone.get_by_label("Ngày bắt đầu").fill("2024-06-03")
    press(phone, "Lưu")
    assert phone.get_by_text("Đang tiến hành").is_visible()

    phone.get_by_label("Ngày kết thúc").fill("2024-06-05")
    phone.get_by_role("textbox", name="Kết quả kiểm tra, giám sát").fill("Biên bản ghi đủ")
    phone.get_by_label("Số, ký hiệu văn bản kết luận").fill("05-KL/ĐU")
    press(phone, "Lưu")
    look(phone, "inspection-without-a-day")
    assert phone.get_by_role("textbox", name="Kết quả").input_value() == "Biên bản ghi đủ"

    phone.get_by_label("Ngày kết luận").fill("2024-06-10")
    press(phone, "Lưu")
    look(phone, "inspection")
    assert phone.get_by_text("Đã kết luận").is_visible()
    assert Inspection.objects.get().conclusion_symbol == "05-KL/ĐU"
