"""Doors for work on the roll that takes more than a moment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django_tasks import task

from nennep.accounts.actions.batches import fill_batch
from nennep.accounts.choices import Can
from nennep.accounts.models import AccountBatch, User
from nennep.core import jobs
from nennep.core.models import Job
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.members.actions.offices import OfficeAccount, open_office_accounts, slips_file

KIND = "accounts"


@task()
def open_accounts(
    job_id: int,
    batch_id: int,
    person_id: int,
    address: str,
    call: str,
    valid_to: str,
    renews: bool,  # noqa: FBT001 -- a task is called by name
) -> None:
    def work(job: Job) -> dict[str, Any]:
        batch, person = _allowed(batch_id, person_id)

        def report(done: int, total: int) -> bool:
            return jobs.report(job, done=done, total=total, doing=_("Making first passwords"))

        made = open_office_accounts(
            batch.unit,
            batch.role,
            by=person,
            valid_to=date.fromisoformat(valid_to) if valid_to else None,
            renews=renews,
            report=report,
        )
        slips = slips_file(made, address=address, call=call)
        fill_batch(batch, slips=slips, made=[_told(each) for each in made])
        return {"accounts": len(made)}

    jobs.run(job_id, work)


def _told(each: OfficeAccount) -> list[object]:
    return [each.opened.user.pk, each.office.unit_id, str(each.opened.opening.gets)]


def _allowed(batch_id: int, person_id: int) -> tuple[AccountBatch, User]:
    """What was allowed when the job was asked for may be withdrawn by now."""
    batch = AccountBatch.objects.select_related("unit").get(pk=batch_id)
    person = User.objects.get(pk=person_id)
    if not may(person, Can.LOOK_AFTER_ACCOUNTS, batch.unit):
        raise Refusal(
            _("You may no longer make accounts at “%(unit)s”.") % {"unit": batch.unit.name},
            code="no_longer_allowed",
        )
    return batch, person
