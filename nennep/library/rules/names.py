"""Names that are said whole: of a document (“Luật Cư trú”), of a point (“Điều 9. Xét tốt nghiệp”).

A piece has one term for each of its names, beside those of their syllables. A question that says
the whole name means it, and not just any text in which its words are frequent.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from nennep.library.rules.folding import syllables

DOCUMENT, POINT = "@", "="
SHARES: Mapping[str, float] = {DOCUMENT: 2.0, POINT: 0.3}
WITHIN_A_NAME = 0.5  # what words count that were only said to name a document
SHORTEST, LONGEST = 2, 12  # syllables
ORDINAL = re.compile(
    r"^(?:(?:PHẦN|Phần)\s+(?:THỨ\s+)?\S+|(?:CHƯƠNG|Chương|MỤC|Mục)\s+\S+|(?:ĐIỀU|Điều)\s+\d+\w?"
    r"|[IVXL]{1,6}|[A-Z]|\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:[.:)\-–]+\s*|$|\s+(?=\S))"
)


def name_terms(document: str, points: Iterable[str]) -> set[str]:
    """The terms of a piece: the name of its document, and what its points are called."""
    called = [ORDINAL.sub("", point.strip(), count=1) for point in points]
    terms = [_term(DOCUMENT, syllables(document)), *(_term(POINT, syllables(x)) for x in called)]
    return {term for term in terms if term}


def names_said(words: Sequence[str]) -> Iterator[str]:
    """The terms of all names that may have been said."""
    for length in range(SHORTEST, min(LONGEST, len(words)) + 1):
        for start in range(len(words) - length + 1):
            said = words[start : start + length]
            yield from (_term(mark, said) for mark in SHARES)


def is_name(term: str) -> bool:
    return term[:1] in SHARES


def words_of_documents(names: Iterable[str]) -> set[str]:
    """The syllables and pairs of the documents that were named."""
    found: set[str] = set()
    for name in names:
        if name.startswith(DOCUMENT):
            words = name[1:].split("_")
            found.update(words, map("_".join, pairwise(words)))
    return found


def longest(names: Iterable[str]) -> set[str]:
    """Without the names that are only a part of another one of their kind."""
    whole = set(names)
    return {
        name
        for name in whole
        if not any(
            other != name and other[0] == name[0] and f"_{name[1:]}_" in f"_{other[1:]}_"
            for other in whole
        )
    }


def _term(mark: str, words: Sequence[str]) -> str:
    return f"{mark}{'_'.join(words)}" if SHORTEST <= len(words) <= LONGEST else ""
