"""The counters recomputed from the facts: what refreshing writes and what verifying compares."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context
from operator import attrgetter
from typing import Any

import django
from django.db.models import QuerySet

from nennep.core import clock
from nennep.core.periods import add_months, month_of
from nennep.indicators.choices import Recurrence
from nennep.indicators.models import COUNTERS, CountedPlace
from nennep.indicators.rules.months import happenings_of
from nennep.indicators.rules.recurrences import (
    Happening,
    RecurrenceKey,
    counts_for,
    first_times,
)
from nennep.meetings.queries.absences import Alarms, absence_alarms
from nennep.meetings.queries.facts import MonthFacts, month_facts
from nennep.meetings.queries.timelines import Calendar, committee_lives, place_in
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Placement
from nennep.quality.queries.counting import score_counts
from nennep.quality.queries.supervision_counts import supervised_units, supervision_counts
from nennep.tasks.queries.counting import due_counts

counters_of = attrgetter(*COUNTERS)
MonthKey = tuple[int, date, str]  # unit, month, block
AlarmKey = tuple[int, str, date]  # member, kind, month


@dataclass(slots=True)
class CellMonthFacts(MonthFacts):
    """What is counted of a cell's month by the meetings and by the apps between them and here."""

    task_due: int = 0
    task_done: int = 0
    task_late: int = 0
    task_open: int = 0
    self_good: int = 0
    self_fair: int = 0
    self_medium: int = 0
    self_poor: int = 0
    official_good: int = 0
    official_fair: int = 0
    official_medium: int = 0
    official_poor: int = 0
    gap_judged: int = 0
    gap_above: int = 0
    gap_below: int = 0
    visits_made: int = 0
    inspections: int = 0
    rec_due: int = 0
    rec_in_time: int = 0
    rec_open: int = 0
    models_held: int = 0
    prop_due: int = 0
    prop_in_time: int = 0
    prop_open: int = 0


@dataclass
class CellCounters:
    """Everything the facts of one cell add up to."""

    cell_id: int
    months: list[CellMonthFacts] = field(default_factory=list)
    alarms: list[AlarmKey] = field(default_factory=list)

    def recurrences(self, mixed: Collection[int]) -> Counter[RecurrenceKey]:
        return first_times(happenings(self.months, self.alarms), mixed)


def happenings(months: Sequence[CellMonthFacts], alarms: Iterable[AlarmKey]) -> Iterator[Happening]:
    """What happened to a cell and, by the alarms, to its members, month by month."""
    places = {row.month: row for row in months}
    for row in months:
        yield from happenings_of(row)
    for member_id, kind, month in alarms:
        if (row := places.get(month)) is not None:  # type: ignore[assignment]
            yield Happening(kind, row.path, row.block, month, subject=member_id)


def open_through() -> date:
    """The last month for which counters are kept: the one after the present month."""
    return add_months(month_of(clock.today()), 1)


def every_counted() -> list[int]:
    """Every unit that is or was a cell, and committees that were supervised, in the order of ids."""
    placed = Placement.objects.filter(kind__in=sorted(CELL_KINDS)).order_by()
    return sorted({*placed.values_list("unit_id", flat=True), *supervised_units()})


def mixed_units(unit_ids: Sequence[int]) -> frozenset[int]:
    """Those of these cells that have also been committees."""
    return _also_committees(Placement.objects.filter(unit_id__in=unit_ids))


def counted_as_mixed(unit_ids: Sequence[int]) -> frozenset[int]:
    """Those that the counters take for such now."""
    return _also_committees(CountedPlace.objects.filter(unit_id__in=unit_ids))


def _also_committees(placed: QuerySet[Any]) -> frozenset[int]:
    others = placed.exclude(kind__in=sorted(CELL_KINDS)).order_by()
    return frozenset(others.values_list("unit_id", flat=True))


def cell_counters(
    cell_ids: Sequence[int], first: date, last: date, calendar: Calendar
) -> Iterator[CellCounters]:
    """The counters of each unit, in the order given; in sets, whatever the number of units."""
    if first > last:
        yield from (CellCounters(cell_id) for cell_id in cell_ids)
        return
    cells = {cell_id: CellCounters(cell_id) for cell_id in cell_ids}
    for cell_id, alarm in _alarm_keys(absence_alarms(cell_ids, first, last)):
        cells[cell_id].alarms.append(alarm)
    tasks = due_counts(cell_ids, first, last)
    scores = score_counts(cell_ids, first, last)
    seen = supervision_counts(cell_ids, first, last)
    for facts in month_facts(cell_ids, first, last, calendar, CellMonthFacts):
        key = (facts.cell_id, facts.month)
        counted = tasks.get(key, {}) | scores.get(key, {}) | seen.get(key, {})
        _fill(facts, counted)
        cells[facts.cell_id].months.append(facts)
        seen.pop(key, None)
    for facts in _committee_months(seen, calendar):
        cells[facts.cell_id].months.append(facts)
    yield from cells.values()


