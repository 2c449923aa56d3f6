"""What changed between two revisions of an entry, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Change:
    """A line as it was and as it is; one of the two is empty where it came or went."""

    before: str
    after: str

    @property
    def is_same(self) -> bool:
        return self.before == self.after


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Every line of both, in order; lines that stayed stand on both sides."""
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    return [
        change
        for kind, a, b, c, d in matcher.get_opcodes()
        for change in _paired(before[a:b], after[c:d], is_same=kind == "equal")
    ]


def _paired(old: Sequence[str], new: Sequence[str], *, is_same: bool) -> Iterator[Change]:
    if is_same or len(old) == len(new):
        yield from (Change(a, b) for a, b in zip(old, new, strict=True))
        return
    yield from (Change(line, "") for line in old)
    yield from (Change("", line) for line in new)
