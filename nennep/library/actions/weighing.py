"""How much each term says of a piece: reckoned from the piece as it is kept, and from nothing else.

So that terms and postings can be made again from the pieces alone, as after a restore.
"""

from collections.abc import Mapping
from typing import NamedTuple

from nennep.library.queries.words import shipped_words
from nennep.library.rules.folding import syllables
from nennep.library.rules.names import name_terms
from nennep.library.rules.symbols import symbol_terms
from nennep.library.rules.weights import impacts

NAME_ENDS = " – "  # “Luật Cư trú – Điều 2. Giải thích từ ngữ”: the document, then the point
LONGEST_TERM = 100


class Texts(NamedTuple):
    """The texts of a piece, no longer than its columns hold. The names are those of the columns."""

    title: str
    symbol: str
    path: str
    heading: str
    text: str


def impacts_of(texts: Texts, averages: Mapping[str, float]) -> dict[str, int]:
    """In thousandths; `averages` are those of the generation that the piece is of."""
    kinds = shipped_words().kinds
    named = f"{texts.symbol} {texts.title} {texts.heading}"
    symbols = [*symbol_terms(named, kinds), *symbol_terms(texts.text, kinds)]
    name, point = _name_and_point(texts.title)
    names = sorted(name_terms(name, (point, texts.heading)))
    words = {key: syllables(text) for key, text in fields_of(texts).items()}
    weighed = impacts(words, averages, [*symbols, *names])
    return {term: impact for term, impact in weighed.items() if len(term) <= LONGEST_TERM}


def fields_of(texts: Texts) -> dict[str, str]:
    """By where they stand. The title's last part is a heading of its own."""
    name, point = _name_and_point(texts.title)
    return {
        "heading": f"{point} {texts.heading}",
        "path": texts.path,
        "name": name,
        "body": texts.text,
    }


def _name_and_point(title: str) -> tuple[str, str]:
    name, _dash, point = title.rpartition(NAME_ENDS)
    return name, point
