"""What past meetings stand on: the places, terms and number series of their cells, read once."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date

from nennep.core.bulk import insert_rows, reset_sequences
from nennep.library.models import NumberSeries
from nennep.library.queries.issuing import OF_CELLS
from nennep.meetings.rules import MeetingRules
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Placement, Term
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import InForce


class Ground:
    """Answers from memory, so that hundreds of thousands of meetings cost no query each."""

    def __init__(self) -> None:
        self._book = RuleBook.load()
        self._places: dict[int, tuple[list[date], list[str]]] = defaultdict(lambda: ([], []))
        places = Placement.objects.filter(kind__in=sorted(CELL_KINDS)).order_by(
            "unit", "valid_from"
        )
        for unit_id, since, path in places.values_list("unit_id", "valid_from", "path").iterator():
            days, paths = self._places[unit_id]
            days.append(since)
            paths.append(path)
        self._terms: dict[int, list[tuple[date, date, int]]] = defaultdict(list)
        for kind in OF_CELLS:
            terms = Term.objects.filter(body__kind=kind).order_by("starts_on")
            for unit_id, since, until, term_id in terms.values_list(
                "body__unit_id", "starts_on", "ends_on", "id"
            ).iterator():
                self._terms[unit_id].append((since, until or date.max, term_id))
        self._numbers = {
            (series.term_id, series.kind): series.last
            for series in NumberSeries.objects.select_for_update()
        }
        self._known = set(self._numbers)
        self._changed: set[tuple[int, str]] = set()

    def rules_on(self, unit_id: int, day: date) -> InForce[MeetingRules]:
        days, paths = self._places[unit_id]
        path = paths[max(bisect_right(days, day) - 1, 0)] if paths else ""
        return self._book.in_force(MeetingRules, path, day)

    def term_on(self, unit_id: int, day: date) -> int | None:
        terms = self._terms.get(unit_id, ())
        return next((term for since, until, term in terms if since <= day <= until), None)

    def next_number(self, term_id: int, kind: str) -> int:
        key = (term_id, str(kind))
        self._numbers[key] = self._numbers.get(key, 0) + 1
        self._changed.add(key)
        return self._numbers[key]

    def write_series(self) -> None:
        """The series go on behind the last number given here."""
        insert_rows(
            NumberSeries,
            ("term", "kind", "last"),
            [(*key, self._numbers[key]) for key in sorted(self._changed - self._known)],
        )
        for term_id, kind in sorted(self._changed & self._known):
            series = NumberSeries.objects.filter(term_id=term_id, kind=kind)
            series.update(last=self._numbers[term_id, kind])
        reset_sequences(NumberSeries)
