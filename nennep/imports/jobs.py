"""Doors for tables that take more than a moment."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django_tasks import task

from nennep.accounts.models import User
from nennep.core import jobs
from nennep.core.models import Job
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.imports import actions
from nennep.imports.choices import Can
from nennep.imports.models import Import
from nennep.imports.queries.kinds import importer_of
from nennep.indicators.actions import refresh_dirty

KIND = "import"


@task()
def judge_table(job_id: int, import_id: int, person_id: int) -> None:
    def work(job: Job) -> dict[str, Any]:
        taken, person = _allowed(import_id, person_id)

        def report(done: int, total: int) -> None:
            if not jobs.report(job, done=done, total=total, doing=_("Comparing the rows")):
                raise Refusal(_("Cancelled."), code="cancelled")

        return dict(actions.judge(taken, by=person, report=report).counts)

    jobs.run(job_id, work)


@task()
def take_table(job_id: int, import_id: int, person_id: int) -> None:
    """All in one transaction; the figures that wait are counted anew behind it."""

    def work(job: Job) -> dict[str, Any]:
        taken, person = _allowed(import_id, person_id)
        total = taken.counts.get("rows", 0)
        jobs.report(job, done=0, total=total, doing=_("Writing the rows"))

        def report(done: int, total: int) -> None:
            jobs.count_aside(job, done=done, total=total)

        actions.take_in(taken, by=person, report=report)
        jobs.count_aside(job, done=total, total=total)
        jobs.report(job, done=total, total=total, doing=_("Counting the figures anew"))
        refresh_dirty(by=person)
        return dict(taken.counts)

    jobs.run(job_id, work)


def _allowed(import_id: int, person_id: int) -> tuple[Import, User]:
    """What was allowed when the job was asked for may be withdrawn by now."""
    taken = Import.objects.select_related("unit", "meeting").get(pk=import_id)
    person = User.objects.get(pk=person_id)
    for verb in (Can.IMPORT_TABLES, importer_of(taken.kind).verb):
        if not may(person, verb, taken.unit):
            raise Refusal(
                _("You may no longer take tables in at “%(unit)s”.") % {"unit": taken.unit.name},
                code="no_longer_allowed",
            )
    return taken, person
