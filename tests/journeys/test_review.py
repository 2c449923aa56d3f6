"""From a news item to a finished review: its figures are read and confirmed, the report published."""

from pathlib import Path

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.tests.factories import make_person
from nennep.indicators.tests.factories_tree import TODAY
from nennep.reports.models import Contribution, ProgrammeReview
from nennep.reports.tests.factories import STATED, district
from nennep.statements.models import StatedFigure
from tests.journeys.test_month_of_a_cell import look, moment, press, sign_in  # noqa: F401 -- fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return district()


def test_a_written_report_is_read_confirmed_and_stands_in_the_published_review(
    phone,
    live_server,
    sign_in,  # noqa: F811 -- the fixture
    tree,
    tmp_path,
):
    article = tmp_path / "tin-so-ket.txt"
    article.write_text(STATED, encoding="utf-8")

    sign_in(phone, tree.clerk, live_server.url)
    phone.goto("/so-lieu-bao-cao/DIST/doc/")
    phone.get_by_label("Báo cáo hoặc bản tin").set_input_files(str(article))
    phone.get_by_label("Tôi cam đoan tệp này không chứa bí mật nhà nước").check()
    press(phone, "Đọc tệp")
    press(phone, "Xác nhận cả 2 số liệu chờ xem")
    assert StatedFigure.objects.filter(verdict="confirmed").count() == 2

    phone.goto("/so-ket/")
    phone.get_by_role("link", name="Sơ kết một chương trình").click()
    phone.get_by_label("Cách gọi khoảng thời gian").fill("6 tháng")
    phone.get_by_label("Ngày bắt đầu").fill("2024-01-06")
    press(phone, "Bắt đầu")
    review = ProgrammeReview.objects.get()
    assert phone.get_by_text("+5,5").is_visible()
    look(phone, "review-figures")

    phone.get_by_role("link", name="Đề nghị gửi ý kiến").click()
    phone.get_by_label("Hạn gửi ý kiến").fill("2024-06-20")
    press(phone, "Đề nghị")

    near = make_person(Role.OFFICER, tree.near)
    sign_in(phone, near, live_server.url)
    phone.goto("/so-ket/y-kien/")
    phone.get_by_role("link", name="11-ĐA/TU").click()
    phone.get_by_label("Việc làm tốt").fill("Gửi tài liệu trước ba ngày")
    look(phone, "contribution")
    press(phone, "Gửi")
    assert Contribution.objects.get().text == "Gửi tài liệu trước ba ngày"

    sign_in(phone, tree.clerk, live_server.url)
    phone.goto(f"/so-ket/cuoc/{review.public_id}/")
    phone.get_by_role("link", name="Chọn trong 1 ý kiến").click()
    phone.get_by_label("Gửi tài liệu trước ba ngày").check()
    look(phone, "choosing")
    press(phone, "Đưa các ý đã đánh dấu vào báo cáo")
    phone.once("dialog", lambda dialog: dialog.accept())
    press(phone, "Ban hành")
    phone.get_by_role("link", name="Báo cáo như đã ban hành").click()
    look(phone, "published-review")

    review.refresh_from_db()
    with phone.expect_download() as taken:
        phone.get_by_role("link", name="Tệp Word đã ban hành").click()
    assert Path(taken.value.path()).read_bytes() == bytes(review.published.document)
