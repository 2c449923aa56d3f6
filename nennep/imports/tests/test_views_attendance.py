"""The pages of a table of who attended."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nennep.core.tests.workbooks import xlsx
from nennep.imports.choices import Kind
from nennep.imports.models import Import, KnownHeading
from nennep.imports.tests.factories import (
    ALL,
    named_alike,
    rows_of,
)
from nennep.meetings.models import Attendance, RollCall
from nennep.meetings.tests.factories import (
    make_cell,
    opened,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=5, probationary=1, exempt=1, away=1)


@pytest.fixture
def secretary(cell):
    client = Client()
    client.force_login(cell.secretary)
    return client


def send(client, meeting, rows):
    file = SimpleUploadedFile("diem-danh.xlsx", xlsx(rows).getvalue())
    url = reverse("imports:attendance", args=[meeting.public_id])
    return client.post(url, {"file": file, "is_not_secret": "on"})


def test_from_the_roll_call_page_to_the_roll_call(cell, secretary):
    meeting = opened(cell)
    page = secretary.get(reverse("meetings:roll-call", args=[meeting.public_id])).content.decode()
    assert "Điểm danh từ bảng tính" in page

    shown = secretary.get(send(secretary, meeting, rows_of(cell, *ALL[:4]))["Location"])
    assert "Đảng viên không có trong tệp" in shown.content.decode()
    assert "(không bắt buộc)" not in shown.content.decode()
    taken = Import.objects.get()
    unanswered = secretary.post(reverse("imports:answer", args=[taken.public_id]), {"rest": ""})
    assert unanswered.status_code == 422
    assert "rest" in unanswered.context["answers"].errors
    secretary.post(reverse("imports:answer", args=[taken.public_id]), {"rest": "present"})
    secretary.post(reverse("imports:take", args=[taken.public_id]))
    assert RollCall.objects.get().present == 2

    result = secretary.get(reverse("imports:preview", args=[taken.public_id])).content.decode()
    assert reverse("meetings:roll-call", args=[meeting.public_id]) in result
    secretary.post(reverse("imports:undo", args=[taken.public_id]))
    assert not RollCall.objects.exists()


def test_who_a_row_is_about_is_chosen_on_the_page(cell, secretary):
    first, third = named_alike(cell)
    rows = [["Họ và tên", "Có mặt ở đâu"], *[[m.full_name, "Có mặt"] for m in cell.members]]
    rows[3][1] = "Vắng có lý do"
    meeting = opened(cell)
    send(secretary, meeting, rows)
    taken = Import.objects.get()
    mapping = {"column_0": "full_name", "column_1": "presence"}
    secretary.post(reverse("imports:columns", args=[taken.public_id]), mapping)
    assert KnownHeading.objects.get(heading="co mat o dau").kind == Kind.ATTENDANCE
    shown = secretary.get(reverse("imports:preview", args=[taken.public_id])).content.decode()
    assert f"Hàng 2: “{first.full_name}” là ai?" in shown

    answers = {"who_2": str(third.pk), "who_4": str(first.pk)}
    secretary.post(reverse("imports:answer", args=[taken.public_id]), answers)
    secretary.post(reverse("imports:take", args=[taken.public_id]))
    assert Attendance.objects.get(member=first).presence == "excused"


def test_at_the_imports_page_the_meeting_is_chosen_first(cell, secretary):
    meeting = opened(cell)
    shown = secretary.get(reverse("imports:upload", args=[cell.unit.code, "diem-danh"]))
    assert reverse("imports:attendance", args=[meeting.public_id]) in shown.content.decode()
    assert secretary.get(reverse("imports:template", args=["diem-danh"])).status_code == 200
    export = reverse("imports:export", args=[cell.unit.code, "diem-danh", "csv"])
    assert secretary.get(export).status_code == 404


def test_who_is_above_the_cell_takes_no_roll_call_from_a_table(cell):
    meeting = opened(cell)
    client = Client()
    client.force_login(cell.officer)
    assert client.get(reverse("imports:attendance", args=[meeting.public_id])).status_code in {
        403,
        404,
    }
    page = client.get(reverse("meetings:roll-call", args=[meeting.public_id])).content.decode()
    assert "Điểm danh từ bảng tính" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_verdicts_ask_as_much_however_many_rows_there_are(
    cell, secretary, count, django_assert_max_num_queries
):
    meeting = opened(cell)
    address = send(secretary, meeting, rows_of(cell, *ALL[:count]))["Location"]
    with django_assert_max_num_queries(16):
        secretary.get(address)
