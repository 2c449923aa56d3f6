"""Several phones that add agenda items to one meeting, and note what the server confirmed."""

import threading
import time
from collections import Counter
from http.client import HTTPException

CONFIRMED = 302  # the answer after a form was taken


class Phones:
    """`confirmed` titles are those the server took; `answers` counts every status it gave."""

    def __init__(self, installation, ticket: dict, name: str, count: int = 6) -> None:
        self.confirmed: list[str] = []
        self.answers: Counter[int] = Counter()
        self._installation = installation
        self._ticket = ticket
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(f"{name}p{number}",))
            for number in range(count)
        ]

    def __enter__(self) -> "Phones":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, what, within: float = 60.0) -> None:
        until = time.monotonic() + within
        while not what():
            assert time.monotonic() < until, f"not within {within} s: {self.answers}"
            time.sleep(0.1)

    def wait_for_confirmed(self, more: int) -> None:
        before = len(self.confirmed)
        self.wait_for(lambda: len(self.confirmed) >= before + more)

    def _write(self, name: str) -> None:
        """Item after item. A cut connection confirms nothing."""
        number = 0
        while not self._stop.is_set():
            number += 1
            title = f"{name}-{number}"
            fields = {"day": "2024-06-20", "time": "19:00", "place": "NVH", "new_item": title}
            try:
                status = self._installation.post(
                    self._ticket["path"], self._ticket["session"], fields
                )
            except (OSError, HTTPException):
                time.sleep(0.05)
                continue
            self.answers[status] += 1
            if status == CONFIRMED:
                self.confirmed.append(title)
            else:
                time.sleep(0.05)


# The world begins with two agenda items in each of its four cells, written without a trail.
PREPARED_ITEMS = 8


def lost(installation, confirmed: list[str]) -> set[str]:
    """What was confirmed and is not there. Every item that is there must have its line of the trail."""
    kept = installation.ask("titles()")
    assert kept["lines"] == len(kept["titles"]) - PREPARED_ITEMS
    return set(confirmed) - set(kept["titles"])
