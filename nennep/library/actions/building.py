"""The rows of one build of a collection: pieces, terms and postings, written in bulk."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Model

from nennep.core.bulk import insert_rows, reset_sequences
from nennep.core.documents import TextLine
from nennep.core.text import nfc
from nennep.library.models import Collection, Piece, Posting, Term
from nennep.library.queries.words import shipped_words
from nennep.library.rules.abbreviations import introduced
from nennep.library.rules.cutting import Part, cut
from nennep.library.rules.folding import syllables
from nennep.library.rules.symbols import symbol_terms
from nennep.library.rules.weights import FIELDS, impacts

if TYPE_CHECKING:
    from nennep.library.actions.indexing import Source

NAME_ENDS = " – "  # “Luật Cư trú – Điều 2. Giải thích từ ngữ”: the document, then the point
LONGEST_TERM = 100
LONGEST_TITLE = 400
LONGEST_PATH = 1000
POSTINGS_AT_ONCE = 200_000
SAY_EVERY = 100  # sources
FULL, REPLACED = 1000, 600  # thousandths of the score
PIECE_FIELDS = (
    "id", "collection", "source", "number", "kind", "title", "path", "heading", "text", "page",
    "day", "verb", "unit_path", "shift",
)  # fmt: skip


class Build:
    """Counts ids on from the last; the caller holds the lock that makes this safe."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._piece, self._term = _last(Piece), _last(Term)
        self._terms: dict[str, int] = {}
        self._df: Counter[int] = Counter()

    def write(self, sources: Sequence["Source"], report: Callable[[int, int], Any]) -> None:
        parts = [_parts(source) for source in sources]
        self._measure(sources, parts)
        pieces: list[tuple[Any, ...]] = []
        postings: list[tuple[int, int, int]] = []
        for done, (source, own) in enumerate(zip(sources, parts, strict=True), start=1):
            for number, part in enumerate(own):
                self._piece += 1
                self.collection.pieces += 1
                pieces.append(self._row(source, number, part))
                postings += self._postings(source, part)
            if done % SAY_EVERY == 0 or done == len(sources):
                report(done, len(sources))
            if len(postings) > POSTINGS_AT_ONCE or done == len(sources):
                insert_rows(Piece, PIECE_FIELDS, pieces)
                insert_rows(Posting, ("term", "piece", "impact"), postings)
                pieces, postings = [], []
        key = self.collection.pk
        rows = ((pk, key, term, self._df[pk]) for term, pk in self._terms.items())
        insert_rows(Term, ("id", "collection", "term", "df"), rows)
        reset_sequences(Piece, Term, Posting)

    def _measure(self, sources: Sequence["Source"], parts: Sequence[Sequence[Part]]) -> None:
        """The average length of each field, and the abbreviations that the texts introduce."""
        totals: Counter[str] = Counter()
        for source, own in zip(sources, parts, strict=True):
            for part in own:
                totals.update({key: len(words) for key, words in _fields(source, part).items()})
        count = sum(map(len, parts)) or 1
        self.collection.averages = {key: totals[key] / count for key in FIELDS}
        self.collection.abbreviations = introduced(part.text for own in parts for part in own)

    def _row(self, source: "Source", number: int, part: Part) -> tuple[Any, ...]:
        shift = REPLACED if source.is_replaced else FULL
        return (
            self._piece, self.collection.pk, source.id, number, source.kind,
            nfc(source.title)[:LONGEST_TITLE], part.path[:LONGEST_PATH],
            part.heading[:LONGEST_TITLE], part.text, part.page, source.day, source.verb,
            source.unit_path, shift,
        )  # fmt: skip

    def _postings(self, source: "Source", part: Part) -> Iterator[tuple[int, int, int]]:
        symbols = [
            *symbol_terms(f"{source.title} {part.heading}", shipped_words().kinds),
            *symbol_terms(part.text, shipped_words().kinds),
        ]
        weighed = impacts(_fields(source, part), self.collection.averages, symbols)
        for term, impact in weighed.items():
            if len(term) > LONGEST_TERM:
                continue
            pk = self._terms.get(term)
            if pk is None:
                self._term += 1
                pk = self._terms[term] = self._term
            self._df[pk] += 1
            yield pk, self._piece, impact


def _parts(source: "Source") -> list[Part]:
    """What the source is cut into; a source without a line can still be found by its title."""
    parts = cut([TextLine(nfc(line.text), line.page) for line in source.lines])
    return parts or [Part("", "", "")]


def _fields(source: "Source", part: Part) -> dict[str, list[str]]:
    """The words of a piece by where they stand. The title's last part is its own heading."""
    name, _dash, point = nfc(source.title).rpartition(NAME_ENDS)
    return {
        "heading": syllables(f"{point} {part.heading}"),
        "path": syllables(part.path),
        "name": syllables(name),
        "body": syllables(part.text),
    }


def _last(model: type[Model]) -> int:
    last: int | None = model._meta.default_manager.aggregate(last=Max("pk"))["last"]  # type: ignore[union-attr]  # every model has one
    return last or 0
