"""What the columns of a kind of table are called, and which may never be read.

The words of the domain are data of the app that reads (`presets/*.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from nennep.core.text import fold

IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
NO_WORD = re.compile(r"[^0-9a-z]+")
IDENTITY_NUMBER = re.compile(r"\D*(?:\d[ .]?){9}(?:(?:\d[ .]?){3})?\D*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read. `title` heads it in the template; `hint` says how to fill it in."""

    key: str
    title: str
    hint: str
    example: str
    width: int
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Barred:
    """A column that is named and left out, and what it holds."""

    what: str
    words: re.Pattern[str]


@dataclass(frozen=True)
class Shape:
    """A kind of table: its columns in the template's order, and what never belongs into it.

    A row of headings is recognised when it has all the columns of one of `anchors`. `halves` are the
    two columns that stand under one heading where its text is written in two parts. `note` is what
    to know before using the template.
    """

    columns: tuple[Column, ...]
    barred: tuple[Barred, ...]
    passed_over: re.Pattern[str]
    anchors: tuple[frozenset[str], ...]
    note: str = ""
    halves: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    def key_of(self, title: str) -> str:
        """Which column a heading means; nothing where it is none of them."""
        return next(
            (
                column.key
                for words in _readings(title)
                for column in self.columns
                if column.words.fullmatch(words)
            ),
            "",
        )

    def bar_on(self, title: str) -> str:
        """What a column so named holds that may not be read; nothing where it is harmless."""
        return next(
            (bar.what for words in _readings(title) for bar in self.barred
             if bar.words.search(f" {words} ")),
            "",
        )  # fmt: skip

    def is_passed_over(self, title: str) -> bool:
        """A number of the row, a note: left out without a word."""
        return any(self.passed_over.fullmatch(words) for words in _readings(title))

    def is_anchored(self, keys: set[str]) -> bool:
        return any(anchor <= keys for anchor in self.anchors)


@lru_cache(maxsize=8)
def load_shape(path: Path) -> Shape:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    return Shape(
        columns=tuple(
            Column(
                key=entry["key"],
                title=entry["title"],
                hint=entry.get("hint", ""),
                example=entry.get("example", ""),
                width=entry.get("width", 14),
                words=_any_of([NO_WORD.sub(" ", fold(entry["title"])).strip(), *entry["words"]]),
            )
            for entry in written["columns"]
        ),
        barred=tuple(
            Barred(entry["what"], re.compile(f" (?:{'|'.join(entry['words'])}) "))
            for entry in _barred_in(written, path)
        ),
        passed_over=_any_of(written.get("passed_over", [])),
        anchors=tuple(frozenset(keys) for keys in written["anchors"]),
        note=written.get("note", ""),
        halves={key: (first, last) for key, (first, last) in written.get("halves", {}).items()},
    )


def _barred_in(written: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    """The list itself, or the file beside this one whose list holds here as well."""
    barred = written.get("barred", [])
    if isinstance(barred, str):
        barred = tomllib.loads((path.parent / barred).read_text(encoding="utf-8"))["barred"]
    return list(barred)


def looks_like_identity_number(text: str) -> bool:
    """Nine or twelve digits: what identity cards carry."""
    return IDENTITY_NUMBER.fullmatch(text) is not None


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words) or r"(?!)")


@lru_cache(maxsize=4096)
def _readings(title: str) -> tuple[str, ...]:
    """The words of a heading, folded; also without what stands in brackets."""
    whole = NO_WORD.sub(" ", fold(title)).strip()
    bare = NO_WORD.sub(" ", fold(IN_BRACKETS.sub(" ", title))).strip()
    return (whole,) if bare == whole or not bare else (whole, bare)
