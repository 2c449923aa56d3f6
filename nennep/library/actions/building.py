"""The rows of one generation: pieces, terms and postings, written in bulk."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, F

from nennep.core.bulk import add_rows, in_parts, insert_rows, take_ids, update_rows
from nennep.core.documents import TextLine
from nennep.core.text import nfc
from nennep.library.actions.weighing import Texts, fields_of, impacts_of
from nennep.library.models import Collection, Piece, Posting, Term
from nennep.library.rules.abbreviations import introduced, meanings
from nennep.library.rules.cutting import Part, cut
from nennep.library.rules.folding import WORD, folded, syllables
from nennep.library.rules.sources import Source
from nennep.library.rules.weights import FIELDS

LONGEST_TITLE = 400
LONGEST_PATH = 1000
LONGEST_SYMBOL = 60
AT_ONCE = 500  # values of one question
# Average lengths of the fields in syllables, until the first build has measured them [D].
TYPICAL = {"heading": 12.0, "path": 12.0, "name": 8.0, "body": 120.0}
PIECE_FIELDS = (
    "id", "collection", "source", "number", "kind", "title", "symbol", "folded_title", "path",
    "heading", "text", "page", "day", "in_force_from", "in_force_to", "replaced_by", "verb", "unit",
    "is_open_below", "shift",
)  # fmt: skip


class Weighed(NamedTuple):
    """A part of a source, and how much each term says of it."""

    source: Source
    number: int
    part: Part
    texts: Texts
    impacts: dict[str, int]


class Measure:
    """The average length of each field, and the abbreviations that the texts introduce.

    Only of what everybody may find: nothing else changes how a question is understood.
    """

    def __init__(self) -> None:
        self._totals: Counter[str] = Counter()
        self._parts = 0
        self._introduced: Counter[tuple[str, str]] = Counter()
        self._written: Counter[str] = Counter()

    def add(self, source: Source) -> None:
        for part in _parts(source) if source.unit is None else ():
            self._parts += 1
            texts = fields_of(_texts(source, part)).items()
            words = {key: WORD.findall(text) for key, text in texts}
            self._totals.update({key: len(found) for key, found in words.items()})
            self._written.update(word.lower() for found in words.values() for word in found)
            self._introduced.update(introduced(part.text))

    def keep(self, collection: Collection) -> None:
        lengths = {key: self._totals[key] / (self._parts or 1) for key in FIELDS}
        collection.averages = {key: lengths[key] or TYPICAL[key] for key in FIELDS}
        collection.abbreviations = meanings(self._introduced)
        collection.spellings = meanings(
            Counter({(folded(word), word): count for word, count in self._written.items()})
        )


class Build:
    """Writes sources into a generation and takes them out; remembers the terms it has met.

    The caller holds the lock (`actions/locks.py`) inside a transaction.
    """

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._terms: dict[str, int] = {}

    def write(self, sources: Iterable[Source]) -> int:
        """Adds these sources; returns how many pieces they were cut into.

        The postings go in by term, as their index has them: many at a time touch each of its pages once.
        """
        pieces = [each for source in sources for each in self._weighed(source)]
        is_open = [piece.source.unit is None for piece in pieces]
        self._meet(pieces)
        self._count(sum(is_open))
        ids = take_ids(Piece, len(pieces))
        insert_rows(Piece, PIECE_FIELDS, map(self._row, ids, pieces))
        insert_rows(
            Posting, ("term", "piece", "unit", "impact"), sorted(self._postings(ids, pieces))
        )
        return len(pieces)

    def remove(self, names: Sequence[str]) -> None:
        """Takes out whatever there is of these sources (`Source.name`)."""
        pieces = Piece.objects.filter(collection=self.collection, source__in=names)
        ids = {pk: unit for pk, unit in pieces.values_list("pk", "unit")}  # noqa: C416 -- typed pairs
        if not ids:
            return
        postings = Posting.objects.filter(piece__in=list(ids))
        open_terms = postings.filter(unit__isnull=True).values_list("term")
        gone = open_terms.annotate(pieces=Count("pk")).order_by("term")
        left = Term.objects.in_bulk([pk for pk, _n in gone])
        update_rows(Term, ("df",), [(left[pk].df - n, pk) for pk, n in gone])
        self._count(-sum(unit is None for unit in ids.values()))
        postings._raw_delete(using=postings.db)  # noqa: SLF001 -- nothing refers to them
        pieces._raw_delete(using=pieces.db)  # noqa: SLF001 -- likewise, now

    def _weighed(self, source: Source) -> Iterator[Weighed]:
        for number, part in enumerate(_parts(source)):
            texts = _texts(source, part)
            impacts = impacts_of(texts, self.collection.averages)
            yield Weighed(source, number, part, texts, impacts)

    def _meet(self, pieces: Sequence[Weighed]) -> None:
        """Gives every term its row, and counts the pieces open to all that hold it."""
        counted = Counter(t for piece in pieces if piece.source.unit is None for t in piece.impacts)
        key = self.collection.pk
        add_rows(
            Term, ("collection", "term"), ("df",), ((key, t, n) for t, n in sorted(counted.items()))
        )
        met = {term for piece in pieces for term in piece.impacts}
        self._look_up(met)
        new = sorted(met - self._terms.keys())
        add_rows(Term, ("collection", "term"), ("df",), ((key, term, 0) for term in new))
        self._look_up(new)

    def _look_up(self, terms: Iterable[str]) -> None:
        for some in in_parts(sorted(set(terms) - self._terms.keys()), AT_ONCE):
            rows = Term.objects.filter(collection=self.collection, term__in=some)
            self._terms.update(rows.values_list("term", "pk"))

    def _count(self, open_pieces: int) -> None:
        if open_pieces:
            Collection.objects.filter(pk=self.collection.pk).update(
                pieces=F("pieces") + open_pieces, changes=F("changes") + 1
            )

    def _row(self, pk: int, weighed: Weighed) -> tuple[Any, ...]:
        source, number, part, texts, _impacts = weighed
        words = syllables(f"{texts.symbol} {texts.title}") if number == 0 else []
        return (
            pk, self.collection.pk, source.name, number, source.kind, texts.title, texts.symbol,
            " ".join(words), texts.path, texts.heading, texts.text, part.page, source.day,
            source.in_force_from, source.in_force_to, nfc(source.replaced_by)[:LONGEST_TITLE],
            source.verb, source.unit, source.is_open_below, source.weight,
        )  # fmt: skip

    def _postings(
        self, ids: Sequence[int], pieces: Sequence[Weighed]
    ) -> Iterator[tuple[int, int, int | None, int]]:
        for pk, piece in zip(ids, pieces, strict=True):
            for term, impact in piece.impacts.items():
                yield self._terms[term], pk, piece.source.unit, impact


def _parts(source: Source) -> list[Part]:
    """What the source is cut into; a source without a line can still be found by its title."""
    parts = cut([TextLine(nfc(line.text), line.page) for line in source.lines])
    return parts or [Part("", "", "")]


def _texts(source: Source, part: Part) -> Texts:
    return Texts(
        title=nfc(source.title)[:LONGEST_TITLE],
        symbol=nfc(source.symbol)[:LONGEST_SYMBOL],
        path="; ".join(filter(None, (part.path, nfc(source.also))))[:LONGEST_PATH],
        heading=part.heading[:LONGEST_TITLE],
        text=part.text,
    )
