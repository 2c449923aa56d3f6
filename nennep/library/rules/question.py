"""Reads a question: what it asks for, without the words that every question has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nennep.library.rules.folding import syllables
from nennep.library.rules.symbols import symbol_terms
from nennep.library.rules.weights import terms_of

SYNONYM = 0.5
DEFINITION = 0.5
QUESTION_WORD = 0.5
SYMBOL = 2.0
LONGEST = 60  # syllables that are looked at
# “cư trú là gì”, “theo Luật X, cư trú là gì”; “định nghĩa về cư trú”
ASKS_WHAT = re.compile(
    r"^(?:theo (?:\S+ ){1,12}?(?:thi )?)?((?:\S+ ){0,5}\S+) "
    r"(?:la gi|duoc hieu la gi|nghia la gi|la nhu the nao|duoc hieu nhu the nao)$"
)
ASKS_DEFINITION = re.compile(
    r"^(?:dinh nghia|khai niem)(?: ve| cua)? ((?:\S+ ){0,5}\S+?)(?: la gi| la| nhu the nao| theo .*|$)"
)
WHERE_DEFINED = ("giai_thich", "thich_tu", "tu_ngu")


@dataclass(frozen=True)
class Words:
    """The vocabulary of questions: all folded. `synonyms` go one way, `short` both."""

    dropped: Sequence[str] = ()
    asking: Sequence[str] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    synonyms: Sequence[tuple[str, str, float]] = ()


@dataclass(frozen=True)
class Question:
    """The syllables that were asked, and each term with its share (1 = fully asked)."""

    words: tuple[str, ...]
    terms: Mapping[str, float]


def read_question(text: str, words: Words) -> Question:
    asked = _without(syllables(text)[:LONGEST], words.dropped)
    terms: dict[str, float] = {}
    _add_words(terms, asked, words.asking)
    _add_definition(terms, " ".join(asked))
    for term in symbol_terms(text, words.kinds):
        terms[term] = SYMBOL
    _add_other_words(terms, asked, words)
    return Question(tuple(asked), terms)


def _without(words: list[str], phrases: Sequence[str]) -> list[str]:
    """What is left without these phrases; everything, where nothing would be left."""
    text = f" {' '.join(words)} "
    for phrase in phrases:
        text = text.replace(f" {phrase} ", " ")
    return text.split() or words


def _add_words(terms: dict[str, float], asked: Sequence[str], asking: Sequence[str]) -> None:
    shares = [1.0] * len(asked)
    for phrase in asking:
        parts = phrase.split()
        for start in places_of(asked, parts):
            shares[start : start + len(parts)] = [QUESTION_WORD] * len(parts)
    for word, share in zip(asked, shares, strict=True):
        _raise(terms, word, share)
    pairs = zip(asked, asked[1:], shares, shares[1:], strict=False)
    for first, second, one, other in pairs:
        _raise(terms, f"{first}_{second}", min(one, other))


def _add_definition(terms: dict[str, float], text: str) -> None:
    found = ASKS_WHAT.match(text) or ASKS_DEFINITION.match(text)
    if found is None:
        return
    terms[f"{found.group(1).split()[-1]}_la"] = 1.0
    for term in WHERE_DEFINED:
        terms[term] = terms.get(term, 0.0) + DEFINITION


def _add_other_words(terms: dict[str, float], asked: Sequence[str], words: Words) -> None:
    others: list[tuple[str, float]] = []
    for short, long in words.short.items():
        if short in asked:
            others.append((long, SYNONYM))
        if places_of(asked, long.split()):
            others.append((short, SYNONYM))
    for phrase, other, share in words.synonyms:
        if places_of(asked, phrase.split()):
            others.append((other, share))
    for text, share in others:
        for term in terms_of(text.split()):
            terms[term] = min(1.0, terms.get(term, 0.0) + share)


def places_of(words: Sequence[str], parts: Sequence[str]) -> list[int]:
    """Where the phrase begins in the words."""
    length = len(parts)
    return [
        start
        for start in range(len(words) - length + 1)
        if list(words[start : start + length]) == list(parts)
    ]


def _raise(terms: dict[str, float], term: str, share: float) -> None:
    terms[term] = max(terms.get(term, 0.0), share)
