"""What is offered while somebody types: titles and symbols they may see."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length

from nennep.core.person import Person
from nennep.library.models import Piece
from nennep.library.queries.reach import own_cells, reached_by
from nennep.library.queries.search import everything
from nennep.library.queries.sources import SourceKind, address_of, source_kind
from nennep.library.rules.folding import syllables

SHORTEST = 2  # letters
AT_MOST = 8


@dataclass(frozen=True)
class Suggestion:
    title: str
    symbol: str
    kind: SourceKind
    address: str


def suggestions(person: Person, typed: str) -> list[Suggestion]:
    """The nearest titles: those that begin with what was typed, then those with a word that does.

    Of what belongs to units only the person's own cells' and what is open below: above the cell each
    letter would be a look at what others wrote.
    """
    text = " ".join(syllables(typed))
    collection = everything() if len(text) >= SHORTEST else None
    if collection is None:
        return []
    begins = Q(folded_title__startswith=text)
    titles = Piece.objects.filter(_seen_by(person), collection=collection, number=0)
    rows = (
        titles.filter(begins | Q(folded_title__contains=f" {text}"))
        .annotate(
            rank=Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField()),
            length=Length("folded_title"),
        )
        .order_by("rank", "length", "source")
        .values_list("title", "symbol", "kind", "source")[:AT_MOST]
    )
    return [
        Suggestion(title, symbol, source_kind(kind), address_of(source))
        for title, symbol, kind, source in rows
    ]


def _seen_by(person: Person) -> Q:
    reached = reached_by(person)
    near = [*own_cells(person, reached), *(each for each in reached if each.only_open)]
    return reduce(
        or_,
        (
            Q(
                kind=each.kind,
                verb=each.verb,
                unit__path__gte=each.low,
                unit__path__lt=each.high,
                **({"is_open_below": True} if each.only_open else {}),
            )
            for each in near
        ),
        Q(unit__isnull=True),
    )
