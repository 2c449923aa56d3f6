"""An entry of the handbook as a value: its question, its answer, and the facts they rest on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

COUNTED = ("day", "working_day", "month", "year")
BOUNDS = ("", "≥", "≤", ">", "<")
MARKS = ("C", "P", "D", "N")
LISTS = ("steps", "notes", "words", "forms", "related")
NUMBER = re.compile(r"\d+(?:[.,/\-]\d+)*")
SEGMENT = re.compile(r"[^a-z0-9]+")


class Flaw(StrEnum):
    """Why a text is no entry yet."""

    QUESTION = "question"
    ANSWER = "answer"
    BASES = "bases"
    SHAPE = "shape"
    FACT = "fact"
    FACT_BASIS = "fact_basis"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Cited:
    """A document the entry rests on, by the code of its basis, and how sure that is."""

    basis: str
    mark: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number the entry states. With a counted unit and a `start` it is a term with a last day.

    `number` is written as people read it. `before`: it is counted back from the start.
    """

    says: str
    number: str
    unit: str
    basis: str
    mark: str
    clause: str = ""
    bound: str = ""
    start: str = ""
    before: bool = False

    @property
    def is_term(self) -> bool:
        return bool(self.start) and self.unit in COUNTED and self.number.isdecimal()


@dataclass(frozen=True, slots=True)
class EntryText:
    """What one revision of an entry says. `link` is an address to be read, never fetched."""

    question: str = ""
    answer: str = ""
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    forms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    link: str = ""
    bases: tuple[Cited, ...] = field(default=())

    @property
    def sentences(self) -> tuple[str, ...]:
        return (self.question, self.answer, *self.steps, *self.notes)

    @property
    def terms(self) -> list[tuple[int, Fact]]:
        """The facts that have a last day, with their place among the facts."""
        return [(place, fact) for place, fact in enumerate(self.facts) if fact.is_term]

    def as_table(self) -> dict[str, Any]:
        """As it is stored and shipped; `entry_text` reads it back."""
        return asdict(self)


def entry_text(table: Mapping[str, Any]) -> EntryText:
    """The entry a table of TOML or JSON describes. ValueError where it has another shape."""
    try:
        lists = {name: tuple(_lines(table.get(name, ()))) for name in LISTS}
        facts = tuple(Fact(**fact) for fact in table.get("facts", ()))
        bases = tuple(Cited(**cited) for cited in table.get("bases", ()))
    except TypeError as error:
        raise ValueError(str(error)) from error
    return EntryText(
        question=_one_line(table.get("question", "")),
        answer=str(table.get("answer", "")).strip(),
        link=_one_line(table.get("link", "")),
        facts=facts,
        bases=bases,
        **lists,
    )


def flaws(text: EntryText) -> Iterator[tuple[Flaw, str]]:
    """What keeps a text from being reviewed, each with what it concerns.

    An entry that leads to an address needs no answer of its own, and then no document either.
    """
    if not text.question:
        yield Flaw.QUESTION, ""
    if not text.answer and not text.link:
        yield Flaw.ANSWER, ""
    if not text.bases and not text.link:
        yield Flaw.BASES, ""
    known = {cited.basis for cited in text.bases}
    for fact in text.facts:
        if not fact.says or not fact.number or fact.bound not in BOUNDS:
            yield Flaw.FACT, fact.says or fact.number
        if fact.basis not in known:
            yield Flaw.FACT_BASIS, fact.says
    marks = [cited.mark for cited in text.bases] + [fact.mark for fact in text.facts]
    yield from ((Flaw.SHAPE, mark) for mark in dict.fromkeys(marks) if mark not in MARKS)


def stray_numbers(text: EntryText, symbols: Sequence[str] = ()) -> list[str]:
    """Numbers in the words of an entry that none of its facts states, in order.

    Symbols of the documents it rests on, such as 42-HD/BTCTW, are no numbers of the entry.
    """
    stated = {number for fact in text.facts for number in _numbers(fact.number)}
    stated |= {number for fact in text.facts for number in _numbers(fact.says)}
    found: list[str] = []
    for sentence in text.sentences:
        for symbol in sorted(symbols, key=len, reverse=True):
            sentence = sentence.replace(symbol, " ")
        found += [n for n in _numbers(sentence) if n not in stated and n not in found]
    return found


def slug_of(folded: str) -> str:
    """A code for an entry from its folded question: `mien-sinh-hoat`."""
    return SEGMENT.sub("-", folded).strip("-")[:60].strip("-")


def _numbers(text: str) -> list[str]:
    return NUMBER.findall(text)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        raise TypeError("a list of lines is expected")
    return (line for each in value if (line := _one_line(each)))


def _one_line(value: Any) -> str:
    return " ".join(str(value).split())
