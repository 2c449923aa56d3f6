"""G1: what was confirmed is never lost, though the server is killed in the middle of writing.

Several phones add agenda items to a meeting through a real `nennep serve`; each notes the titles
the server confirmed. The server is killed (SIGKILL), started again, killed again. Afterwards every
confirmed title is there, and every one has its line in the trail.
"""

import sys
import threading
import time
from http.client import HTTPException

import pytest

from tests.assurance.installation import Installation

PHONES = 6
ROUNDS = 4
WRITES_FOR = 4  # seconds before each kill
CONFIRMED = 302  # the answer after a form was taken

pytestmark = pytest.mark.assure


def write_until(
    stop: threading.Event, installation: Installation, ticket: dict, confirmed: list[str], name: str
) -> None:
    """One phone: item after item, keeping what was confirmed. A cut connection confirms nothing."""
    number = 0
    while not stop.is_set():
        number += 1
        title = f"{name}-{number}"
        fields = {"day": "2024-06-20", "time": "19:00", "place": "NVH", "new_item": title}
        try:
            if installation.post(ticket["path"], ticket["session"], fields) == CONFIRMED:
                confirmed.append(title)
        except (OSError, HTTPException):
            time.sleep(0.05)


def one_round(installation: Installation, ticket: dict, number: int) -> list[str]:
    installation.start()
    confirmed: list[str] = []
    stop = threading.Event()
    phones = [
        threading.Thread(
            target=write_until, args=(stop, installation, ticket, confirmed, f"r{number}p{phone}")
        )
        for phone in range(PHONES)
    ]
    for phone in phones:
        phone.start()
    time.sleep(WRITES_FOR)
    installation.kill()
    stop.set()
    for phone in phones:
        phone.join()
    return confirmed


def test_what_was_confirmed_survives_sigkill(installation, capsys):
    ticket = installation.ask("prepare()")

    confirmed = [
        title for number in range(ROUNDS) for title in one_round(installation, ticket, number)
    ]

    kept = installation.ask("titles()")
    lost = set(confirmed) - set(kept["titles"])
    with capsys.disabled():
        kind = "postgresql" if "DATABASE_URL" in installation.environment else "sqlite"
        sys.stdout.write(
            f"\nG1 {kind}: {ROUNDS} kills, {len(confirmed)} confirmed, {len(lost)} lost\n"
        )
    assert len(confirmed) > ROUNDS * PHONES
    assert lost == set()
    assert kept["lines"] == len(kept["titles"]) - PREPARED_ITEMS


# The world begins with two agenda items in each of its four cells, written without a trail.
PREPARED_ITEMS = 8
