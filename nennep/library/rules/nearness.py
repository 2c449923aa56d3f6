"""Words that were asked for side by side: a text that has them near one another counts more."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from nennep.library.rules.weights import SCALE

AT_MOST = 200  # thousandths that are added where all of them stand together [D]
NEAR = 8  # syllables, in whatever order


def nearness(text: Sequence[str], asked: Sequence[str], weights: Mapping[str, int]) -> int:
    """What the score is multiplied by, in thousandths: whole numbers, the same everywhere.

    Each two neighbours of the question count with the weight of the less telling one.
    """
    pairs = {
        (a, b): min(weights.get(a, 0), weights.get(b, 0)) for a, b in pairwise(asked) if a != b
    }
    whole = sum(pairs.values())
    if not whole:
        return SCALE
    together = _together(text, pairs)
    return SCALE + AT_MOST * sum(pairs[pair] for pair in together) // whole


def _together(text: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """The pairs whose two syllables stand near one another somewhere in the text."""
    partners: dict[str, list[tuple[str, tuple[str, str]]]] = {}
    for pair in pairs:
        partners.setdefault(pair[0], []).append((pair[1], pair))
        partners.setdefault(pair[1], []).append((pair[0], pair))
    last: dict[str, int] = {}
    found: set[tuple[str, str]] = set()
    for place, word in enumerate(text):
        if word in partners:
            found.update(
                pair
                for other, pair in partners[word]
                if other in last and place - last[other] < NEAR
            )
            last[word] = place
    return found
