"""A question as a collection understands it: which of its terms are looked for, and what each weighs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nennep.library.models import Collection, Term
from nennep.library.queries.words import words_for
from nennep.library.rules import spelling
from nennep.library.rules.question import Question, read_question
from nennep.library.rules.weights import SCALE, rarity

LARGE = 5_000  # pieces; above, syllables that stand nearly everywhere are left out
EVERYWHERE = 0.2
ENOUGH_TERMS = 3


@dataclass(frozen=True)
class Asked:
    """Term ids and their weights, in thousandths; `by_term` the same by name, as they are."""

    question: Question
    weights: Mapping[int, int]
    by_term: Mapping[str, float]


def ask(collection: Collection, text: str) -> Asked:
    """Reads the question and looks its terms up; one typing error a word is understood.

    What a term weighs, and which word is meant by a slip, is told by the pieces that are open to
    all and by nothing else: a term that only others hold weighs what an unknown one does.
    """
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
    # Only terms open to all are counted: whether others hold one must not be felt.
    enough = sum(known[term][1] > 0 for term in telling) >= ENOUGH_TERMS
    return telling if enough else shares


def _known(collection: Collection, terms: Iterable[str]) -> dict[str, tuple[int, int]]:
    rows = Term.objects.filter(collection=collection, term__in=list(terms))
    return {term: (pk, df) for term, pk, df in rows.values_list("term", "pk", "df")}


def _meant(
    collection: Collection, question: Question, known: Mapping[str, tuple[int, int]]
) -> dict[str, float]:
    df = {term: count for term, (_pk, count) in known.items() if count}
    places = list(spelling.doubtful(question.words, df))
    if not places:
        return {}
    vocabulary = _vocabulary(collection.pk, collection.changes)
    offered = {place: spelling.near(question.words[place], vocabulary) for place in places}
    pairs = {
        pair
        for place, others in offered.items()
        for other in others
        for pair in (*spelling.neighbours(question.words, place, other), other)
    }
    df |= {term: count for term, (_pk, count) in _known(collection, pairs).items() if count}
    meant: dict[str, float] = {}
    for place, others in offered.items():
        meant |= spelling.meant(question.words, place, others, df)
    return meant


@lru_cache(maxsize=8)
def _vocabulary(collection_id: int, _changes: int) -> tuple[str, ...]:
    """Every single syllable of what is open to all; read again when that was changed."""
    terms = Term.objects.filter(collection_id=collection_id, df__gt=0).exclude(term__contains="_")
    return tuple(terms.values_list("term", flat=True))
