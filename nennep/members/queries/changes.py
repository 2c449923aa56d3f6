"""On which days the strength of a cell changes, and by how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import F, Q

from nennep.members.choices import StandingKind
from nennep.members.models import Standing, StrengthFigure
from nennep.members.queries.among import among
from nennep.members.rules import DAY, Span, StrengthChange, common, merged

OFFICIAL, PROBATIONARY, EXEMPT = range(3)
COLUMN = {StandingKind.OFFICIAL.value: OFFICIAL, StandingKind.PROBATIONARY.value: PROBATIONARY}
STREAMED = 20_000

Counters = dict[date, list[int]]


def strength_changes(cells: Sequence[int]) -> dict[int, list[StrengthChange]]:
    """The changes of each cell in order, one a day; their sum up to a day is the strength then.

    A spell changes the strength on its first day and on the day after its last. Exempt are the
    members of the cell's strength for whom an exemption holds. Three queries, however many cells.
    """
    counted: dict[int, Counters] = {cell: defaultdict(_nothing) for cell in cells}
    _count_standings(counted)
    _count_exemptions(counted)
    _count_figures(counted)
    return {cell: _changes(days) for cell, days in counted.items()}


def _nothing() -> list[int]:
    return [0, 0, 0]


def _changes(days: Counters) -> list[StrengthChange]:
    return [StrengthChange(on, *days[on]) for on in sorted(days) if any(days[on])]


def _add(days: Counters, column: int, span: Span, count: int = 1) -> None:
    days[span[0]][column] += count
    if span[1] is not None and span[1] < date.max:
        days[span[1] + DAY][column] -= count


def _count_standings(counted: dict[int, Counters]) -> None:
    rows = (
        Standing.objects.filter(unit_id__in=_asked(counted))
        .values_list("unit_id", "kind", "valid_from", "valid_to")
        .iterator(STREAMED)
    )
    for unit, kind, first, last in rows:
        _add(counted[unit], COLUMN[kind], (first, last))


def _count_exemptions(counted: dict[int, Counters]) -> None:
    """Each standing with the exemptions that share days with it; days are counted once."""
    rows = (
        Standing.objects.filter(
            Q(valid_to__isnull=True) | Q(member__exemptions__valid_from__lte=F("valid_to")),
            Q(member__exemptions__valid_to__isnull=True)
            | Q(member__exemptions__valid_to__gte=F("valid_from")),
            unit_id__in=_asked(counted),
            member__exemptions__isnull=False,
        )
        .order_by("id")
        .values_list(
            "id",
            "unit_id",
            "valid_from",
            "valid_to",
            "member__exemptions__valid_from",
            "member__exemptions__valid_to",
        )
        .iterator(STREAMED)
    )
    for _, joined in groupby(rows, key=itemgetter(0)):
        spells = list(joined)
        for span in merged(_shared(spells)):
            _add(counted[spells[0][1]], EXEMPT, span)


def _shared(rows: list[tuple[int, int, date, date | None, date, date | None]]) -> Iterator[Span]:
    for _, _, first, last, exempt_from, exempt_to in rows:
        if span := common((first, last), (exempt_from, exempt_to)):
            yield span


def _count_figures(counted: dict[int, Counters]) -> None:
    rows = StrengthFigure.objects.filter(unit_id__in=_asked(counted)).values_list(
        "unit_id", "official", "probationary", "exempt", "valid_from", "valid_to"
    )
    for unit, official, probationary, exempt, first, last in rows.iterator(STREAMED):
        days = counted[unit]
        for column, count in enumerate((official, probationary, exempt)):
            _add(days, column, (first, last), count)


def _asked(counted: dict[int, Counters]) -> Collection[int]:
    return among(counted.keys())  # type: ignore[return-value]  # an expression serves as well
