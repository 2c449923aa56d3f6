"""Which words are written as Vietnamese syllables are: to tell letters from what a font made of them.

A syllable is an initial, a rime and a tone; stopped rimes (-c, -ch, -p, -t) have two tones only.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from nennep.core.text import TONES

WRITTEN_INITIALS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
WRITTEN_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong ooc oong op ot  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu  ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu
    ưt ưu  y yêm yên yêng yêt yêu ych ynh
"""
INITIALS = sorted(WRITTEN_INITIALS.split(), key=len, reverse=True)
RIMES = frozenset(WRITTEN_RIMES.split())
# After g and i together only the rest of the rime is written: gi + a, but also gìn, giêng.
AFTER_GI = frozenset({"", "n", "m", "êng", "êt", "êm", "ên", "êc"})
STOPS = ("c", "p", "t", "ch")
SHARP, HEAVY = "\u0301", "\u0323"


@lru_cache(maxsize=16_384)
def is_syllable(word: str) -> bool:
    """Whether a word of letters could be Vietnamese, with its accents."""
    plain, tones = _apart(word)
    if len(tones) > 1:
        return False
    tone = tones[:1]
    for initial in INITIALS:
        if plain.startswith(initial) and _is_rime(initial, plain[len(initial) :], tone):
            return True
    return _is_rime("", plain, tone)


def _is_rime(initial: str, rime: str, tone: str) -> bool:
    if initial == "gi" and rime in AFTER_GI:
        return True
    if rime not in RIMES:
        return False
    return tone in {SHARP, HEAVY} or not rime.endswith(STOPS)


def _apart(word: str) -> tuple[str, str]:
    """The letters without tones, and the tones."""
    letters: list[str] = []
    tones: list[str] = []
    for mark in unicodedata.normalize("NFD", word.lower()):
        (tones if mark in TONES else letters).append(mark)
    return unicodedata.normalize("NFC", "".join(letters)), "".join(tones)
