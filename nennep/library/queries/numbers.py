"""Which numbers a term has given, to what; those of nothing known here are said, not hidden."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from nennep.library.models import Document, NumberSeries
from nennep.library.rules.documents import missing_numbers
from nennep.organisation.models import Term, Unit


@dataclass(frozen=True, slots=True)
class NumberGiven:
    """A number and what holds it; `url` is its page. A void one says why."""

    series: str
    number: int
    symbol: str
    subject: str = ""
    day: date | None = None
    url: str = ""
    state: str = ""
    void_reason: str = ""


AskNumbers = Callable[[Term], Iterable[NumberGiven]]

_holders: list[AskNumbers] = []


def register_numbers(ask: AskNumbers) -> None:
    """Apps above whose papers draw from the series say which numbers they hold."""
    if ask not in _holders:
        _holders.append(ask)


@dataclass(frozen=True, slots=True)
class SeriesBook:
    """One series of a term, number by number. `unknown` were given, but not to anything kept here."""

    kind: str
    last: int
    rows: list[NumberGiven] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def numbers_given(term: Term) -> list[NumberGiven]:
    """Everything that holds a number of this term, here and in the apps above."""
    documents = Document.objects.filter(term=term, number__isnull=False)
    own = [
        NumberGiven(
            series=each.series,
            number=each.number or 0,
            symbol=each.symbol,
            subject=each.subject,
            day=each.issued_on,
            url=reverse("library:document", args=[each.public_id]),
            state=each.state,
            void_reason=each.void_reason,
        )
        for each in documents
    ]
    return [*own, *(given for ask in _holders for given in ask(term))]


def is_given(term: Term, series: str, number: int) -> bool:
    return any(g.series == series and g.number == number for g in numbers_given(term))


def book_of(term: Term) -> list[SeriesBook]:
    """The book of numbers of a term, a part for each kind."""
    given: dict[str, list[NumberGiven]] = defaultdict(list)
    for each in numbers_given(term):
        given[each.series].append(each)
    return [
        SeriesBook(
            series.kind,
            series.last,
            sorted(given[series.kind], key=lambda row: row.number),
            missing_numbers((row.number for row in given[series.kind]), series.last),
        )
        for series in NumberSeries.objects.filter(term=term, last__gt=0).order_by("kind")
    ]


def terms_with_numbers(unit: Unit) -> list[Term]:
    """The terms of the unit in which numbers were given, the latest first."""
    used = Term.objects.filter(body__unit=unit, number_series__last__gt=0)
    return list(used.distinct().order_by("-starts_on", "-id"))
