"""Numbers and symbols of documents, however they are written: 294-QĐ/TW, “Quy định 294”, 11 da tu."""

import re
from collections.abc import Iterator, Mapping

from nennep.library.rules.folding import syllables

WRITTEN = re.compile(
    r"(?<![\w.])(\d{1,5})\s*[-–]\s*([A-Za-zĐđ]{1,4})\s*/\s*([A-Za-zĐđ]{1,8})", re.UNICODE
)
POINT = re.compile(r"(?<![\w.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\w])")


def symbol_terms(text: str, kinds: Mapping[str, str]) -> Iterator[str]:
    """A term for each document named and each numbered point named.

    `kinds` are the folded names of kinds with their folded abbreviation ("quy dinh": "qd").
    """
    for number, kind, _issuer in WRITTEN.findall(text):
        yield f"{int(number)}~{''.join(syllables(kind))}"
    words = syllables(text)
    for place, word in enumerate(words):
        if word.isdigit() and len(word) <= 5:
            yield from _named_before(words, place, kinds)
    for point in POINT.findall(text):
        yield f"§{point}"


def _named_before(words: list[str], place: int, kinds: Mapping[str, str]) -> Iterator[str]:
    """“Quy định số 294”, “đề án 11”, “qd 294”: the kind stands just before the number."""
    end = place - 1 if place and words[place - 1] == "so" else place
    for name, short in kinds.items():
        length = name.count(" ") + 1
        if " ".join(words[max(0, end - length) : end]) == name or words[end - 1 : end] == [short]:
            yield f"{int(words[place])}~{short}"
