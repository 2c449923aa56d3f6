"""The stocks recomputed from placements, rolls and party groups."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from nennep.indicators.models import STOCKS, CountedPlace, CountedStock, UnitStock
from nennep.indicators.queries.added_stocks import added_changes
from nennep.indicators.rules.stocks import (
    Stock,
    StockKey,
    Stood,
    StrengthStep,
    TaskStep,
    UnitLife,
    spread,
    stocks_over_time,
    totals_over_time,
)
from nennep.meetings.queries.timelines import Calendar
from nennep.members.queries import strength_changes
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import PartyGroup, Placement
from nennep.tasks.queries.coverage import coverage_of
from nennep.training.queries.counting import training_steps

PLACE_COLUMNS = ("unit_id", "path", "kind", "block", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class UnitStocks:
    """By how much one unit changes its own stocks and those above, and the places that rests on."""

    unit_id: int
    stood: Sequence[Stood]
    own: Mapping[date, Stock]  # what the unit itself is counted as, from each day on

    @property
    def changes(self) -> dict[StockKey, Stock]:
        return spread(self.stood, self.own)

    @property
    def is_mixed(self) -> bool:
        """Has been a cell and a committee: its rows hold more than can be told apart again."""
        return len({place.kind in CELL_KINDS for place in self.stood}) > 1


def stocks_of(unit_ids: Sequence[int], calendar: Calendar) -> Iterator[UnitStocks]:
    """From the facts, in the order given; in sets, whatever the number of units."""
    lives = _lives(unit_ids)

    def big_from(path: str, day: date) -> int | None:
        return calendar.rules_on(path, day).minimum_for_groups

    for unit_id in unit_ids:
        life = lives[unit_id]
        yield UnitStocks(unit_id, life.stood, stocks_over_time(life, big_from))


def counted_stocks_of(unit_ids: Sequence[int]) -> Iterator[UnitStocks]:
    """What is counted for these units now, worked out from what was kept when they were counted."""
    stood = _places(CountedPlace.objects.filter(unit_id__in=unit_ids))
    committees = {
        unit_id for unit_id in unit_ids if any(p.kind not in CELL_KINDS for p in stood[unit_id])
    }
    cells = [unit_id for unit_id in unit_ids if unit_id not in committees]
    of_cells = _changes(UnitStock.objects.filter(unit_id__in=cells))
    of_mixed = _changes(CountedStock.objects.filter(unit_id__in=unit_ids))
    for unit_id in unit_ids:
        places = stood[unit_id]
        if unit_id in of_mixed:
            own = dict(of_mixed[unit_id])
        elif unit_id in committees:
            # A committee's row holds the sum of what is below: what it counts as is its kind.
            own = stocks_over_time(UnitLife(places), lambda _path, _day: None)
        else:
            own = totals_over_time(of_cells[unit_id])
        yield UnitStocks(unit_id, places, own)


def _changes(rows: QuerySet[Any]) -> dict[int, list[tuple[date, Stock]]]:
    found: dict[int, list[tuple[date, Stock]]] = defaultdict(list)
    for unit_id, on, *stock in rows.values_list("unit_id", "on", *STOCKS):
        found[unit_id].append((on, tuple(stock)))
    return found


def _places(rows: object) -> dict[int, list[Stood]]:
    stood: dict[int, list[Stood]] = defaultdict(list)
    ordered = rows.order_by("unit_id", "valid_from")  # type: ignore[attr-defined]
    for unit_id, *place in ordered.values_list(*PLACE_COLUMNS):
        stood[unit_id].append(Stood(*place))
    return stood


def _lives(unit_ids: Sequence[int]) -> dict[int, UnitLife]:
    stood = _places(Placement.objects.filter(unit_id__in=unit_ids))
    groups: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for unit_id, since, until in PartyGroup.objects.filter(unit_id__in=unit_ids).values_list(
        "unit_id", "valid_from", "valid_to"
    ):
        groups[unit_id].append((since, until))
    cells = [u for u in unit_ids if any(s.kind in CELL_KINDS for s in stood[u])]
    strengths, coverage = strength_changes(cells), coverage_of(cells)
    training, added = training_steps(cells), added_changes(cells)
    return {
        unit_id: UnitLife(
            stood[unit_id],
            [
                StrengthStep(c.on, c.official, c.probationary, c.exempt)
                for c in strengths.get(unit_id, ())
            ],
            groups[unit_id],
            [TaskStep(c.on, c.working, c.tasked, c.tasked_any) for c in coverage.get(unit_id, ())],
            [(step.on, step.counts) for step in training.get(unit_id, ())],
            added.get(unit_id, ()),
        )
        for unit_id in unit_ids
    }
