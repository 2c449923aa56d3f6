"""Texts from the time before Unicode: letters that only a certain font shows as Vietnamese.

TCVN3 (fonts .VnTime …) and VNI (VNI-Times …) wrote Vietnamese with the signs of western Europe;
and some programs read Unicode as if it were such signs. Each is recognised by whether the words
become Vietnamese syllables. Nothing is converted unless a person asked for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from enum import Enum
from functools import lru_cache

from nennep.core.syllables import is_syllable
from nennep.core.text import nfc

# The tones in the order ngang, huyền, hỏi, ngã, sắc, nặng.
_VOWELS = (
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị",
    "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
)  # fmt: skip
_TCVN3_TONED = (
    "µ¶·¸¹", "»¼½¾Æ", "ÇÈÉÊË", "ÌÎÏÐÑ", "ÒÓÔÕÖ", "×ØÜÝÞ",  # noqa: RUF001 -- its signs
    "ßáâãä", "åæçèé", "êëìíî", "ïñòóô", "õö÷øù", "úûüýþ",
)  # fmt: skip
_TCVN3_PLAIN = dict(zip("¨©ª«¬­®¡¢£¤¥¦§", "ăâêôơưđĂÂÊÔƠƯĐ", strict=True))
TCVN3 = _TCVN3_PLAIN | {
    sign: letter
    for signs, letters in zip(_TCVN3_TONED, _VOWELS, strict=True)
    for sign, letter in zip(signs, letters[1:], strict=True)
}

# VNI puts a sign for the tone, or for tone and hat together, behind the plain letter.
_VNI_BEHIND = {
    "a": "øûõùï", "ă": "èúüéë", "â": "àåãáä", "e": "øûõùï", "ê": "àåãáä", "o": "øûõùï",
    "ô": "àåãáä", "ơ": "øûõùï", "u": "øûõùï", "ư": "øûõùï", "y": "øûõù",
}  # fmt: skip
_VNI_LETTER = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "ô", "ư": "ö"}
_VNI_ALONE = {
    "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ",
    "aê": "ă", "aâ": "â", "eâ": "ê", "oâ": "ô",
}  # fmt: skip


def _vni() -> dict[str, str]:
    pairs = dict(_VNI_ALONE)
    toned = {letters[0]: letters[1:] for letters in _VOWELS}
    for letter, signs in _VNI_BEHIND.items():
        before = _VNI_LETTER.get(letter, letter)
        pairs |= {before + sign: toned[letter][place] for place, sign in enumerate(signs)}
    capitals = {key.upper(): value.upper() for key, value in pairs.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in pairs.items()}
    return mixed | capitals | pairs


VNI = _vni()
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
WORD = re.compile(r"[^\W\d_]+|[^\s\x00-\x7f]+")
LAST_WESTERN_SIGN = "\u00ff"


class Legacy(Enum):
    """How a text was written before Unicode."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    TWICE = "twice"

    @property
    def label(self) -> str:
        """As people know it; the same in every language."""
        return {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "twice": "UTF-8 × 2"}[self.value]


def convert(text: str, legacy: Legacy) -> str:
    """The text in Unicode. What was none of that kind comes out as nonsense: ask first."""
    return nfc(_CONVERT[legacy](text))


def written_in(text: str) -> Legacy | None:
    """How one text was written, where it is no Vietnamese as it stands and becomes so."""
    if text.isascii() or is_vietnamese(text):
        return None
    return next((kind for kind in Legacy if becomes_vietnamese(text, kind)), None)


def mostly(texts: Iterable[str]) -> Legacy | None:
    """How most of the texts with accents were written: Vò may be Vũ in TCVN3, its neighbours tell."""
    found: Counter[Legacy | None] = Counter(
        written_in(text) for text in texts if not text.isascii()
    )
    if not found:
        return None
    kind, count = found.most_common(1)[0]
    return kind if kind is not None and 2 * count > found.total() else None


def is_vietnamese(text: str) -> bool:
    """Whether every word with accents is a syllable."""
    return all(_is_good(word) for word in text.split())


@lru_cache(maxsize=16_384)
def _is_good(word: str) -> bool:
    if word.isascii():
        return True
    parts = re.findall(r"[^\W\d_]+", nfc(word))
    bare = re.sub(r"[\w\s.,;:/()'’“”\"\-–]", "", nfc(word))
    return not bare and all(part.isascii() or is_syllable(part) for part in parts)


@lru_cache(maxsize=16_384)
def becomes_vietnamese(text: str, kind: Legacy) -> bool:
    """Whether every word is Vietnamese once the text is converted, and something changed."""
    if kind is not Legacy.TWICE and max(text) > LAST_WESTERN_SIGN:
        return False
    try:
        changed = convert(text, kind)
    except UnicodeError:
        return False
    words = re.findall(r"[^\W\d_]+", changed)
    return (
        changed != text
        and all(word.isascii() or is_syllable(word) for word in words)
        and is_vietnamese(changed)
    )


def _from_tcvn3(text: str) -> str:
    return "".join(TCVN3.get(sign, sign) for sign in text)


def _from_vni(text: str) -> str:
    return _VNI_SIGNS.sub(lambda found: VNI[found.group()], text)


def _from_twice(text: str) -> str:
    """A text among others that were encoded twice and was not, or is damaged, stays as it is."""
    try:
        return b"".join(_western_byte(sign) for sign in text).decode("utf-8")
    except UnicodeDecodeError:
        return text


def _western_byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


_CONVERT: dict[Legacy, Callable[[str], str]] = {
    Legacy.TCVN3: _from_tcvn3,
    Legacy.VNI: _from_vni,
    Legacy.TWICE: _from_twice,
}
