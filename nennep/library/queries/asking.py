"""A question as a collection understands it: which of its terms are looked for, and what each weighs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from nennep.core.text import tidy
from nennep.library.models import Collection, Term
from nennep.library.queries.words import words_for
from nennep.library.rules import names, spelling
from nennep.library.rules.folding import WORD, folded
from nennep.library.rules.question import Question, read_question
from nennep.library.rules.weights import SCALE, pair_rarity, rarity

LARGE = 5_000  # pieces; above, syllables that stand nearly everywhere are left out
EVERYWHERE = 0.2
ENOUGH_TERMS = 3


@dataclass(frozen=True)
class Asked:
    """Term ids and their weights, in thousandths; `by_term` the same by name, as they are.

    `importance` is the weight of each syllable that was asked for, `unknown` those that nothing open
    to all holds, `read_as` what a doubtful syllable was read as.
    """

    question: Question
    weights: Mapping[int, int]
    by_term: Mapping[str, float]
    importance: Mapping[str, float]
    unknown: frozenset[str]
    read_as: Mapping[str, str]

    def means(self, word: str) -> set[str]:
        """The syllable itself, and what it was read as."""
        return {word, self.read_as.get(word, word)}


def ask(collection: Collection, text: str) -> Asked:
    """Reads the question and looks its terms up; one typing error a word is understood.

    What a term weighs, and which word is meant by a slip, is told by the pieces that are open to
    all and by nothing else: a term that only others hold weighs what an unknown one does.
    """
    question = read_question(text, words_for(collection))
    wanted = dict(question.terms)
    known = _known(collection, _with_parts([*wanted, *names.names_said(question.words)]))
    meant, read_as = _meant(collection, question, known)
    for term, share in meant.items():
        wanted[term] = max(wanted.get(term, 0.0), share)
    known |= _known(collection, _with_parts(meant) - known.keys())
    shares = {term: share for term, share in wanted.items() if term in known}
    shares = _with_names(shares, known)
    weights = {
        term: share * _weight(term, known, collection.pieces)
        for term, share in _telling(shares, known, collection.pieces).items()
    }
    by_id = {known[term][0]: round(SCALE * weight) for term, weight in weights.items() if weight}
    df = {word: known[word][1] if word in known else 0 for word in question.words}
    importance = {
        word: question.terms.get(word, 0.0) * rarity(collection.pieces, count)
        for word, count in df.items()
    }
    unknown = frozenset(word for word, count in df.items() if not count)
    return Asked(question, by_id, weights, importance, unknown, read_as)


def _with_parts(terms: Iterable[str]) -> set[str]:
    """With the syllables of the pairs among them, by which a pair is weighed."""
    whole = set(terms)
    pairs = (term for term in whole if "_" in term and not names.is_name(term))
    return whole.union(*(pair.split("_") for pair in pairs))


def _with_names(
    shares: Mapping[str, float], known: Mapping[str, tuple[int, int]]
) -> dict[str, float]:
    """With the names that were said whole: the words of a document's name then count less.

    Which are told by what is open to all alone; a name that only others hold takes nothing off.
    """
    said = [term for term in known if names.is_name(term)]
    heard = names.longest(term for term in said if known[term][1] > 0)
    within = names.words_of_documents(heard)
    heard |= {term for term in said if known[term][1] == 0}
    lessened = {
        term: share * names.WITHIN_A_NAME if term in within else share
        for term, share in shares.items()
    }
    return lessened | {term: names.SHARES[term[0]] for term in heard}


def _weight(term: str, known: Mapping[str, tuple[int, int]], pieces: int) -> float:
    df = known[term][1]
    if "_" not in term or names.is_name(term):
        return rarity(pieces, df)
    return pair_rarity(pieces, df, [known.get(part, (0, 0))[1] for part in term.split("_")])


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
) -> tuple[dict[str, float], dict[str, str]]:
    """The terms meant by doubtful syllables, with their shares; and what each was read as."""
    df = {term: count for term, (_pk, count) in known.items() if count}
    places = list(spelling.doubtful(question.words, df))
    if not places:
        return {}, {}
    vocabulary = _vocabulary(collection.token, collection.changes)
    offered = {place: spelling.near(question.words[place], vocabulary) for place in places}
    pairs = {
        pair
        for place, others in offered.items()
        for other in others
        for pair in (*spelling.neighbours(question.words, place, other), other)
    }
    df |= {term: count for term, (_pk, count) in _known(collection, pairs).items() if count}
    meant: dict[str, float] = {}
    read_as: dict[str, str] = {}
    for place, others in offered.items():
        terms = spelling.meant(question.words, place, others, df)
        meant |= terms
        read_as.update((question.words[place], term) for term in terms if "_" not in term)
    return meant, read_as


def offered_instead(collection: Collection, text: str, asked: Asked) -> str:
    """“Bạn có muốn tìm …”: the question with its slips put right, "" where there is none.

    A slip that was understood, or a syllable nobody knows that is two letters off one that is known:
    in the spelling that the texts open to all have most often.
    """
    instead = {word: asked.read_as[word] for word in asked.read_as if word in asked.unknown}
    lost = [word for word in asked.unknown if word not in instead and not word.isdigit()]
    vocabulary = _vocabulary(collection.token, collection.changes) if lost else ()
    for word in lost:
        if close := spelling.closest(word, vocabulary):
            instead[word] = close
    if not instead:
        return ""
    spellings = Collection.objects.values_list("spellings", flat=True).get(pk=collection.pk)
    right = {word: spellings.get(other, other) for word, other in instead.items()}
    return WORD.sub(lambda found: right.get(folded(found.group()), found.group()), tidy(text))


@lru_cache(maxsize=8)
def _vocabulary(generation: UUID, _changes: int) -> tuple[str, ...]:
    """Every single syllable of what is open to all; read again when that was changed."""
    terms = Term.objects.filter(collection__token=generation, df__gt=0).exclude(term__contains="_")
    return tuple(terms.values_list("term", flat=True))
