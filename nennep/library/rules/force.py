"""Whether a document is in force on a day: what the badge beside a basis says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Force(StrEnum):
    """Kept in this order: the most reassuring first."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Span:
    """When a document holds, as far as it is known. A year alone is the year it was issued in."""

    begins: date | None = None
    ends: date | None = None
    year: int | None = None

    def has_begun(self, day: date) -> bool:
        """A document of which only the year is known has begun when that year has."""
        if self.begins is not None:
            return self.begins <= day
        return self.year is None or self.year <= day.year

    def has_ended(self, day: date) -> bool:
        return self.ends is not None and self.ends < day


def force_on(day: date, span: Span, replacement: Span | None = None) -> Force:
    """Replaced only once the replacement itself holds; an unknown date takes nothing away."""
    if not span.has_begun(day):
        return Force.NOT_YET
    if replacement is None:
        return Force.ENDED if span.has_ended(day) else Force.IN_FORCE
    is_over = span.has_ended(day) if span.ends is not None else replacement.has_begun(day)
    return Force.REPLACED if is_over else Force.IN_FORCE
