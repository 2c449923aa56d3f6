"""Questions as they are written in one field, and what the answers to them add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nennep.core.text import blocks

RIGHT, OTHER = "*", "-"
OPTIONS_AT_LEAST, OPTIONS_AT_MOST = 2, 6
QUESTIONS_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Question:
    """`right` is the place of the right option, from 0."""

    text: str
    options: tuple[str, ...]
    right: int

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "options": list(self.options), "right": self.right}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Question":
        return cls(kept["text"], tuple(kept["options"]), kept["right"])


def questions_in(text: str) -> list[Question]:
    """Blocks parted by empty lines: the question, then its options, “*” before the right one.

    Raises ValueError with the number of the first question that is not whole.
    """
    return [_question(lines, number) for number, lines in enumerate(blocks(text), 1)]


def _question(lines: Sequence[str], number: int) -> Question:
    words = [line for line in lines if line[0] not in {RIGHT, OTHER}]
    options = [line for line in lines if line[0] in {RIGHT, OTHER}]
    right = [place for place, line in enumerate(options) if line[0] == RIGHT]
    said = tuple(line[1:].strip() for line in options)
    is_whole = (
        bool(words)
        and OPTIONS_AT_LEAST <= len(options) <= OPTIONS_AT_MOST
        and len(right) == 1
        and all(said)
    )
    if not is_whole:
        raise ValueError(number)
    return Question(" ".join(words), said, right[0])


def right_answers(questions: Sequence[Question], chosen: Sequence[int | None]) -> list[int]:
    """1 for each question that was answered right, else 0."""
    return [int(q.right == c) for q, c in zip(questions, chosen, strict=True)]


def added(one: Sequence[int], other: Sequence[int], width: int) -> list[int]:
    """Question by question; a count that was never begun is nothing."""
    empty = [0] * width
    return [a + b for a, b in zip(one or empty, other or empty, strict=True)]
