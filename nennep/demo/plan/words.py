"""The words of the demonstration, read once from its presets, and its dice."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

PRESETS = Path(__file__).parents[1] / "presets"
STANDS_ON = date(2024, 6, 13)

Word = TypeVar("Word")


def dice(*about: object) -> Random:
    """The chance of one thing: follows from what it is about, not from what was drawn before."""
    return Random("/".join(map(str, about)))  # noqa: S311 -- a demonstration keeps no secret


def one_of(words: Sequence[Word], chance: Random) -> Word:
    """`Random.choice`, several times as fast."""
    return words[int(chance.random() * len(words))]


@cache
def preset(name: str) -> dict[str, Any]:
    return tomllib.loads((PRESETS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def name_parts() -> dict[str, tuple[str, ...]]:
    """Each part as often as its weight, so that one draw is one multiplication."""
    return {
        part: tuple(word for word, weight in words for _ in range(weight))
        for part, words in preset("names").items()
    }


def full_name(sex: str, chance: Random) -> str:
    parts = name_parts()
    return " ".join(
        one_of(parts[part], chance) for part in ("family", f"{sex}_middle", f"{sex}_given")
    )


@cache
def sentences(chapter: str) -> dict[str, Any]:
    found: dict[str, Any] = preset("sentences")[chapter]
    return found


@cache
def block_words(block: str) -> dict[str, tuple[str, ...]]:
    """Titles of items and lines of resolutions for cells of this block."""
    chapter = "armed" if block in {"army", "police"} else block
    return {key: tuple(words) for key, words in sentences("block")[chapter].items()}
