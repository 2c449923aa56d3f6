"""Who holds which post on which days, and on which of them was trained in the calendar year.

A person counts at the post held on the day of the figure; trained is who came, in the calendar
year of that day, to a course meant for that post [D]. Of several posts in one cell, the highest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nennep.members.rules import DAY, Span, common, merged
from nennep.training.choices import CELL_POSTS

Counts = tuple[int, ...]  # holding and trained, post by post in the order of CELL_POSTS
NOBODY: Counts = (0,) * (2 * len(CELL_POSTS))


@dataclass(frozen=True, slots=True)
class PostSpan:
    """A post held in a cell from day to day."""

    post: str
    days: Span


@dataclass(frozen=True, slots=True)
class TrainStep:
    """By how much the counts of a cell change on a day; the sums up to a day are the counts then."""

    on: date
    counts: Counts


def train_steps(
    held: Mapping[int, Sequence[PostSpan]], came: Mapping[int, Mapping[str, Sequence[date]]]
) -> list[TrainStep]:
    """`held`: by person, the posts in one cell; `came`: by person and post, the days of training."""
    by_day: dict[date, list[int]] = defaultdict(lambda: list(NOBODY))
    for person, spans in held.items():
        for post, days in highest(spans):
            place = 2 * CELL_POSTS.index(post)
            _add(by_day, place, [days])
            _add(by_day, place + 1, trained_from(days, came.get(person, {}).get(post, ())))
    return [TrainStep(on, tuple(by_day[on])) for on in sorted(by_day) if any(by_day[on])]


def highest(spans: Sequence[PostSpan]) -> Iterator[tuple[str, Span]]:
    """The posts of one person in one cell, each day under the highest post alone."""
    taken: list[Span] = []
    for post in CELL_POSTS:
        mine = list(merged(span.days for span in spans if span.post == post))
        for days in mine:
            yield from ((post, free) for free in without(days, taken))
        taken += mine


def without(days: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """The days of a span that are in none of the others."""
    first, last = days
    for start, end in merged(taken):
        if end is not None and end < first:
            continue
        if last is not None and start > last:
            break
        if start > first:
            yield first, start - DAY
        if end is None or end == date.max:
            return
        first = end + DAY
    if last is None or first <= last:
        yield first, last


def trained_from(days: Span, came: Iterable[date]) -> Iterator[Span]:
    """The part of a span on which the holder was trained in the calendar year of the day."""
    first_of_year: dict[int, date] = {}
    for day in came:
        first_of_year[day.year] = min(day, first_of_year.get(day.year, day))
    for year, day in sorted(first_of_year.items()):
        if shared := common(days, (day, date(year, 12, 31))):
            yield shared


def _add(by_day: dict[date, list[int]], column: int, spans: Iterable[Span]) -> None:
    for first, last in spans:
        by_day[first][column] += 1
        if last is not None and last < date.max:
            by_day[last + DAY][column] -= 1
