"""The life of cells and the rules of their months, read in a handful of queries for many cells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from nennep.core.models import Installation
from nennep.core.periods import add_months, month_end, quarter_months
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.ledger import MonthRules, Place, Timeline, over_on
from nennep.organisation.choices import CELL_KINDS, BodyKind
from nennep.organisation.models import Placement, Term
from nennep.regulations.queries import RuleBook


def timelines(cell_ids: Iterable[int]) -> dict[int, Timeline]:
    """Where each unit stood while it was a cell. Units that never were one are left out."""
    ids = list(cell_ids)
    places = _places(Placement.objects.filter(unit_id__in=ids, kind__in=sorted(CELL_KINDS)))
    committees = _committee_spans(ids)
    return {
        cell_id: Timeline(cell_id, places[cell_id], tuple(committees.get(cell_id, ())))
        for cell_id in ids
        if cell_id in places
    }


def committee_lives(unit_ids: Iterable[int]) -> dict[int, Timeline]:
    """Where each unit stood while it was a committee. Units that never were one are left out."""
    placed = Placement.objects.filter(unit_id__in=list(unit_ids))
    places = _places(placed.exclude(kind__in=sorted(CELL_KINDS)))
    return {unit_id: Timeline(unit_id, found, ()) for unit_id, found in places.items()}


def _places(placements: QuerySet[Placement]) -> dict[int, tuple[Place, ...]]:
    places: dict[int, list[Place]] = defaultdict(list)
    for unit_id, path, block, since, until in placements.order_by(
        "unit_id", "valid_from"
    ).values_list("unit_id", "path", "block", "valid_from", "valid_to"):
        places[unit_id].append(Place(path, block, since, until))
    return {unit_id: tuple(found) for unit_id, found in places.items()}


def _committee_spans(cell_ids: Sequence[int]) -> dict[int, list[tuple[date, date | None]]]:
    terms = Term.objects.filter(body__kind=BodyKind.CELL_COMMITTEE, body__unit_id__in=cell_ids)
    spans: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for cell_id, since, until in terms.values_list("body__unit_id", "starts_on", "ends_on"):
        spans[cell_id].append((since, until))
    return spans


def place_in(timeline: Timeline, month: date) -> Place | None:
    """The last place the cell had during the month; None when it did not exist in it."""
    last = month_end(month)
    return next(
        (
            place
            for place in reversed(timeline.places)
            if place.valid_from <= last and (place.valid_to is None or place.valid_to >= month)
        ),
        None,
    )


def path_on(timeline: Timeline | None, day: date) -> str:
    """Where the cell stood on the day, else where it stood last; "" where it never was a cell."""
    if timeline is None:
        return ""
    return (timeline.place_on(day) or timeline.places[-1]).path


def _counts_from() -> date:
    """The first month for which the ledger is kept here."""
    return Installation.objects.values_list("counts_from", flat=True).first() or date.min


class Calendar:
    """The rules of each month at each place, worked out once per set of rules that apply there.

    A month is judged by the rules in force on its first day [D]; a meeting by those of its day.
    """

    def __init__(self, book: RuleBook | None = None) -> None:
        self._book = book or RuleBook.load()
        self.counts_from: date = _counts_from()
        self._scopes: dict[str, tuple[str, ...]] = {}
        self._months: dict[tuple[tuple[str, ...], date], MonthRules] = {}

    def rules_on(self, path: str, day: date) -> MeetingRules:
        return self._book.in_force_for(MeetingRules, self._scopes_over(path), day).values

    def month(self, path: str, month: date) -> MonthRules:
        key = (self._scopes_over(path), month)
        known = self._months.get(key)
        if known is None:
            rules, following = self.rules_on(path, month), self.rules_on(path, add_months(month, 1))
            known = MonthRules(month, rules, over_on(month, rules, following))
            self._months[key] = known
        return known

    def quarter(self, path: str, month: date) -> list[MonthRules]:
        return [self.month(path, each) for each in quarter_months(month)]

    def _scopes_over(self, path: str) -> tuple[str, ...]:
        scopes = self._scopes.get(path)
        if scopes is None:
            scopes = self._scopes[path] = self._book.scopes_over(path)
        return scopes
