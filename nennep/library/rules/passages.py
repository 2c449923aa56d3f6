"""The passage that is shown: word for word, where most of what was asked stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from nennep.library.rules.folding import spans

WINDOW = 60  # syllables, about four lines on a phone


@dataclass(frozen=True)
class Passage:
    """A stretch of the text as it stands, and the spans in it that were asked for."""

    text: str
    hits: tuple[tuple[int, int], ...]
    is_begun: bool  # something of the text stands before it
    is_cut: bool  # something stands after it


def passage(text: str, weights: Mapping[str, float], window: int = WINDOW) -> Passage:
    """`text` is NFC; `weights` are those of the question's terms."""
    words = spans(text)
    if not words:
        return Passage(text, (), is_begun=False, is_cut=False)
    worth = [weights.get(word, 0.0) for word, _a, _b in words]
    start = _densest(worth, window)
    last = min(start + window, len(words)) - 1
    begin = words[start][1] if start else 0
    end = words[last][2] if last + 1 < len(words) else len(text)
    hits = tuple(
        (a - begin, b - begin)
        for (word, a, b), value in zip(words, worth, strict=True)
        if value > 0 and a >= begin and b <= end
    )
    return Passage(text[begin:end], hits, is_begun=begin > 0, is_cut=end < len(text))


def _densest(worth: list[float], window: int) -> int:
    """Where the stretch begins that holds most; the earliest of equals."""
    total = sum(worth[:window])
    best, start = total, 0
    for first in range(1, max(1, len(worth) - window + 1)):
        total += worth[first + window - 1] - worth[first - 1]
        if total > best + 1e-9:
            best, start = total, first
    return start
