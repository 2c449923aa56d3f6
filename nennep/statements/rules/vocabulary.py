"""The shipped vocabulary of reports, compiled once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nennep.statements.rules.plain import pattern

PRESET = Path(__file__).parents[1] / "presets" / "reading.toml"

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class FigureRule:
    """The words around a number that make it a figure of `code`.

    In `measure` and `of`, {name} is what the group of that name found, as the text writes it.
    """

    code: str
    measure: str
    of: str
    confidence: float
    together: str
    is_across: bool
    after: Pattern | None
    before: Pattern | None
    needs: Pattern | None
    needs_around: Pattern | None
    needs_in_text: Pattern | None
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
class NoneRule:
    """“không còn chi bộ yếu kém”: a figure of nought that is said without a number."""

    code: str
    measure: str
    of: str
    confidence: float
    words: Pattern


@dataclass(frozen=True)
class Vocabulary:
    # A text of several sentences without one of these words tells nothing of ours.
    about: Pattern
    figures: tuple[FigureRule, ...]
    nothing: tuple[NoneRule, ...]
    trends: tuple[TrendRule, ...]
    statements: tuple[tuple[str, Pattern], ...]
    post: Pattern
    said: Pattern
    ignored_before: Pattern
    ignored_after: Pattern
    # What is aimed at is no figure, unless the sentence says between the two that it was reached.
    aims: Pattern
    # What leads a list of aims, up to its colon; what it was at another time, in brackets.
    aims_lead: Pattern
    aims_heading: Pattern
    earlier: Pattern
    others: Pattern
    # A union, an association or the administration heads the text: nothing in it is ours.
    others_head: Pattern
    # A cell or committee below the one that reports: what it has is not a figure of the whole.
    parts: Pattern
    # Cells or members of one kind, before the number and right behind it.
    group_before: Pattern
    group_after: Pattern
    # “toàn huyện”, “tính chung”: the text comes back to its own organisation.
    whole: Pattern
    # What a rule asks of cells is not what they do.
    norms: Pattern
    # “tỷ lệ này”, “tính chung”: the number is of what the last one was of.
    same: Pattern
    known_days: Mapping[str, date]


@cache
def vocabulary() -> Vocabulary:
    table = tomllib.loads(PRESET.read_text(encoding="utf-8"))
    return Vocabulary(
        about=pattern(table["about"]),
        figures=tuple(_figure(_written_out(row, table["words"])) for row in table["figure"]),
        nothing=tuple(map(_nothing, table["none"])),
        trends=tuple(map(_trend, table["trend"])),
        statements=tuple((row["kind"], pattern(row["when"])) for row in table["statement"]),
        post=pattern(table["speakers"]["post"]),
        said=pattern(table["speakers"]["said"]),
        ignored_before=pattern(table["ignored"]["before"]),
        ignored_after=pattern(table["ignored"]["after"]),
        aims=pattern(table["ignored"]["aims"]),
        aims_lead=pattern(table["ignored"]["aims_lead"]),
        earlier=pattern(table["ignored"]["earlier"]),
        aims_heading=pattern(table["ignored"]["aims_heading"]),
        others=pattern(table["ignored"]["others"]),
        others_head=pattern(table["ignored"]["others_head"]),
        parts=pattern(table["ignored"]["parts"]),
        group_before=pattern(_of_kinds(table["ignored"], "group_before")),
        group_after=pattern(_of_kinds(table["ignored"], "group_after")),
        whole=pattern(table["ignored"]["whole"]),
        norms=pattern(table["ignored"]["norms"]),
        same=pattern(table["same"]["words"]),
        known_days={row["symbol"]: row["date"] for row in table["scheme"]},
    )


def _written_out(row: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """The row with the words that stand for {name} put in their place."""
    for name, meant in words.items():
        row = {
            key: each.replace(f"{{{name}}}", meant) if isinstance(each, str) else each
            for key, each in row.items()
        }
    return row


def _of_kinds(table: dict[str, str], key: str) -> str:
    return table[key].replace("{kinds}", table["kinds"])


def _figure(row: dict[str, Any]) -> FigureRule:
    return FigureRule(
        code=row["code"],
        measure=row["measure"],
        of=row.get("of", row["measure"]),
        confidence=row["confidence"],
        together=row.get("together", ""),
        is_across=row.get("across", False),
        after=_optional(row, "after"),
        before=_optional(row, "before"),
        needs=_optional(row, "with"),
        needs_around=_optional(row, "around"),
        needs_in_text=_optional(row, "text"),
        refuses=_optional(row, "without"),
        refuses_before=_optional(row, "without_before"),
    )


def _trend(row: dict[str, Any]) -> TrendRule:
    up, down = pattern(row["up"]), pattern(row["down"])
    return TrendRule(row["code"], row["measure"], row["of"], row["confidence"], up, down)


def _nothing(row: dict[str, Any]) -> NoneRule:
    return NoneRule(
        row["code"], row["measure"], row["of"], row["confidence"], pattern(row["words"])
    )


def _optional(row: dict[str, Any], key: str) -> Pattern | None:
    return pattern(row[key]) if key in row else None