def _fill(facts: CellMonthFacts, counted: Mapping[str, int]) -> None:
    for name, count in counted.items():
        setattr(facts, name, count)


def _committee_months(
    seen: Mapping[tuple[int, date], Mapping[str, int]], calendar: Calendar
) -> Iterator[CellMonthFacts]:
    """Of months in which a unit was no cell: a committee has a month only when it was supervised."""
    lives = committee_lives({unit_id for unit_id, _month in seen})
    for (unit_id, month), counted in sorted(seen.items()):
        place = place_in(lives[unit_id], month) if unit_id in lives else None
        if place is not None:
            over_on = calendar.month(place.path, month).over_on
            facts = CellMonthFacts(unit_id, month, place.path, place.block, over_on)
            _fill(facts, counted)
            yield facts


def _alarm_keys(alarms: Alarms) -> Iterator[tuple[int, AlarmKey]]:
    for kind, found in (
        (Recurrence.UNEXCUSED_THRICE.value, alarms.unexcused),
        (Recurrence.EXCUSED_RUNNING.value, alarms.excused),
    ):
        for (cell_id, member_id), months in found.items():
            for month in months:
                yield cell_id, (member_id, kind, month)


@dataclass
class Sums:
    """What cells add up to, for every unit they count for; `mixed` as in `rules.counts_for`."""

    mixed: frozenset[int] = frozenset()

    months: dict[MonthKey, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * len(COUNTERS))
    )
    recurrences: Counter[RecurrenceKey] = field(default_factory=Counter)

    def add(self, cell: CellCounters) -> None:
        for row in cell.months:
            self.add_month(row, counters_of(row), self.mixed)
        self.recurrences.update(cell.recurrences(self.mixed))

    def add_chunk(
        self, months: Mapping[MonthKey, list[int]], recurrences: Counter[RecurrenceKey]
    ) -> None:
        for key, counters in months.items():
            self.months[key] = [a + b for a, b in zip(self.months[key], counters, strict=True)]
        self.recurrences.update(recurrences)

    def add_month(
        self, row: CellMonthFacts, counters: Sequence[int], mixed: Collection[int] = ()
    ) -> None:
        if not any(counters):
            return
        for unit_id in counts_for(row.path, mixed):
            key = (unit_id, row.month, row.block)
            self.months[key] = [a + b for a, b in zip(self.months[key], counters, strict=True)]


CHUNK = 400  # cells that are read together

CellRow = tuple[Any, ...]  # cell, month, path, block, over_on, then COUNTERS


@dataclass
class ChunkCounters:
    """What a few hundred cells add up to, as plain rows that can travel between processes."""

    cell_ids: list[int]
    rows: list[CellRow]
    alarms: list[tuple[int, AlarmKey]]
    months: dict[MonthKey, list[int]]
    recurrences: Counter[RecurrenceKey]


def count_chunk(cell_ids: list[int], first: date, last: date) -> ChunkCounters:
    sums, rows, alarms = Sums(mixed_units(cell_ids)), [], []
    for cell in cell_counters(cell_ids, first, last, Calendar()):
        sums.add(cell)
        alarms += [(cell.cell_id, alarm) for alarm in cell.alarms]
        rows += [
            (row.cell_id, row.month, row.path, row.block, row.over_on, *counters_of(row))
            for row in cell.months
        ]
    return ChunkCounters(cell_ids, rows, alarms, dict(sums.months), sums.recurrences)


def count_all(first: date, last: date, workers: int = 1) -> Iterator[ChunkCounters]:
    """Every cell, chunk by chunk. More than one worker sees committed facts only."""
    cells = every_counted()
    chunks = [cells[start : start + CHUNK] for start in range(0, len(cells), CHUNK)]
    if workers == 1 or len(chunks) == 1:
        yield from (count_chunk(chunk, first, last) for chunk in chunks)
        return
    spawn = get_context("spawn")  # a forked child would share the parent's connection
    # Named without our own modules: a child can import those only once Django stands.
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=django.setup) as pool:
        waiting: deque[Future[ChunkCounters]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(count_chunk, chunk, first, last))
            if len(waiting) > workers * 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
