"""The page of a long task: how far it is, until it has ended. One for all apps."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nennep.core.jobs import counted
from nennep.core.models import Job, JobState

RUNNING = {JobState.WAITING, JobState.RUNNING}


def job_page(
    request: HttpRequest,
    job: Job | None,
    *,
    lead: str,
    note: str,
    crumbs: Sequence[tuple[str, str]],
    cancel_url: str = "",
) -> HttpResponse | None:
    """While the task runs, its page, or the part of it that asks again; None once it has ended.

    What came of it, and what it says where it failed (`job.error`), is for the page behind it. A
    part that asks when the task has just ended opens that page.
    """
    is_part = request.headers.get("HX-Request") == "true"
    if job is not None and job.state in RUNNING:
        template = "ui/parts/job.html" if is_part else "ui/job.html"
        shown = {
            "job": counted(job),
            "lead": lead,
            "note": note,
            "crumbs": crumbs,
            "cancel_url": cancel_url,
        }
        return render(request, template, shown)
    if is_part:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return None
