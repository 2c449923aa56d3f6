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
