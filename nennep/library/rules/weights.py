"""BM25F over folded syllables and pairs of neighbours, in whole numbers.

tfn = Σ_field w·tf / (1 − b + b·length/average length); a posting's impact is tfn·(k1+1)/(tfn+k1), a
term's weight ln(1 + (N − df + ½)/(df + ½)). Both are kept as thousandths, so that a sum is a whole
number: the same on every database, in whatever order it is added. k1, b and the field weights move
results by less than a point; they are not tuned.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

FIELDS: Mapping[str, float] = {"heading": 3.0, "path": 1.0, "name": 0.5, "body": 1.0}
K1, B = 1.2, 0.75
SCALE = 1000


def terms_of(words: Sequence[str]) -> list[str]:
    """The syllables and every pair of neighbours: a word of Vietnamese is mostly two syllables."""
    return [*words, *(f"{a}_{b}" for a, b in pairwise(words))]


def impacts(
    fields: Mapping[str, Sequence[str]], average: Mapping[str, float], extra: Sequence[str] = ()
) -> dict[str, int]:
    """How much each term says of one piece, in thousandths; `extra` terms count as in the heading."""
    tfn: dict[str, float] = {}
    for name, words in fields.items():
        if not words:
            continue
        norm = 1 - B + B * len(words) / (average.get(name) or 1.0)
        for term, count in Counter(terms_of(words)).items():
            tfn[term] = tfn.get(term, 0.0) + FIELDS[name] * count / norm
    for term in extra:
        tfn[term] = tfn.get(term, 0.0) + FIELDS["heading"]
    return {term: round(SCALE * f * (K1 + 1) / (f + K1)) for term, f in tfn.items()}


def rarity(pieces: int, df: int) -> float:
    """The weight of a term that `df` of `pieces` hold; none of them, and it weighs as if one did."""
    df = max(df, 1)
    return math.log(1 + (max(pieces, df) - df + 0.5) / (df + 0.5))


def pair_rarity(pieces: int, df: int, apart: Sequence[int]) -> float:
    """The weight of a pair: what it tells beyond its two syllables, that are asked for as well.

    Half of what the more frequent one tells (`apart` holds both df) is taken off: else a long name
    that was only said in passing counts two times.
    """
    told = min(rarity(pieces, each) for each in apart)
    return max(0.0, rarity(pieces, df) - told / 2)
