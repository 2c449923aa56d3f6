"""The “clear” questions of a task (5 rõ, 6 rõ): which are asked, and which must be answered."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nennep.tasks.choices import Asked

PRESETS = Path(__file__).parents[1] / "presets"
# Every task says these; they are fields of its own, not answers. An administrator reads and types the
# codes of questions, so they are words of the reader.
CORE = frozenset({"nguoi", "viec", "thoi_gian"})


@dataclass(frozen=True, slots=True)
class ClearQuestion:
    """One of the questions: a stable code, the words, and when it must be answered."""

    code: str
    question: str
    asked: Asked

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ClearQuestion":
        code, question = str(row["code"]).strip(), str(row["question"]).strip()
        if not code.isidentifier() or not question:
            raise ValueError(f"not a question: {row}")
        return cls(code, question, Asked(str(row["asked"]).strip()))

    @property
    def is_core(self) -> bool:
        return self.code in CORE


@dataclass(frozen=True, slots=True)
class ClarityScheme:
    """The questions in force at a place on a day. Without a scheme only the core is asked."""

    questions: tuple[ClearQuestion, ...] = ()

    @property
    def name(self) -> str:
        return f"{len(self.questions)} rõ" if self.questions else ""

    @property
    def others(self) -> tuple[ClearQuestion, ...]:
        """What is asked besides person, task and day."""
        return tuple(each for each in self.questions if not each.is_core)

    def unanswered(
        self, answers: Mapping[str, str], *, is_programme: bool, is_to_units: bool
    ) -> list[ClearQuestion]:
        """The questions that this task must answer and does not."""
        must = {Asked.ALWAYS} | ({Asked.PROGRAMME} if is_programme and is_to_units else set())
        return [q for q in self.others if q.asked in must and not answers.get(q.code, "").strip()]


@dataclass(frozen=True, slots=True)
class ShippedScheme:
    """A scheme that can be put in force for a part of the tree, with where it was found."""

    code: str
    name: str
    basis: str
    clause: str
    mark: str
    rows: tuple[Mapping[str, str], ...]


@cache
def shipped_schemes() -> Sequence[ShippedScheme]:
    table = tomllib.loads((PRESETS / "schemes.toml").read_text(encoding="utf-8"))
    return tuple(
        ShippedScheme(
            row["code"],
            row["name"],
            row["basis"],
            row["clause"],
            row["mark"],
            tuple(row["question"]),
        )
        for row in table["scheme"]
    )
