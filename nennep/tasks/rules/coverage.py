"""Who has a task on which days: the change of a cell's counts day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nennep.members.rules import DAY, Span, common, merged

WORKING, OF_CELL, ANY = range(3)


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """By how much the counts of a cell change on a day; the sums up to a day are the counts then."""

    on: date
    working: int = 0
    tasked: int = 0
    tasked_any: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """Days on which a member has a task; `is_of_cell`: it carries out the cell's own decision."""

    days: Span
    is_of_cell: bool


def coverage_changes(
    since: date,
    counted: Mapping[int, Sequence[Span]],
    held: Mapping[int, Sequence[Held]],
) -> list[CoverageChange]:
    """`counted`: by member, the days in the cell's strength and working; nothing before `since`."""
    by_day: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for member, days in counted.items():
        known = list(_shared(days, [(since, None)]))
        tasks = held.get(member, ())
        _add(by_day, WORKING, known)
        _add(by_day, OF_CELL, _shared(known, [t.days for t in tasks if t.is_of_cell]))
        _add(by_day, ANY, _shared(known, [t.days for t in tasks]))
    return [CoverageChange(on, *by_day[on]) for on in sorted(by_day) if any(by_day[on])]


def _shared(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The days that are in both, as spans that do not overlap."""
    joined = list(merged(others))
    spans = (common(one, other) for one in some for other in joined)
    return list(merged(span for span in spans if span is not None))


def _add(by_day: dict[date, list[int]], column: int, spans: Iterable[Span]) -> None:
    for first, last in spans:
        by_day[first][column] += 1
        if last is not None and last < date.max:
            by_day[last + DAY][column] -= 1
