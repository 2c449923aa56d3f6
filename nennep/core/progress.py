"""How far a long command is, on the error stream: a bar, a count, and what is being done."""

import sys
import time
from collections.abc import Callable

WIDTH = 24
OFTEN = 0.2  # seconds between two drawings of the bar


class Progress:
    """On a terminal the bar moves in place; elsewhere each step leaves one line."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.step = 0
        self.begun = time.monotonic()
        self.drawn = 0.0
        self.is_terminal = sys.stderr.isatty()

    def begin(self, what: str) -> Callable[[int, int], None]:
        """Name the next step; what is returned is told how much of it is done."""
        self.step += 1
        since = time.monotonic()
        self._draw(what, 0, 0)

        def report(done: int, total: int) -> None:
            now = time.monotonic()
            if self.is_terminal and (done == total or now - self.drawn > OFTEN):
                self._draw(what, done, total)
            if not self.is_terminal and done == total:
                sys.stderr.write(f"  {what}: {total:,} ({now - since:.1f} s)\n".replace(",", "."))

        return report

    def end(self, what: str) -> None:
        seconds = time.monotonic() - self.begun
        start = "\r\x1b[K" if self.is_terminal else ""
        sys.stderr.write(f"{start}{what} ({seconds:.0f} s)\n")
        sys.stderr.flush()

    def _draw(self, what: str, done: int, total: int) -> None:
        self.drawn = time.monotonic()
        share = done / total if total else 0.0
        full = int(WIDTH * (self.step - 1 + share) / self.steps)
        bar = "█" * full + "░" * (WIDTH - full)
        count = f" {done:,}/{total:,}".replace(",", ".") if total else ""
        if self.is_terminal:
            sys.stderr.write(f"\r\x1b[K{bar} {self.step}/{self.steps} {what}{count}")
        elif not total:
            sys.stderr.write(f"{bar} {self.step}/{self.steps} {what}\n")
        sys.stderr.flush()
