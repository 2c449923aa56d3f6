"""Long tasks: a row that people can watch, beside the task that does the work."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from nennep.core import clock
from nennep.core.models import Job, JobState
from nennep.core.person import Person
from nennep.core.refusal import Refusal


def start(task: Any, *, kind: str, title: str, by: Person, **primitives: Any) -> Job:
    """Queue `task` with a watchable row; it begins once the transaction is committed."""
    job = Job.objects.create(
        owner_id=by.pk, kind=kind, title=title, created_at=clock.now(), state=JobState.WAITING
    )
    transaction.on_commit(lambda: task.enqueue(job_id=job.pk, **primitives))
    return job


def run(job_id: int, work: Callable[[Job], dict[str, Any] | None]) -> None:
    """Do the work of a job once: a job that was cancelled or already ran is left alone."""
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(state=JobState.RUNNING)
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    try:
        result = work(job)
    except Refusal as refusal:
        _end(job, JobState.FAILED, error=refusal.message)
    except Exception:
        _end(job, JobState.FAILED, error="unexpected")
        raise
    else:
        _end(job, JobState.DONE, result=result or {})


def report(job: Job, *, done: int, total: int, doing: str = "") -> bool:
    """Say how far the work is. False when the person has cancelled it."""
    return bool(
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
            done=done, total=total, doing=doing[:200]
        )
    )


def count_aside(job: Job, *, done: int, total: int) -> None:
    """Say how far the work is from inside one long transaction, whose rows nobody else sees yet.

    A file beside the database: on SQLite no other connection could write meanwhile. It may be lost.
    """
    place = _aside(job)
    place.parent.mkdir(exist_ok=True)
    beside = place.with_suffix(".new")
    beside.write_text(f"{done} {total}")
    beside.replace(place)


def counted(job: Job) -> Job:
    """The job with the count that stands aside, where its work keeps one."""
    try:
        done, total = _aside(job).read_text().split()
    except FileNotFoundError:
        return job
    job.done, job.total = int(done), int(total)
    return job


def cancel(job: Job) -> bool:
    """Stop what has not ended. The work hears of it at its next report; what is done stays done."""
    running = Job.objects.filter(pk=job.pk, state__in=(JobState.WAITING, JobState.RUNNING))
    return bool(running.update(state=JobState.CANCELLED, ended_at=clock.now()))


def _aside(job: Job) -> Path:
    return Path(settings.DATA_DIR) / "counts" / str(job.public_id)


def _end(job: Job, state: JobState, **fields: Any) -> None:
    _aside(job).unlink(missing_ok=True)
    Job.objects.filter(pk=job.pk).exclude(state=JobState.CANCELLED).update(
        state=state, ended_at=clock.now(), **fields
    )
