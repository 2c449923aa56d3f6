"""G1: what was confirmed is never lost, though the disk runs full in the middle of writing.

A real `nennep serve` on SQLite may suddenly write no file longer than it already is (RLIMIT_FSIZE,
as a quota does). Its pages say so with 503, confirm nothing meanwhile, and go on by themselves when
there is space again. Afterwards every confirmed title is there, with its line in the trail.
"""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assurance.installation import Installation
from tests.assurance.phones import Phones, lost

pytestmark = pytest.mark.assure

TROUBLE, FAULT = 503, 500
UNLIMITED = resource.RLIM_INFINITY


def processes_of(installation) -> list[int]:
    """The server and all that it started: they share its session."""
    listed = subprocess.run(
        ["ps", "-s", str(installation.server.pid), "-o", "pid="],
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(line) for line in listed.stdout.split()]


def limit(installation, size: int) -> None:
    for process in processes_of(installation):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, UNLIMITED))


def test_what_was_confirmed_survives_a_full_disk(tmp_path, capsys):
    installation = Installation(tmp_path)
    ticket = installation.ask("prepare()")
    installation.start()
    log = Path(installation.environment["NENNEP_DATA"]) / "nennep.sqlite3-wal"
    try:
        with Phones(installation, ticket, "full") as phones:
            phones.wait_for_confirmed(20)
            limit(installation, log.stat().st_size // 2)
            phones.wait_for(lambda: phones.answers[TROUBLE] >= 20)
            limit(installation, UNLIMITED)
            phones.wait_for_confirmed(20)
    finally:
        installation.kill()

    gone = lost(installation, phones.confirmed)
    with capsys.disabled():
        sys.stdout.write(
            f"\nG1 full disk: {len(phones.confirmed)} confirmed, {phones.answers[TROUBLE]} times"
            f" 503, {phones.answers[FAULT]} times 500, {len(gone)} lost\n"
        )
    assert gone == set()
    assert phones.answers[FAULT] == 0
