"""The shipped vocabulary of reports, compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nennep.statements.rules.plain import pattern

PRESET = Path(__file__).parents[1] / "presets" / "reading.toml"

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class FigureRule:
    """The words around a number that make it a figure of `code`."""

    code: str
    measure: str
    of: str
    confidence: float
    together: str
    after: Pattern | None
    before: Pattern | None
    needs: Pattern | None
    refuses: Pattern | None
    refuses_before: Pattern | None


@dataclass(frozen=True)
class TrendRule:
    code: str
    measure: str
    of: str
    confidence: float
    up: Pattern
    down: Pattern


@dataclass(frozen=True)
class Vocabulary:
    figures: tuple[FigureRule, ...]
    trends: tuple[TrendRule, ...]
    statements: tuple[tuple[str, Pattern], ...]
    post: Pattern
    said: Pattern
    ignored_before: Pattern
    ignored_after: Pattern


@cache
def vocabulary() -> Vocabulary:
    table = tomllib.loads(PRESET.read_text(encoding="utf-8"))
    return Vocabulary(
        figures=tuple(map(_figure, table["figure"])),
        trends=tuple(map(_trend, table["trend"])),
        statements=tuple((row["kind"], pattern(row["when"])) for row in table["statement"]),
        post=pattern(table["speakers"]["post"]),
        said=pattern(table["speakers"]["said"]),
        ignored_before=pattern(table["ignored"]["before"]),
        ignored_after=pattern(table["ignored"]["after"]),
    )


def _figure(row: dict[str, Any]) -> FigureRule:
    return FigureRule(
        code=row["code"],
        measure=row["measure"],
        of=row.get("of", row["measure"]),
        confidence=row["confidence"],
        together=row.get("together", ""),
        after=_optional(row, "after"),
        before=_optional(row, "before"),
        needs=_optional(row, "with"),
        refuses=_optional(row, "without"),
        refuses_before=_optional(row, "without_before"),
    )


def _trend(row: dict[str, Any]) -> TrendRule:
    up, down = pattern(row["up"]), pattern(row["down"])
    return TrendRule(row["code"], row["measure"], row["of"], row["confidence"], up, down)


def _optional(row: dict[str, Any], key: str) -> Pattern | None:
    return pattern(row[key]) if key in row else None
