"""How alike two texts are, by the runs of words they share. No meaning is looked for."""

from collections.abc import Iterable
from fractions import Fraction

from nennep.core.text import fold

RUN = 3  # words that follow one another: long enough that everyday words alone do not make texts alike
EDGES = ".,;:!?()[]{}“”\"'‘’…–—-•*+/"

Shingles = frozenset[tuple[str, ...]]


def shingles(texts: Iterable[str]) -> Shingles:
    """Every run of words in these texts, folded; no run goes from one text into the next."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = words_of(text)
        found.update(zip(*(words[start:] for start in range(RUN)), strict=False))
    return frozenset(found)


def words_of(text: str) -> list[str]:
    """Without accents, capitals and marks: a corrected accent is no other word."""
    stripped = (word.strip(EDGES) for word in fold(text).split())
    return [word for word in stripped if word]


def likeness(one: Shingles, other: Shingles) -> Fraction:
    """The share of runs that both have, of those either has (Jaccard); 0 where neither has any."""
    either = len(one | other)
    return Fraction(len(one & other), either) if either else Fraction(0)
