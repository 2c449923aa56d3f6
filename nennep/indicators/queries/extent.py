"""What lay under a unit in a period, and what of it no stored sum has: asked once for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.db.models.functions import Left

from nennep.core import clock
from nennep.core.fields import Total, below
from nennep.core.periods import Period
from nennep.indicators.models import CellMonth
from nennep.indicators.queries.registers import RegisteredMonth, registered_months
from nennep.indicators.rules.months import first_open_month
from nennep.organisation.models import Placement, Unit
from nennep.organisation.rules import depth_of, ids_in, prefix_length

PENDING = ("reg", "them", "cc")


@dataclass(frozen=True, slots=True)
class PendingMonth:
    """How many unmet meetings of one block and month have time left, by kind.

    `place` are the ids of the units they lay under then, as far down as was asked for.
    """

    place: frozenset[int]
    block: str
    month: date
    reg: int
    them: int
    cc: int

    def named(self) -> dict[str, int]:
        return {"reg_pending": self.reg, "them_pending": self.them, "cc_pending": self.cc}


@dataclass(frozen=True, slots=True)
class Unstored:
    """What no stored sum has: meetings with time left, and what registers of apps above count."""

    pending: Sequence[PendingMonth]
    registered: Sequence[RegisteredMonth]

    def pending_under(self, unit: Unit) -> Iterator[PendingMonth]:
        return (each for each in self.pending if unit.pk in each.place)

    @property
    def all(self) -> list[PendingMonth | RegisteredMonth]:
        return [*self.pending, *self.registered]

    def under(self, unit: Unit) -> Iterator[PendingMonth | RegisteredMonth]:
        return (each for each in self.all if unit.pk in each.place)

    def within(self, period: Period) -> Unstored:
        first, last = period.first, period.last
        return Unstored(
            [each for each in self.pending if first <= each.month <= last],
            [each for each in self.registered if first <= each.month <= last],
        )


@dataclass(frozen=True)
class Extent:
    """A unit and a period, by the structure of then. What is read of it is read once."""

    unit: Unit
    period: Period

    @property
    def span(self) -> tuple[date, date]:
        """First and last month, as queries ask for them."""
        return self.period.first, self.period.last

    @cached_property
    def below(self) -> Sequence[Unit]:
        """Units that stood directly below at some time in the period, by name."""
        placed = Placement.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=self.period.first),
            parent=self.unit,
            valid_from__lte=self.period.last_day,
        )
        found = Unit.objects.filter(pk__in=placed.values("unit_id"))
        return list(found.order_by("sort_key", "pk"))

    @cached_property
    def unstored(self) -> Unstored:
        """Of the unit and of each unit directly below it, wherever that stood at the time."""
        return unstored_under([self.unit, *self.below], self.period)


def then_under(unit: Unit) -> Q:
    """Rows of months that lay under the unit then, wherever it stood itself at the time."""
    return lay_under(then_places(unit))


def then_places(unit: Unit) -> list[str]:
    """Where the unit has stood: paths of which none lies under another."""
    return _outermost(_places_of([unit]))


def unstored_under(units: Sequence[Unit], period: Period) -> Unstored:
    places = _places_of(units)
    # As long as the deepest place: each of the units is then named wherever it stood.
    length, is_under = prefix_length(max(map(depth_of, places))), lay_under(_outermost(places))
    registered = registered_months(is_under, period, length)
    return Unstored(_pending(is_under, period, length), registered)


def _pending(is_under: Q, period: Period, length: int) -> list[PendingMonth]:
    """Few rows: those of the months that are open, summed from the index alone."""
    today = clock.today()
    unmet = Q(reg_unmet__gt=0) | Q(them_unmet__gt=0) | Q(cc_unmet__gt=0)
    rows = (
        CellMonth.objects.filter(
            unmet,
            is_under,
            over_on__gt=today,
            month__in=[m for m in period.months if m >= first_open_month(today)],
        )
        .annotate(place=Left("path", length))
        .order_by()
        .values_list("place", "block", "month")
        .annotate(*(Total(f"{prefix}_unmet") for prefix in PENDING))
    )
    return [PendingMonth(frozenset(ids_in(place)), *rest) for place, *rest in rows]


def _places_of(units: Sequence[Unit]) -> set[str]:
    """All paths that the units have had."""
    placed = Placement.objects.filter(unit__in=[unit.pk for unit in units])
    return {*placed.values_list("path", flat=True), *(unit.path for unit in units)}


def _outermost(places: Iterable[str]) -> list[str]:
    """Those that are under no other: paths sort before what is below them."""
    found: list[str] = []
    for place in sorted(places):
        if not found or not place.startswith(found[-1]):
            found.append(place)
    return found


def lay_under(places: Iterable[str]) -> Q:
    condition = Q()
    for place in places:
        condition |= below("path", place)
    return condition
