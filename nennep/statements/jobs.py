"""A door for reports whose reading takes more than a moment."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django_tasks import task

from nennep.accounts.models import User
from nennep.core import jobs
from nennep.core.models import Job
from nennep.statements.actions import read_figures
from nennep.statements.models import WrittenReport

KIND = "reading"


@task()
def read_long_report(job_id: int, report_id: int, person_id: int) -> None:
    def work(job: Job) -> dict[str, Any]:
        report = WrittenReport.objects.get(pk=report_id)

        def tell(done: int, total: int) -> None:
            jobs.report(job, done=done, total=total, doing=_("Reading the numbers of the text"))

        read_figures(report, by=User.objects.get(pk=person_id), tell=tell)
        return {"figures": report.figures.count()}

    jobs.run(job_id, work)
