from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """From `start` to before `end`, in code points of the text as read."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def pair(self) -> list[int]:
        return [self.start, self.end]


class Places:
    """Spans that do not overlap, asked for the one at a place: a long text has many."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def holding(self, span: Span) -> Span | None:
        found = self._before(span.start)
        return found if found is not None and found.holds(span) else None

    def is_met_by(self, span: Span) -> bool:
        found = self._before(span.end - 1)
        return found is not None and found.meets(span)

    def within(self, span: Span) -> list[Span]:
        """Those that begin in it."""
        first = bisect_right(self._starts, span.start - 1)
        return self._spans[first : bisect_right(self._starts, span.end - 1)]

    def _before(self, place: int) -> Span | None:
        index = bisect_right(self._starts, place) - 1
        return self._spans[index] if index >= 0 else None
