"""When the machine is in trouble, the page says so in words, with 503, and asks no database."""

import errno

import pytest
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


def test_the_page_of_a_trouble_needs_no_database(patient, monkeypatch):
    """Not even for the session: nothing here is marked to use one, so a query would fail."""
    monkeypatch.setattr(views, "render", failing(OperationalError("database is locked")))

    assert patient.get(reverse("ui:offline")).status_code == 503
