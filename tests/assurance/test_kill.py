"""G1: what was confirmed is never lost, though the server is killed in the middle of writing.

Several phones add agenda items to a meeting through a real `nennep serve`; each notes the titles
the server confirmed. The server is killed (SIGKILL), started again, killed again. Afterwards every
confirmed title is there, and every one has its line in the trail.
"""

import sys
import time

import pytest

from tests.assurance.phones import Phones, lost

ROUNDS = 4
WRITES_FOR = 4  # seconds before each kill

pytestmark = pytest.mark.assure


def one_round(installation, ticket: dict, number: int) -> list[str]:
    installation.start()
    with Phones(installation, ticket, f"r{number}") as phones:
        time.sleep(WRITES_FOR)
        installation.kill()
    return phones.confirmed


def test_what_was_confirmed_survives_sigkill(installation, capsys):
    ticket = installation.ask("prepare()")

    confirmed = [
        title for number in range(ROUNDS) for title in one_round(installation, ticket, number)
    ]

    gone = lost(installation, confirmed)
    with capsys.disabled():
        kind = "postgresql" if "DATABASE_URL" in installation.environment else "sqlite"
        sys.stdout.write(
            f"\nG1 {kind}: {ROUNDS} kills, {len(confirmed)} confirmed, {len(gone)} lost\n"
        )
    assert len(confirmed) > ROUNDS * 6
    assert gone == set()
