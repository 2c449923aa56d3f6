"""The pages of a spreadsheet on its way in: file, columns, verdicts, taken in, undone."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.core.jobs import count_aside, counted
from nennep.core.tests.workbooks import xlsx
from nennep.imports.actions import forget_stale
from nennep.imports.models import Import, KnownHeading
from nennep.imports.tests.factories import UNIT_HEADINGS
from nennep.imports.views import frame
from nennep.meetings.models import Meeting
from nennep.members.models import Standing
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
LIST = [
    UNIT_HEADINGS,
    ["DB-DONG", "Đảng bộ xã Đông", "Đảng bộ cơ sở", None, None],
    ["CB-1", "Chi bộ thôn Đông 1", "Chi bộ", "Thôn", "DB-DONG"],
]


@pytest.fixture
def ward():
    return make_unit("Đảng bộ huyện Sóc Sơn", kind=UnitKind.DISTRICT, code="SOCSON")


@pytest.fixture
def clerk(ward):
    client = Client()
    client.force_login(make_user(("organisation_officer", ward)))
    return client


def send(client, rows, *, name="danh-sach.xlsx", kind="to-chuc", **kind_of_file):
    file = SimpleUploadedFile(name, xlsx(rows, **kind_of_file).getvalue())
    url = reverse("imports:upload", args=["SOCSON", kind])
    return client.post(url, {"file": file, "is_not_secret": "on"})


def page(client, answer):
    return client.get(answer["Location"]).content.decode()


def test_a_file_is_shown_row_by_row_before_anything_is_written(clerk, ward):
    shown = page(clerk, send(clerk, LIST))

    assert "Chưa ghi gì cả" in shown
    assert shown.count("Chi bộ thôn Đông 1") == 1
    assert "Nhập 2 hàng" in shown
    assert not Unit.objects.filter(code="CB-1").exists()


def test_taken_in_and_undone_again_everything_is_as_before(clerk, ward):
    send(clerk, LIST)
    taken = Import.objects.get()
    clerk.post(reverse("imports:take", args=[taken.public_id]))
    assert Unit.objects.filter(code="CB-1").exists()

    clerk.post(reverse("imports:undo", args=[taken.public_id]))
    assert not Unit.objects.filter(code__in=["CB-1", "DB-DONG"]).exists()
    taken.refresh_from_db()
    assert (bytes(taken.table), taken.undone_at is None) == (b"", False)


def test_what_was_gone_on_from_is_not_undone(clerk, ward):
    send(clerk, LIST)
    taken = Import.objects.get()
    clerk.post(reverse("imports:take", args=[taken.public_id]))
    make_unit("Chi bộ thôn Đông 2", parent=Unit.objects.get(code="DB-DONG"))

    answer = clerk.post(reverse("imports:undo", args=[taken.public_id]))
    assert answer.status_code == 409
    assert Unit.objects.filter(code="CB-1").exists()


def test_faulty_cells_are_listed_with_their_addresses_and_nothing_can_be_taken_in(clerk, ward):
    shown = page(clerk, send(clerk, [*LIST, ["CB-2", "Chi bộ 2", "Chi hội", None, None]]))

    assert "Ô C4" in shown
    assert reverse("imports:take", args=[Import.objects.get().public_id]) not in shown


def test_a_hostile_file_is_a_sentence_beside_the_field(clerk, ward):
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + bytes(100))
    url = reverse("imports:upload", args=["SOCSON", "to-chuc"])
    answer = clerk.post(url, {"file": file, "is_not_secret": "on"})

    assert answer.status_code == 422
    assert "Tệp bị hỏng" in answer.content.decode()
    assert Import.objects.count() == 0


def test_a_file_named_secret_is_refused_and_not_kept(clerk, ward):
    answer = send(clerk, LIST, name="TUYỆT MẬT.xlsx")

    assert answer.status_code == 422
    assert Import.objects.count() == 0


def test_what_a_column_means_is_asked_once_and_remembered(clerk, ward):
    rows = [["Mã", "Tên tổ chức đảng", "Nằm ở"], *[[r[0], r[1], r[4]] for r in LIST[1:]]]
    shown = page(clerk, send(clerk, rows))
    assert "Nằm ở" in shown

    taken = Import.objects.get()
    mapping = {"column_0": "code", "column_1": "name", "column_2": "parent"}
    clerk.post(reverse("imports:columns", args=[taken.public_id]), mapping)
    assert KnownHeading.objects.get(heading="nam o").key == "parent"
    clerk.post(reverse("imports:discard", args=[taken.public_id]))

    assert "Nằm ở" not in page(clerk, send(clerk, rows))


def test_what_may_not_be_kept_is_named_and_is_not_in_what_was_put_aside(clerk, ward):
    rows = [[*LIST[0], "Số CCCD người liên hệ"], [*LIST[1], "036200012345"]]
    shown = page(clerk, send(clerk, rows))

    assert "Số CCCD người liên hệ" in shown
    assert "036200012345" not in shown


def test_a_long_file_is_compared_and_taken_in_by_a_job(
    clerk, ward, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(frame, "QUICK_ROWS", 1)
    with django_capture_on_commit_callbacks(execute=True):
        send(clerk, LIST)
    taken = Import.objects.get()
    assert (taken.job.state, taken.counts["new"]) == ("done", 2)

    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("imports:take", args=[taken.public_id]))
    assert Unit.objects.filter(code="CB-1").exists()


def test_while_a_job_runs_its_page_shows_how_far_it_is(clerk, ward, monkeypatch):
    monkeypatch.setattr(frame, "QUICK_ROWS", 1)
    shown = page(clerk, send(clerk, LIST))

    assert "<progress" in shown


def test_the_page_counts_the_rows_while_they_are_written_and_nobody_else_sees_them_yet(
    clerk, ward, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(frame, "QUICK_ROWS", 1)
    with django_capture_on_commit_callbacks(execute=True):
        send(clerk, LIST)
    taken = Import.objects.get()
    shown = []

    def look(job, *, done, total):
        count_aside(job, done=done, total=total)
        page = clerk.get(reverse("imports:preview", args=[taken.public_id])).content.decode()
        shown.append(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))

    monkeypatch.setattr("nennep.imports.actions.taking.REPORTED_EVERY", 1)
    monkeypatch.setattr("nennep.core.jobs.count_aside", look)
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("imports:take", args=[taken.public_id]))

    assert [count for page in shown for count in re.findall(r"\d/2 · \d+%", page)] == [
        "1/2 · 50%", "2/2 · 100%", "2/2 · 100%",
    ]  # fmt: skip
    assert counted(Import.objects.get().job).done == 2
    assert not any((settings.DATA_DIR / "counts").iterdir())


def test_a_verdict_that_changed_meanwhile_is_shown_again_before_anything_is_written(clerk, ward):
    send(clerk, LIST)
    make_unit("Đảng bộ xã Đông", kind=UnitKind.GRASSROOTS_COMMITTEE, parent=ward, code="DB-DONG")

    answer = clerk.post(reverse("imports:take", args=[Import.objects.get().public_id]))
    assert answer.status_code == 409
    assert not Unit.objects.filter(code="CB-1").exists()


def test_who_may_not_manage_units_takes_none_in(ward):
    client = Client()
    client.force_login(make_user(("officer", ward)))
    assert client.get(reverse("imports:start", args=["SOCSON"])).status_code == 403


def test_the_template_is_a_workbook(clerk):
    answer = clerk.get(reverse("imports:template", args=["to-chuc"]))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_verdicts_asks_as_much_however_many_rows_there_are(
    clerk, ward, count, django_assert_num_queries
):
    answer = send(
        clerk, [*LIST, *[[f"C-{n}", f"Chi bộ {n}", None, None, None] for n in range(count)]]
    )
    with django_assert_num_queries(4):
        clerk.get(answer["Location"])


MEMBERS = [
    ["Họ và tên", "Giới tính", "Ngày sinh", "Chi bộ", "Tôn giáo"],
    ["Nguyễn Văn An", "Nam", "3-2-1956", "CB-9", "Phật"],
]


def test_what_a_list_leaves_open_is_asked_once_for_the_whole_file(clerk, ward):
    make_unit("Chi bộ thôn Tây", kind=UnitKind.GRASSROOTS_CELL, parent=ward, code="CB-9")
    shown = page(clerk, send(clerk, MEMBERS, kind="dang-vien"))
    assert "Ai không ghi dự bị thì là đảng viên chính thức" in shown
    assert "Phật" not in shown

    taken = Import.objects.get()
    answers = {"all_official": "on", "since": "2024-03-01"}
    clerk.post(reverse("imports:answer", args=[taken.public_id]), answers)
    clerk.post(reverse("imports:take", args=[taken.public_id]))
    standing = Standing.objects.get()
    assert (standing.kind, standing.valid_from) == ("official", date(2024, 3, 1))
    assert b"Ph" not in bytes(taken.table)


def test_an_administrator_takes_in_no_members(ward):
    client = Client()
    client.force_login(make_user(("administrator", ward)))

    assert client.get(reverse("imports:upload", args=["SOCSON", "to-chuc"])).status_code == 200
    assert client.get(reverse("imports:upload", args=["SOCSON", "dang-vien"])).status_code == 403


def test_a_table_nobody_came_back_to_is_put_aside_after_a_week(clerk, ward):
    send(clerk, LIST)
    person = system_person()
    assert forget_stale(by=person) == 0

    Import.objects.update(uploaded_at=clock.now() - timedelta(days=8))
    assert forget_stale(by=person) == 1
    assert bytes(Import.objects.get().table) == b""


HISTORY = [
    ["Chi bộ", "Ngày họp", "Bắt đầu", "Kết thúc", "Đảng số", "Có mặt"],
    ["CB-9", "3-5-2024", "19:30", "21:00", 12, 12],
]


def test_past_meetings_are_looked_at_taken_in_and_undone(clerk, ward):
    make_unit("Chi bộ thôn Tây", kind=UnitKind.GRASSROOTS_CELL, parent=ward, code="CB-9")
    shown = page(clerk, send(clerk, HISTORY, kind="cuoc-hop"))
    assert "Chi bộ thôn Tây, 3-5-2024" in shown
    assert not Meeting.objects.exists()

    taken = Import.objects.get()
    clerk.post(reverse("imports:take", args=[taken.public_id]))
    assert Meeting.objects.get().is_return
    clerk.post(reverse("imports:undo", args=[taken.public_id]))
    assert not Meeting.objects.exists()


def test_a_file_with_a_question_and_a_fault_is_to_be_corrected_first(clerk, ward):
    make_unit("Chi bộ thôn Tây", kind=UnitKind.GRASSROOTS_CELL, parent=ward, code="CB-9")
    asked = page(clerk, send(clerk, MEMBERS, kind="dang-vien"))
    assert "Tệp còn điều chưa rõ" in asked

    rows = [*MEMBERS, ["Trần Thị Bình", "Nữ", "31-2-1960", "CB-9", None]]
    both = page(clerk, send(clerk, rows, kind="dang-vien"))
    assert "Tệp còn điều chưa rõ" not in both
    assert "phải sửa" in both
