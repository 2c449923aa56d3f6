"""Saving a district, restoring it beside to verify, sealing its trail, and what a trigger costs."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.db import transaction

from benchmarks.installations import NENNEP
from benchmarks.printing import say, whole
from benchmarks.timing import seconds
from nennep.accounts.queries import system_person
from nennep.core import append_only, auditing, sealing, trail
from nennep.core.models import TrailLine

LINES = 20_000
BATCH, TURNS = 500, 9


def measure(database: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.backup"
        taken = seconds(lambda: _command("backup", "--out", str(path)))
        say(f"district saved, {path.stat().st_size / 1e6:.0f} MB", taken, "s", 10, database)
        told = [""]
        taken = seconds(lambda: told.append(_command("backup", "verify", str(path))))
        tables = whole(told[-1])
        say(f"restored beside, {tables} tables compared equal", taken, "s", 60, database)
    say("a trail line with its triggers, against without", _cost(), "%", 5, database)
    _fill()
    say(f"{LINES} trail lines sealed", seconds(sealing.seal_lines), "s", 5, database)
    say(f"{LINES} trail lines verified", seconds(auditing.verify_trail), "s", 5, database)


def _command(*words: str) -> str:
    done = subprocess.run(
        [*NENNEP, *words], check=True, stdout=subprocess.PIPE, stderr=sys.stderr, text=True
    )
    return done.stdout


def _cost() -> float:
    """What the triggers add to the insertion itself, in percent of the whole write of a line.

    The insertion alone is timed, many at once and the quickest of several turns: in the whole
    write the difference would drown in what the machine does besides.
    """
    guarded, bare = [], []
    for _ in range(TURNS):
        append_only.install()
        guarded.append(_inserting())
        append_only.remove()
        bare.append(_inserting())
    append_only.install()
    return max(0.0, min(guarded) - min(bare)) / _writing() * 100


def _inserting() -> float:
    """Seconds for one line of many that are taken back again."""
    line = TrailLine.objects.latest("id")
    lines = [
        TrailLine(actor_label="x", verb=line.verb, details={}, happened_at=line.happened_at)
        for _ in range(BATCH)
    ]
    with transaction.atomic():
        begun = time.process_time()
        TrailLine.objects.bulk_create(lines)
        taken = time.process_time() - begun
        transaction.set_rollback(True)
    return taken / BATCH


def _writing() -> float:
    """Seconds of the processor for one line as actions write it, with its commit."""
    person = system_person()
    begun = time.process_time()
    for number in range(BATCH):
        trail.record("item added", None, by=person, title="Nội dung", count=number)
    return (time.process_time() - begun) / BATCH


def _fill() -> None:
    line = TrailLine.objects.latest("id")
    TrailLine.objects.bulk_create(
        (
            TrailLine(
                actor_id=line.actor_id,
                actor_label=line.actor_label,
                verb=line.verb,
                details=line.details,
                happened_at=line.happened_at,
            )
            for _ in range(LINES)
        ),
        batch_size=2_000,
    )
