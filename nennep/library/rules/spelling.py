"""One typing error a word: a letter too many, too few, another, or two that changed places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

SHORTEST = 3  # letters of a known word that may still be a slip


def is_near(a: str, b: str) -> bool:
    """Whether one typing error makes `b` out of `a`."""
    if len(a) == len(b):
        wrong = [i for i in range(len(a)) if a[i] != b[i]]
        return len(wrong) == 1 or _changed_places(a, b, wrong)
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) != 1:
        return False
    same = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    return short[same:] == long[same + 1 :]


def _changed_places(a: str, b: str, wrong: Sequence[int]) -> bool:
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return a[first] == b[second] and a[second] == b[first]


def near(word: str, vocabulary: Iterable[str]) -> list[str]:
    return sorted(other for other in vocabulary if is_near(word, other))


def closest(word: str, vocabulary: Iterable[str]) -> str:
    """The known syllable that two slips away, at most, makes `word`; the first of equals, or ""."""
    letters = set(word)
    likely = [
        other
        for other in vocabulary
        if abs(len(other) - len(word)) <= 2 and len(letters - set(other)) <= 2
    ]
    ranked = sorted((distance(word, other), other) for other in likely)
    return ranked[0][1] if ranked and ranked[0][0] <= 2 < len(word) else ""


def distance(a: str, b: str) -> int:
    """How many letters are too many, too few or another between the two."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, other in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != other))
    return row[-1]


def neighbours(words: Sequence[str], place: int, word: str) -> list[str]:
    """The pairs that `word` makes with the syllables around `place`."""
    before = [f"{words[place - 1]}_{word}"] if place else []
    after = [f"{word}_{words[place + 1]}"] if place + 1 < len(words) else []
    return before + after


def doubtful(words: Sequence[str], known: Mapping[str, int]) -> Iterator[int]:
    """Where a syllable is unknown, or makes no pair that is known. `known` holds terms and their df."""
    for place, word in enumerate(words):
        if word.isdigit() or (word in known and len(word) < SHORTEST):
            continue
        pairs = neighbours(words, place, word)
        if word not in known or (pairs and not any(pair in known for pair in pairs)):
            yield place


def meant(
    words: Sequence[str], place: int, offered: Sequence[str], known: Mapping[str, int]
) -> dict[str, float]:
    """The terms of the likeliest word meant at `place`, each with its share; none where none fits.

    A known word is only doubted where the other one fits on both its sides.
    """
    is_known, sides = words[place] in known, len(neighbours(words, place, words[place]))
    best: tuple[int, int, str] = (0, 0, "")
    for other in offered:
        fitting = [p for p in neighbours(words, place, other) if p in known]
        if is_known and len(fitting) < sides:
            continue
        rank = (len(fitting), sum(known[p] for p in fitting), other)
        best = max(best, rank)
    if not best[2] or (best[0] == 0 and sides):
        return {}
    fitting = [p for p in neighbours(words, place, best[2]) if p in known]
    share = 0.5 if is_known else 1.0
    return dict.fromkeys([best[2], *fitting], share)
