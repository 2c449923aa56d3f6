"""Finds pieces: one statement that adds whole numbers, with the rights of the person inside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from nennep.core.refusal import Refusal
from nennep.library.models import Collection, Piece, Posting, Term
from nennep.library.queries.words import words_for
from nennep.library.rules import spelling
from nennep.library.rules.passages import Passage, passage
from nennep.library.rules.question import Question, read_question
from nennep.library.rules.weights import SCALE, rarity

LARGE = 5_000  # pieces; above, syllables that stand nearly everywhere are left out
EVERYWHERE = 0.2
ENOUGH_TERMS = 3
SHARE_OF_SCORE = SCALE * SCALE * SCALE  # impact × weight × shift, each in thousandths


@dataclass(frozen=True)
class Found:
    """The best piece of one source, and the passage of it that is shown."""

    piece: Piece
    score: float
    passage: Passage


@dataclass(frozen=True)
class Asked:
    """A question as this collection understands it: term ids and their weights, in thousandths."""

    question: Question
    weights: Mapping[int, int]
    by_term: Mapping[str, float]


def search(collection: Collection, text: str, *, limit: int = 10) -> list[Found]:
    """The best piece of each source, best first; equals by the bytes of the source's name."""
    asked = ask(collection, text)
    best = ranked(asked.weights, limit)
    pieces = Piece.objects.in_bulk([piece_id for piece_id, _source, _score in best])
    return [
        Found(
            pieces[piece_id], score / SHARE_OF_SCORE, passage(pieces[piece_id].text, asked.by_term)
        )
        for piece_id, _source, score in best
    ]


def ranked_sources(collection: Collection, text: str, *, limit: int = 20) -> list[str]:
    return [source for _piece, source, _s in ranked(ask(collection, text).weights, limit)]


def current_collection(name: str) -> Collection:
    found = Collection.objects.current(name).first()
    if found is None:
        raise Refusal(
            f"Chưa có bộ tài liệu “{name}”. Hãy lập chỉ mục trước: nennep index … --collection {name}",
            code="no_collection",
        )
    return found


def ask(collection: Collection, text: str) -> Asked:
    """Reads the question and looks its terms up; one typing error a word is understood."""
    question = read_question(text, words_for(collection))
    wanted = dict(question.terms)
    known = _known(collection, wanted)
    meant = _meant(collection, question, known)
    for term, share in meant.items():
        wanted[term] = max(wanted.get(term, 0.0), share)
    known |= _known(collection, [term for term in meant if term not in known])
    shares = {term: share for term, share in wanted.items() if term in known}
    weights = {
        term: share * rarity(collection.pieces, known[term][1])
        for term, share in _telling(shares, known, collection.pieces).items()
    }
    by_id = {known[term][0]: round(SCALE * weight) for term, weight in weights.items()}
    return Asked(question, by_id, weights)


def _telling(
    shares: dict[str, float], known: Mapping[str, tuple[int, int]], pieces: int
) -> dict[str, float]:
    """In a large collection, without the syllables that a fifth of it holds."""
    if pieces <= LARGE:
        return shares
    telling = {
        term: share
        for term, share in shares.items()
        if "_" in term or known[term][1] <= EVERYWHERE * pieces
    }
    return telling if len(telling) >= ENOUGH_TERMS else shares


def _known(collection: Collection, terms: Iterable[str]) -> dict[str, tuple[int, int]]:
    rows = Term.objects.filter(collection=collection, term__in=list(terms), df__gt=0)
    return {term: (pk, df) for term, pk, df in rows.values_list("term", "pk", "df")}


def _meant(
    collection: Collection, question: Question, known: Mapping[str, tuple[int, int]]
) -> dict[str, float]:
    df = {term: count for term, (_pk, count) in known.items()}
    places = list(spelling.doubtful(question.words, df))
    if not places:
        return {}
    vocabulary = _vocabulary(collection.pk, str(collection.built_at), collection.pieces)
    offered = {place: spelling.near(question.words[place], vocabulary) for place in places}
    pairs = {
        pair
        for place, others in offered.items()
        for other in others
        for pair in (*spelling.neighbours(question.words, place, other), other)
    }
    df |= {term: count for term, (_pk, count) in _known(collection, pairs).items()}
    meant: dict[str, float] = {}
    for place, others in offered.items():
        meant |= spelling.meant(question.words, place, others, df)
    return meant


@lru_cache(maxsize=8)
def _vocabulary(collection_id: int, _built_at: str, _pieces: int) -> tuple[str, ...]:
    """Every single syllable of the collection; read again when it was built or changed."""
    terms = Term.objects.filter(collection_id=collection_id, df__gt=0).exclude(term__contains="_")
    return tuple(terms.values_list("term", flat=True))


def ranked(weights: Mapping[int, int], limit: int) -> list[tuple[int, str, int]]:
    """Piece, source and score of the best piece of each of the best `limit` sources."""
    if not weights:
        return []
    statement, values = _statement(sorted(weights.items()), limit)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [(piece, source, int(score)) for piece, source, score in cursor.fetchall()]


def _statement(weights: Sequence[tuple[int, int]], limit: int) -> tuple[str, list[int]]:
    postings, pieces = Posting._meta.db_table, Piece._meta.db_table
    asked = ", ".join(["(CAST(%s AS BIGINT), CAST(%s AS BIGINT))"] * len(weights))
    statement = f"""
        WITH asked(term_id, weight) AS (VALUES {asked}),
        scored AS (
            SELECT p.piece_id, SUM(p.impact * a.weight) AS score
            FROM asked a JOIN {postings} p ON p.term_id = a.term_id GROUP BY p.piece_id
        ),
        placed AS (
            SELECT s.piece_id, e.source, s.score * e.shift AS score,
                   ROW_NUMBER() OVER (
                       PARTITION BY e.source ORDER BY s.score * e.shift DESC, e.number
                   ) AS place
            FROM scored s JOIN {pieces} e ON e.id = s.piece_id
        )
        SELECT piece_id, source, score FROM placed WHERE place = 1
        ORDER BY score DESC, source LIMIT %s
    """  # noqa: S608 -- our own tables; what was asked goes as values
    return statement, [number for pair in weights for number in pair] + [limit]
