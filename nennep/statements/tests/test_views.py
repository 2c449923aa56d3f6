import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.core import clock
from nennep.core.models import Job
from nennep.statements import actions
from nennep.statements.models import WrittenReport
from nennep.statements.tests.factories import HONG_HA
from nennep.tasks.tests.factories import committee_user, working_cell

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return working_cell().unit.parent


@pytest.fixture
def clerk(unit):
    return committee_user(unit.code)


@pytest.fixture
def report(unit, clerk):
    return actions.take_in_report(unit, name="so-ket.txt", content=HONG_HA.encode(), by=clerk)


@pytest.fixture
def page(client, clerk):
    client.force_login(clerk)

    def look(address):
        answer = client.get(address)
        assert answer.status_code == 200, address
        return " ".join(answer.content.decode().split())

    return look


def address(record, *more):
    return f"/bao-cao-da-doc/{record.public_id}/" + "".join(more)


def test_the_text_is_shown_with_its_figures_marked_and_each_with_its_sentence(page, report):
    shown = page(address(report))

    assert 'class="read-mark"' in shown
    assert re.search(r"read-mark[^>]*>\s*91,7%", shown)
    sentence = report.figures.get(indicator="ATT").sentence
    assert sentence[:40] in shown
    assert "Xác nhận cả 15 số liệu chờ xem" in shown
    assert '<div class="read-text">Quận Hồng Hà' in shown


def test_a_clerk_takes_a_report_in_confirms_it_and_finds_it_with_the_unit(client, page, unit):
    file = SimpleUploadedFile("so-ket.txt", HONG_HA.encode())
    answer = client.post(
        f"/so-lieu-bao-cao/{unit.code}/doc/", {"file": file, "is_not_secret": "on"}
    )
    report = WrittenReport.objects.get()
    assert answer.url == address(report)

    client.post(address(report, "xac-nhan/"))

    shown = page(f"/so-lieu-bao-cao/{unit.code}/")
    assert "91,7%" in shown
    assert "phần mềm không tính" in shown


def test_a_file_that_cannot_be_read_says_why_and_keeps_the_form(client, page, unit):
    file = SimpleUploadedFile("hong.docx", b"not a zip")

    answer = client.post(
        f"/so-lieu-bao-cao/{unit.code}/doc/", {"file": file, "is_not_secret": "on"}
    )

    assert answer.status_code == 422
    assert "Word" in answer.content.decode()


def test_a_figure_is_corrected_on_a_page_that_shows_its_sentence(client, page, report):
    figure = report.figures.get(indicator="ATT")
    form = page(f"/so-lieu-neu/{figure.public_id}/")
    assert figure.sentence[:40] in form
    assert 'value="91,7"' in form

    client.post(
        f"/so-lieu-neu/{figure.public_id}/",
        {"indicator": "ATT", "bound": "≥", "value": "90,5", "of": figure.of, "as_of": "20/8/2024"},
    )

    figure.refresh_from_db()
    assert (f"{figure.value.normalize():f}", figure.bound, figure.verdict) == (
        "90.5",
        "≥",
        "confirmed",
    )
    assert "đã sửa tay" in page(address(report))


def test_a_refused_correction_is_said_on_the_form(client, page, report):
    figure = report.figures.get(indicator="ATT")

    answer = client.post(
        f"/so-lieu-neu/{figure.public_id}/",
        {"indicator": "ATT", "bound": "=", "value": "120", "of": figure.of, "as_of": ""},
    )

    assert answer.status_code == 422
    assert "Tỷ lệ phải trong khoảng 0 đến 100 %." in answer.content.decode()


def test_who_only_looks_at_figures_sees_the_report_and_no_button(client, unit, report):
    client.force_login(committee_user(unit.code, role="viewer", name="xem"))

    shown = client.get(address(report)).content.decode()

    assert "91,7%" in shown
    assert "y-kien" not in shown
    assert client.post(address(report, "xac-nhan/")).status_code == 403


def test_a_page_of_a_report_asks_the_same_however_many_figures_it_states(client, clerk, unit):
    client.force_login(clerk)
    few = actions.take_in_report(
        unit, name="a.txt", content="Ngày 10/6/2024 có 999 đảng viên.".encode(), by=clerk
    )
    many = actions.take_in_report(unit, name="b.txt", content=HONG_HA.encode(), by=clerk)
    counts = []
    for report in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(report))
        counts.append(len(queries))

    assert counts[1] <= counts[0]


def test_a_long_report_is_read_by_a_job_that_says_how_far_it_is(
    client, clerk, unit, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr("nennep.statements.views.AT_ONCE", 100)
    monkeypatch.setattr(
        "nennep.core.jobs.report", lambda _job, *, done, total, doing: told.append((done, total))
    )
    client.force_login(clerk)
    file = SimpleUploadedFile("so-ket.txt", HONG_HA.encode())

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            f"/so-lieu-bao-cao/{unit.code}/doc/", {"file": file, "is_not_secret": "on"}
        )

    report = WrittenReport.objects.get()
    assert answer["Location"] == address(report)
    assert (report.job.state, report.job.result) == ("done", {"figures": 15})
    assert report.figures.count() == 15
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 15


def test_while_the_job_runs_the_report_shows_its_bar_and_count(client, clerk, report):
    report.job = Job.objects.create(
        kind="reading",
        title="Đọc",
        state="running",
        done=40,
        total=160,
        owner_id=clerk.pk,
        created_at=clock.now(),
    )
    report.save()
    client.force_login(clerk)

    shown = client.get(address(report)).content.decode()

    assert "40/160" in " ".join(shown.split())
    assert "91,7%" not in shown


def test_a_reading_that_broke_off_is_said(client, clerk, report):
    report.job = Job.objects.create(
        kind="reading",
        title="Đọc",
        state="failed",
        error="unexpected",
        owner_id=clerk.pk,
        created_at=clock.now(),
    )
    report.save()
    client.force_login(clerk)

    assert "bị dừng giữa chừng" in client.get(address(report)).content.decode()
