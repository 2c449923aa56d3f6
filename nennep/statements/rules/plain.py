"""A text as it is matched: folded letter by letter, so that every place stays where it was."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """One character for one: without marks, lower case, đ as d. What folds to more stays itself."""
    lower = character.lower()
    if lower in "đð":
        return "d"
    base = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return base if len(base) == 1 else character


def plain(text: str) -> str:
    """`text` is NFC. Same length: a span of the one is a span of the other."""
    return "".join(map(_folded, text))


def pattern(written: str) -> re.Pattern[str]:
    """A pattern written in Vietnamese, with its accents, as it is looked for in a plain text.

    Written in lower case; a space stands for any run of spaces.
    """
    folded = "".join(
        c if c.isascii() else _folded(c) for c in unicodedata.normalize("NFC", written)
    )
    return re.compile(re.sub(r" +", lambda _: r"\s+", folded))
