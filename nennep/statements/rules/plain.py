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


# A capital letter, for a class of a pattern: the range À-Ỹ holds small letters too.
CAPITAL = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"

# How offices shorten the words of patterns; “CB, ĐV” are cadres and members, “CB” alone are cells.
SHORT = {
    "chi bo": r"(?:chi bo|\bcb\b(?!,? ?(?:dv|cc|vc|va)))",
    "dang vien": r"(?:dang vien|\bdv\b|\bd/v\b)",
    "sinh hoat": r"(?:sinh hoat|\bshcb\b|\bsh\b)",
    "dong chi": r"(?:dong chi|\bd/c\b)",
}


def pattern(written: str) -> re.Pattern[str]:
    """A pattern written in Vietnamese, with its accents, as it is looked for in a plain text.

    Written in lower case; a space stands for any run of spaces, a word for its abbreviation too.
    """
    folded = "".join(
        c if c.isascii() else _folded(c) for c in unicodedata.normalize("NFC", written)
    )
    for words, or_short in SHORT.items():
        folded = folded.replace(words, or_short)
    return re.compile(re.sub(r" +", lambda _: r"\s+", folded))
