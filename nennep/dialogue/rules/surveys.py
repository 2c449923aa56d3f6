"""Questions of a survey as they are typed, and what a sheet adds to the counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nennep.core.text import blocks, fold

OPTION = "-"
OPTIONS_AT_LEAST, OPTIONS_AT_MOST = 2, 8
QUESTIONS_AT_MOST = 10
WORDS_AT_MOST = 300
# Free words of so many are kept and sorted as one list: more than this would be read by nobody.
INVITED_AT_MOST_FOR_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Question:
    """Without options it is answered in free words."""

    text: str
    options: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "options": list(self.options)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Question":
        return cls(kept["text"], tuple(kept["options"]))


def questions_in(text: str) -> list[Question]:
    """Blocks parted by empty lines: the question, then its options, each begun with “-”.

    Raises ValueError with the number of the first question that is not whole.
    """
    return [_question(lines, number) for number, lines in enumerate(blocks(text), 1)]


def _question(lines: Sequence[str], number: int) -> Question:
    words = [line for line in lines if not line.startswith(OPTION)]
    options = tuple(line[1:].strip() for line in lines if line.startswith(OPTION))
    is_fit = not options or OPTIONS_AT_LEAST <= len(options) <= OPTIONS_AT_MOST
    if not words or not is_fit or not all(options):
        raise ValueError(number)
    return Question(" ".join(words), options)


@dataclass(frozen=True, slots=True)
class Tally:
    """What all sheets together say: by question how often each option was chosen, and the words.

    Words stand in the order of the alphabet, so that nothing tells which came first or together.
    """

    sheets: int
    chosen: tuple[tuple[int, ...], ...]
    words: tuple[tuple[str, ...], ...]


def _alphabet(words: str) -> tuple[str, str]:
    return fold(words), words


def empty(questions: Sequence[Question]) -> Tally:
    chosen = tuple((0,) * len(question.options) for question in questions)
    return Tally(0, chosen, ((),) * len(questions))


def with_sheet(tally: Tally, sheet: Sequence[int | str | None]) -> Tally:
    """`sheet`: by question the place of the option chosen, or the words; None: left open."""
    return Tally(
        tally.sheets + 1,
        tuple(
            tuple(count + (place == said) for place, count in enumerate(counts))
            for counts, said in zip(tally.chosen, sheet, strict=True)
        ),
        tuple(
            tuple(sorted([*words, said], key=_alphabet))
            if isinstance(said, str) and said
            else words
            for words, said in zip(tally.words, sheet, strict=True)
        ),
    )
