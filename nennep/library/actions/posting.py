"""Terms and postings made again from the pieces: after a restore, whose backup leaves them out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from nennep.core.bulk import insert_rows, reset_sequences
from nennep.library.actions.removing import remove_generation
from nennep.library.actions.weighing import Texts, impacts_of
from nennep.library.models import Collection, Piece, Posting, Term

AT_ONCE = 5_000  # pieces; their postings go in by term, as their index has them

Report = Callable[[int, int], Any]


def post_again(report: Report) -> None:
    """Where there are pieces and neither terms nor postings, and nobody else is at work.

    A generation that somebody was building, or clearing away, when the backup was made is left by
    them: it is taken out.
    """
    for left in list(Collection.objects.filter(is_current=False)):
        remove_generation(left.pk)
    total, done = Piece.objects.count(), 0
    ids = _Ids()
    for collection in Collection.objects.order_by("pk"):
        counted: Counter[int] = Counter()
        for pieces in _pieces(collection):
            with transaction.atomic():
                postings = sorted(_postings(pieces, collection, ids, counted))
                insert_rows(Posting, ("term", "piece", "unit", "impact"), postings)
            done += len(pieces)
            report(done, total)
        _write_terms(collection, ids.take(), counted)
    reset_sequences(Term)


class _Ids:
    """Gives each term of a generation an id; those of the next begin behind them."""

    def __init__(self) -> None:
        self._last = 0
        self.of = self._new()

    def take(self) -> dict[str, int]:
        taken, self.of = self.of, self._new()
        return taken

    def _new(self) -> dict[str, int]:
        return defaultdict(self._next)

    def _next(self) -> int:
        self._last += 1
        return self._last


def _pieces(collection: Collection) -> Iterator[list[Piece]]:
    last = 0
    kept = Piece.objects.filter(collection=collection).order_by("pk")
    while some := list(kept.filter(pk__gt=last).only("unit", *Texts._fields)[:AT_ONCE]):
        yield some
        last = some[-1].pk


def _postings(
    pieces: list[Piece], collection: Collection, ids: _Ids, counted: Counter[int]
) -> Iterator[tuple[int, int, int | None, int]]:
    """Counts those of pieces that everybody may find; nothing else changes a term's weight."""
    for piece in pieces:
        texts = Texts(piece.title, piece.symbol, piece.path, piece.heading, piece.text)
        for term, impact in impacts_of(texts, collection.averages).items():
            key = ids.of[term]
            counted[key] += piece.unit_id is None
            yield key, piece.pk, piece.unit_id, impact


def _write_terms(collection: Collection, ids: dict[str, int], counted: Counter[int]) -> None:
    with transaction.atomic():
        insert_rows(
            Term,
            ("id", "collection", "term", "df"),
            ((key, collection.pk, term, counted[key]) for term, key in sorted(ids.items())),
        )
