"""Stocks of cells whose facts are kept in an app above; it says so in `apps.ready()`."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from nennep.indicators.models import STOCKS
from nennep.indicators.rules.stocks import ADDED_WIDTH, Counts

ADDED = STOCKS[-ADDED_WIDTH:]
# By cell, by how much the named counts change on a day, in the order of the names.
Changes = Mapping[int, Sequence[tuple[date, Counts]]]
ChangesOf = Callable[[Sequence[int]], Changes]

_added: dict[tuple[str, ...], ChangesOf] = {}


def register_stocks(names: tuple[str, ...], changes_of: ChangesOf) -> None:
    """`names` are neighbours among `ADDED`; `changes_of` asks a fixed number of queries."""
    first = ADDED.index(names[0])
    if ADDED[first : first + len(names)] != names:
        raise ValueError(names)
    _added[names] = changes_of


def added_changes(cells: Sequence[int]) -> Changes:
    found: dict[int, list[tuple[date, Counts]]] = defaultdict(list)
    for names, changes_of in _added.items():
        first = ADDED.index(names[0])
        before, after = (0,) * first, (0,) * (ADDED_WIDTH - first - len(names))
        for cell, changes in changes_of(cells).items():
            found[cell] += [(on, before + counts + after) for on, counts in changes]
    return found
