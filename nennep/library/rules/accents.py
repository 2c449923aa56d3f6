"""Accents that somebody did type: a text that writes the word otherwise counts less."""

from collections.abc import Mapping

from nennep.library.rules.folding import WORD, folded, spelled
from nennep.library.rules.weights import SCALE

AT_MOST = 300  # thousandths that are taken off where every accent is another one [D]


def typed_accents(text: str) -> dict[str, str]:
    """Each syllable that was typed with a mark, folded, and as it was spelled."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        spelling = spelled(word)
        if spelling != folded(word):
            found.setdefault(folded(word), spelling)
    return found


def agreement(text: str, typed: Mapping[str, str], weights: Mapping[str, int]) -> int:
    """What the score is multiplied by, in thousandths: whole numbers, the same everywhere.

    A syllable that the text has in the accents that were typed, or has not at all, takes nothing
    off. One that it has only in others does, by its share of the weight of all that was asked.
    """
    whole = sum(weights.values())
    if not whole or not typed:
        return SCALE
    there = {word.lower() for word in WORD.findall(text)}
    met: dict[str, bool] = {}
    for word in there:
        plain = folded(word)
        if plain in typed:
            met[plain] = met.get(plain, False) or spelled(word) == typed[plain]
    missed = sum(weights.get(plain, 0) for plain, is_met in met.items() if not is_met)
    return SCALE - AT_MOST * missed // whole
