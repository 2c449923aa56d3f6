"""Stocks as changes by day: what is counted on a day is the sum of the changes up to it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nennep.organisation.choices import CELL_KINDS, UnitKind
from nennep.organisation.rules import ids_in

# Nobody asks for figures of an earlier day: what changed before it is written on it.
STOCKS_FROM = date(2018, 1, 1)
StockKey = tuple[int, str, date]  # unit, block, day
Stock = tuple[int, ...]  # in the order of models.STOCKS
# Official, probationary, exempt; working, with a task of the cell, with any task; then what
# `training.queries.counting` counts, and last what apps above count (`queries.added_stocks`).
Counts = tuple[int, ...]
TASK_WIDTH, TRAINING_WIDTH, ADDED_WIDTH = 3, 16, 6
NOBODY: Counts = (0,) * (3 + TASK_WIDTH + TRAINING_WIDTH + ADDED_WIDTH)
NOTHING: Stock = (0,) * (5 + len(NOBODY))


@dataclass(frozen=True, slots=True)
class Stood:
    """A placement: where a unit stood and as what; `valid_to` is the last day."""

    path: str
    kind: str
    block: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class StrengthStep:
    """By how much the strength of a cell changed on a day."""

    on: date
    official: int
    probationary: int
    exempt: int


@dataclass(frozen=True, slots=True)
class TaskStep:
    """By how much the working members of a cell, and those of them with a task, changed on a day."""

    on: date
    working: int
    tasked: int
    tasked_any: int


@dataclass(frozen=True, slots=True)
class UnitLife:
    """Everything about one unit that its stocks depend on."""

    stood: Sequence[Stood]
    strength: Sequence[StrengthStep] = ()
    groups: Sequence[tuple[date, date | None]] = ()
    tasks: Sequence[TaskStep] = ()
    training: Sequence[tuple[date, Counts]] = ()
    added: Sequence[tuple[date, Counts]] = ()


BigFrom = Callable[[str, date], int | None]


def stocks_over_time(life: UnitLife, big_from: BigFrom) -> dict[date, Stock]:
    """What the unit itself is counted as, from each day on which that changes.

    `big_from(path, day)` is how many members make a cell a big one; None where no rule says.
    """
    strengths = _strengths(life)
    return {
        day: _stock(place, strengths[day], life.groups, day, big_from)
        if (place := _stood_on(life.stood, day))
        else NOTHING
        for day in strengths
    }


def spread(stood: Sequence[Stood], stocks: Mapping[date, Stock]) -> dict[StockKey, Stock]:
    """The changes this makes to the unit and to every unit above it, wherever it stood."""
    changes: dict[StockKey, list[int]] = defaultdict(lambda: [0] * len(NOTHING))
    place, held, stock = None, NOTHING, NOTHING
    for day in sorted({*stocks, *_boundaries((s.valid_from, s.valid_to) for s in stood)}):
        stock = stocks.get(day, stock)
        _add(changes, place, day, held, sign=-1)
        place, held = _stood_on(stood, day), stock
        _add(changes, place, day, held, sign=1)
    return {key: tuple(row) for key, row in changes.items() if any(row)}


def totals_over_time(changes: Iterable[tuple[date, Stock]]) -> dict[date, Stock]:
    """The stock from each day on, given the changes by day."""
    by_day: dict[date, list[int]] = defaultdict(lambda: [0] * len(NOTHING))
    for day, change in changes:
        by_day[day] = [a + b for a, b in zip(by_day[day], change, strict=True)]
    running, totals = list(NOTHING), {}
    for day in sorted(by_day):
        running = [a + b for a, b in zip(running, by_day[day], strict=True)]
        totals[day] = tuple(running)
    return totals


def _add(
    changes: dict[StockKey, list[int]], place: Stood | None, on: date, stock: Stock, *, sign: int
) -> None:
    if place is None or stock == NOTHING:
        return
    for unit_id in ids_in(place.path):
        row = changes[unit_id, place.block, on]
        for position, amount in enumerate(stock):
            row[position] += sign * amount


def _boundaries(spans: Iterable[tuple[date, date | None]]) -> Iterator[date]:
    """The first day of each span and the first day after it, none of them too early to count."""
    for since, until in spans:
        yield max(since, STOCKS_FROM)
        if until is not None:
            yield max(until + timedelta(days=1), STOCKS_FROM)


def _strengths(life: UnitLife) -> dict[date, Counts]:
    """What is counted of the members from each day on which anything about the unit changes."""
    steps = sorted(_steps(life), key=lambda step: step[0])
    days = {max(on, STOCKS_FROM) for on, _change in steps}
    days.update(_boundaries((s.valid_from, s.valid_to) for s in life.stood))
    days.update(_boundaries(life.groups))
    strengths, reached = {}, 0
    counts = NOBODY
    for day in sorted(days):
        while reached < len(steps) and steps[reached][0] <= day:
            counts = tuple(a + b for a, b in zip(counts, steps[reached][1], strict=True))
            reached += 1
        strengths[day] = counts
    return strengths


def _steps(life: UnitLife) -> Iterator[tuple[date, Counts]]:
    for step in life.strength:
        yield step.on, _placed(0, (step.official, step.probationary, step.exempt))
    for task in life.tasks:
        yield task.on, _placed(3, (task.working, task.tasked, task.tasked_any))
    for on, counts in life.training:
        yield on, _placed(3 + TASK_WIDTH, counts)
    for on, counts in life.added:
        yield on, _placed(3 + TASK_WIDTH + TRAINING_WIDTH, counts)


def _placed(first: int, counts: Counts) -> Counts:
    return NOBODY[:first] + counts + NOBODY[first + len(counts) :]


def _stood_on(stood: Sequence[Stood], day: date) -> Stood | None:
    return next((s for s in reversed(stood) if s.holds_on(day)), None)


def _stock(
    place: Stood,
    counts: Counts,
    groups: Sequence[tuple[date, date | None]],
    day: date,
    big_from: BigFrom,
) -> Stock:
    if place.kind not in CELL_KINDS:
        return (int(place.kind == UnitKind.GRASSROOTS_COMMITTEE), *NOTHING[1:])
    official, probationary, exempt, *others = counts
    big = big_from(place.path, day)
    is_big = big is not None and official + probationary >= big
    is_grouped = is_big and any(
        since <= day and (until is None or day <= until) for since, until in groups
    )
    is_grassroots = place.kind == UnitKind.GRASSROOTS_CELL
    kinds = (0, int(is_grassroots), int(not is_grassroots))
    sizes = (int(is_big), int(is_grouped))
    return (*kinds, official, probationary, exempt, *sizes, *others)
