"""Syllables as they are searched: one folded stream for every way of writing the same word."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
# kỹ and kĩ, lý and lí: after a consonant the two letters are one sound; quy and quí too.
TONES = "\u0300\u0309\u0303\u0301\u0323"  # the marks that may stand on one vowel or another
Y_AFTER_CONSONANT = re.compile(r"(?<=[bcdghklmnpqrstvx])y")


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Lower case, without marks, đ as d, y as i after a consonant."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d").replace("ð", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return Y_AFTER_CONSONANT.sub("i", letters)


@lru_cache(maxsize=65_536)
def spelled(word: str) -> str:
    """The syllable with its marks, the tone at the end: hoà and hòa, kỹ and kĩ are the same."""
    marked = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in marked if c in TONES)
    letters = "".join(c for c in marked if c not in TONES)
    return Y_AFTER_CONSONANT.sub("i", letters) + tones


def syllables(text: str) -> list[str]:
    return [folded(word) for word in WORD.findall(unicodedata.normalize("NFC", text))]


def spans(text: str) -> list[tuple[str, int, int]]:
    """Each folded syllable with where it stands in `text`, which must be NFC."""
    return [(folded(found.group()), *found.span()) for found in WORD.finditer(text)]
