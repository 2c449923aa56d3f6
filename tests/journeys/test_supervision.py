"""A committee follows a cell: a visit is planned, the minutes make it, what is recommended is answered."""

from datetime import date

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.meetings import actions
from nennep.meetings.tests import factories
from nennep.quality.models import Recommendation, Visit
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
