"""Reads a question: what it asks for, without the words that every question has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nennep.core.text import nfc
from nennep.library.rules.folding import WORD, spelled, syllables
from nennep.library.rules.symbols import symbol_terms
from nennep.library.rules.weights import terms_of

SYNONYM = 0.5
DEFINITION = 0.5
QUESTION_WORD = 0.5
SYMBOL = 2.0
LONGEST = 60  # syllables that are looked at
WITH_ACCENTS = 1 / 3  # of the syllables; of a text in Vietnamese three in four have marks [D]
# “cư trú là gì”, “theo Luật X, cư trú là gì”; “định nghĩa về cư trú”
ASKS_WHAT = re.compile(
    r"^(?:theo (?:\S+ ){1,12}?(?:thi )?)?((?:\S+ ){0,5}\S+) "
    r"(?:la gi|duoc hieu la gi|nghia la gi|la nhu the nao|duoc hieu nhu the nao)$"
)
ASKS_DEFINITION = re.compile(
    r"^(?:dinh nghia|khai niem)(?: ve| cua)? ((?:\S+ ){0,5}\S+?)(?: la gi| la| nhu the nao| theo .*|$)"
)
WHERE_DEFINED = ("giai_thich", "thich_tu", "tu_ngu")


class Synonym(NamedTuple):
    """What people say, and what the texts say. `spelled` is what they say in its accents."""

    said: str
    written: str
    share: float
    spelled: str = ""


@dataclass(frozen=True)
class Words:
    """The vocabulary of questions: all folded. `synonyms` go one way, `short` both.

    `hasty`, not folded, is what is typed for a word in messages (ko, dc): it is that word and nothing else.
    """

    hasty: Mapping[str, str] = field(default_factory=dict)
    dropped: Sequence[str] = ()
    asking: Sequence[str] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    synonyms: Sequence[Synonym] = ()


@dataclass(frozen=True)
class Question:
    """The syllables that were asked, and each term with its share (1 = fully asked)."""

    words: tuple[str, ...]
    terms: Mapping[str, float]


def read_question(text: str, words: Words) -> Question:
    asked = _without(syllables(_in_full(text, words.hasty))[:LONGEST], words.dropped)
    terms: dict[str, float] = {}
    _add_words(terms, asked, words.asking)
    _add_definition(terms, " ".join(asked))
    for term in symbol_terms(text, words.kinds):
        terms[term] = SYMBOL
    _add_other_words(terms, asked, words, _accented(text))
    return Question(tuple(asked), terms)


def _in_full(text: str, hasty: Mapping[str, str]) -> str:
    """Only what stands alone is a hasty word, and only as it is spelled: the K of “K/T” is none."""
    return " ".join(hasty.get(word.rstrip(",.?!").lower(), word) for word in nfc(text).split())


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


def _add_other_words(
    terms: dict[str, float], asked: Sequence[str], words: Words, accented: Sequence[str]
) -> None:
    """A synonym is heard in its own accents, in a question that has any: “tham gia” is not “già”."""
    for said, written, share, spelled_so in _other_words(words):
        parts, instead = said.split(), written.split()
        if spelled_so and accented and not places_of(accented, spelled_so.split()):
            continue
        found = [_instead(asked, start, len(parts), instead) for start in places_of(asked, parts)]
        for term in dict.fromkeys(term for each in found for term in each):
            terms[term] = min(1.0, terms.get(term, 0.0) + share)


def _other_words(words: Words) -> Iterator[Synonym]:
    for short, long in words.short.items():
        yield Synonym(short, long, SYNONYM)
        yield Synonym(long, short, SYNONYM)
    yield from words.synonyms


def _accented(text: str) -> list[str]:
    """Its syllables as they are spelled; none where too few have marks to be written with them."""
    written = [spelled(word) for word in WORD.findall(nfc(text))]
    marked = sum(not word.isascii() for word in written)
    return written if marked >= WITH_ACCENTS * len(written) else []


def _instead(asked: Sequence[str], start: int, length: int, instead: Sequence[str]) -> list[str]:
    """The terms of the other words, and of the pairs that they make with their neighbours there."""
    before, after = asked[max(0, start - 1) : start], asked[start + length :][:1]
    pairs = [f"{word}_{instead[0]}" for word in before]
    return [*terms_of(instead), *pairs, *(f"{instead[-1]}_{word}" for word in after)]


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
