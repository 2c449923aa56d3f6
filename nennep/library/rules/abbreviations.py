"""Abbreviations that a document introduces itself: “chương trình chất lượng cao (CLC)”."""

import re
from collections import Counter
from collections.abc import Iterator

from nennep.library.rules.folding import folded, syllables

INTRODUCED = re.compile(
    r"((?:[^\W\d_]+[ \t]+){1,8})\(\s*(?:(?:sau đây|gọi|viết|là|tắt|được)\s+)*([A-ZĐ]{2,7})\s*\)"
)


def introduced(text: str) -> Iterator[tuple[str, str]]:
    """Each abbreviation as often as it is introduced, with the words it stands for, both folded."""
    for words, short in INTRODUCED.findall(text):
        last = words.split()[-len(short) :]
        if [word[0].upper() for word in last] == list(short):
            yield folded(short), " ".join(syllables(" ".join(last)))


def meanings(counted: Counter[tuple[str, str]]) -> dict[str, str]:
    """For each first of the pairs the second it most often goes with; of equals the first one."""
    found: dict[str, str] = {}
    for (short, words), _count in sorted(counted.items(), key=lambda each: (-each[1], each[0])):
        found.setdefault(short, words)
    return found
