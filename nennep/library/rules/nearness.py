"""Words that were asked for together: a text that has them together counts more.

Three ways of it, each worth a fifth at most [D]: neighbours of the question near one another, much of
the question in one passage, three words of it in a row.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from nennep.library.rules.weights import SCALE

AT_MOST = 200  # thousandths that are added where all of them stand together [D]
NEAR = 8  # syllables, in whatever order
PASSAGE = 60  # syllables


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


def gathering(text: Sequence[str], weights: Mapping[str, int]) -> int:
    """What the score is multiplied by: by how much of the question its densest passage holds."""
    whole = sum(weights.values())
    if not whole:
        return SCALE
    places = [(place, word) for place, word in enumerate(text) if weights.get(word)]
    inside: dict[str, int] = {}
    held = most = first = 0
    for place, word in places:
        inside[word] = inside.get(word, 0) + 1
        held += weights[word] if inside[word] == 1 else 0
        while place - places[first][0] >= PASSAGE:
            gone = places[first][1]
            inside[gone] -= 1
            held -= weights[gone] if inside[gone] == 0 else 0
            first += 1
        most = max(most, held)
    return SCALE + AT_MOST * most // whole


def sequence(text: Sequence[str], asked: Sequence[str]) -> int:
    """What the score is multiplied by: by the share of the question's threes that stand there."""
    threes = set(zip(asked, asked[1:], asked[2:], strict=False))
    if not threes:
        return SCALE
    there = threes.intersection(zip(text, text[1:], text[2:], strict=False))
    return SCALE + AT_MOST * len(there) // len(threes)


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
