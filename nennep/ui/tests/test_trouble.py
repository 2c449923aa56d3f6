"""When the machine is in trouble, the page says so in words, with 503, and asks no database."""

import errno

import pytest
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from nennep.core.trouble import FilesAway
from nennep.ui import views


@pytest.fixture
def patient():
    """A client that shows the page of a failure instead of the failure."""
    return Client(raise_request_exception=False)


def failing(error):
    def view(*_args, **_kwargs):
        raise error

    return view


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("database is locked"), "Cơ sở dữ liệu đang bận"),
        (OperationalError("database or disk is full"), "Ổ đĩa của máy chủ đã đầy"),
        (OSError(errno.ENOSPC, "No space left on device"), "Ổ đĩa của máy chủ đã đầy"),
        (FilesAway(), "Không thấy kho tệp"),
    ],
)
def test_a_trouble_of_the_machine_is_a_page_with_503(patient, monkeypatch, error, says):
    monkeypatch.setattr(views, "render", failing(error))
    answer = patient.get(reverse("ui:offline"))

    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert says in page
    assert "Nội dung đã nhập vẫn còn" in page


def test_a_fault_of_ours_stays_a_500(patient, monkeypatch):
    monkeypatch.setattr(views, "render", failing(ValueError("x")))
    answer = patient.get(reverse("ui:offline"))

    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in answer.content.decode()


def test_an_address_that_is_not_the_servers_is_told_in_words(patient):
    answer = patient.get(reverse("ui:offline"), headers={"host": "khac.example"})

    assert answer.status_code == 400
    assert "NENNEP_HOSTS" in answer.content.decode()


def test_what_is_too_large_for_one_sending_is_told_in_words(patient, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = patient.post(reverse("set_language"), {"language": "vi" * 20})

    assert answer.status_code == 400
    assert "chia thành nhiều lần" in answer.content.decode()


def test_what_arrives_damaged_is_told_in_words(patient, monkeypatch):
    monkeypatch.setattr(views, "render", failing(BadRequest("x")))
    answer = patient.get(reverse("ui:offline"))

    assert answer.status_code == 400
    assert "mở lại trang rồi gửi lại" in answer.content.decode()


def test_the_page_of_a_trouble_needs_no_database(patient, monkeypatch):
    """Not even for the session: nothing here is marked to use one, so a query would fail."""
    monkeypatch.setattr(views, "render", failing(OperationalError("database is locked")))

    assert patient.get(reverse("ui:offline")).status_code == 503
