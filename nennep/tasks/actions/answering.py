"""The receiver's side: taking a task on, and saying what came of it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions import record_result
from nennep.tasks.actions.ground import locked, not_in_future, open_one, tell
from nennep.tasks.models import Assignment


@transaction.atomic
def accept_task(assignment: Assignment, *, by: User) -> Assignment:
    """The receiver has read it and takes it on."""
    fresh = open_one(assignment)
    if fresh.accepted_at is None:
        fresh.accepted_at = clock.now()
        fresh.save(update_fields=["accepted_at"])
        trail.record("task accepted", fresh, by=by)
    return fresh


@transaction.atomic
def report_result(
    assignment: Assignment, *, result: str, by: User, done_on: date | None = None
) -> Assignment:
    """What came of it. Without a day it is a word on the way: the task stays open.

    Of a line of a resolution the result is written on the line, and comes back from there.
    """
    fresh, result = open_one(assignment), tidy(result)
    refuse_secret(result)
    if done_on is not None:
        not_in_future(done_on, field="done_on")
    if not result and done_on is None:
        raise Refusal(
            _("Write what came of it, or the day on which it was done."),
            code="result_missing",
            field="result",
        )
    line = fresh.task.line
    if line is not None:
        record_result(line, result=result, done_on=done_on, by=by)
        return locked(assignment)
    _write(fresh, result, done_on)
    trail.record("task reported", fresh, by=by, done_on=done_on)
    tell(fresh)
    return fresh


@transaction.atomic
def take_report_back(assignment: Assignment, *, by: User) -> Assignment:
    """It was reported by mistake: the task is open again."""
    fresh = open_one(assignment)
    line = fresh.task.line
    if line is not None:
        record_result(line, result="", by=by)
        return locked(assignment)
    _write(fresh, "", None)
    trail.record("report taken back", fresh, by=by)
    tell(fresh)
    return fresh


def _write(fresh: Assignment, result: str, done_on: date | None) -> None:
    fresh.result, fresh.done_on = result, done_on
    fresh.reported_at = clock.now() if result or done_on else None
    fresh.save(update_fields=["result", "done_on", "reported_at"])
