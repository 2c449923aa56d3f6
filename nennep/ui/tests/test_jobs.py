"""The page of a long task: its count while it runs, then the page behind it."""

import pytest
from django.test import RequestFactory

from nennep.core import clock
from nennep.core.models import Job, JobState
from nennep.ui.jobs import job_page

PART = {"HX-Request": "true"}


def asked(job, headers=None):
    request = RequestFactory().get("/lan-nhap/1/", headers=headers or {})
    return job_page(
        request, job, lead="Đảng bộ xã", note="Cứ rời trang.", crumbs=[], cancel_url="/dung/"
    )


def a_job(state):
    return Job(
        kind="import", title="Nhập danh sách", created_at=clock.now(), state=state, done=600,
        total=15_420, doing="So các dòng",
    )  # fmt: skip


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING])
def test_a_task_that_runs_shows_how_far_it_is_and_asks_again(state):
    page = asked(a_job(state)).content.decode()

    for words in (
        "Nhập danh sách",
        "600/15.420",
        "So các dòng",
        "Cứ rời trang.",
        'action="/dung/"',
    ):
        assert words in page
    assert 'hx-get="/lan-nhap/1/"' in page


def test_the_part_that_asks_again_is_the_count_alone():
    part = asked(a_job(JobState.RUNNING), PART).content.decode()

    assert "600/15.420" in part
    assert "<html" not in part


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_when_it_has_ended_the_part_opens_the_page_behind_and_the_page_is_that(state):
    assert asked(a_job(state), PART).headers["HX-Refresh"] == "true"
    assert asked(a_job(state)) is None
    assert asked(None) is None
