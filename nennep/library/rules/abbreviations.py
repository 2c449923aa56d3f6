"""Abbreviations that a document introduces itself: “chương trình chất lượng cao (CLC)”."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from nennep.library.rules.folding import folded, syllables

INTRODUCED = re.compile(
    r"((?:[^\W\d_]+[ \t]+){1,8})\(\s*(?:(?:sau đây|gọi|viết|là|tắt|được)\s+)*([A-ZĐ]{2,7})\s*\)"
)


def introduced(texts: Iterable[str]) -> dict[str, str]:
    """Each abbreviation, folded, with the words it most often stands for, folded."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for words, short in INTRODUCED.findall(text):
            last = words.split()[-len(short) :]
            if [word[0].upper() for word in last] == list(short):
                found[folded(short)][" ".join(syllables(" ".join(last)))] += 1
    return {short: max(sorted(of), key=of.__getitem__) for short, of in found.items()}
