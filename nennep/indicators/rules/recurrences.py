"""First times: counting each cell (or member) once in any span of months, without reading them all.

For every unit above a cell, each month in which something happened knows the last month before
it in which the same happened to the same cell under the same unit. In a span that begins at A,
the cell's first time is the one whose previous month lies before A; adding first times counts
each cell once.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from nennep.organisation.rules import ids_in

NEVER_BEFORE = date(1, 1, 1)


class Happening(NamedTuple):
    """Something happened to a cell, or to `subject`, a member of it, in a month."""

    kind: str
    path: str
    block: str
    month: date
    over_on: date = NEVER_BEFORE
    subject: int = 0


class RecurrenceKey(NamedTuple):
    unit_id: int
    kind: str
    block: str
    month: date
    previous: date
    over_on: date


def counts_for(path: str, mixed: Collection[int] = ()) -> Sequence[int]:
    """The units that a cell's month is counted for: those it lay under then.

    A unit that has been a cell and a committee (`mixed`) counts its own months as a cell as well,
    so that its figures go on through the change.
    """
    ids = _ids(path)
    return ids if ids[-1] in mixed else ids[:-1]


def first_times(
    happenings: Iterable[Happening], mixed: Collection[int] = ()
) -> Counter[RecurrenceKey]:
    """How often each key occurs for one cell, for every unit it counts for."""
    last: dict[tuple[int, str, int], date] = {}
    counts: Counter[RecurrenceKey] = Counter()
    for one in sorted(happenings, key=lambda h: h.month):
        for unit_id in counts_for(one.path, mixed):
            who = (unit_id, one.kind, one.subject)
            previous = last.get(who, NEVER_BEFORE)
            key = RecurrenceKey(unit_id, one.kind, one.block, one.month, previous, one.over_on)
            counts[key] += 1
            last[who] = one.month
    return counts


@lru_cache(maxsize=4096)
def _ids(path: str) -> tuple[int, ...]:
    return tuple(ids_in(path))
