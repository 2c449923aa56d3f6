"""The columns of each kind of table, as their presets name them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from nennep.core.sheets.columns import Shape, load_shape
from nennep.core.text import fold

PRESETS = Path(__file__).parents[1] / "presets"
NO_WORD = re.compile(r"[^0-9a-z]+")


def shape_of(kind: str) -> Shape:
    return load_shape(PRESETS / f"{kind}.toml")


@cache
def words_of(kind: str, part: str) -> dict[str, re.Pattern[str]]:
    """For a column with a choice: by what may be chosen, the words cells say it with."""
    written = tomllib.loads((PRESETS / f"{kind}.toml").read_text(encoding="utf-8"))[part]
    return {choice: re.compile("|".join(words)) for choice, words in written.items()}


@cache
def choice_of(kind: str, part: str, text: str) -> str | None:
    """What a cell chooses: by the code itself or by words that mean it."""
    words = NO_WORD.sub(" ", fold(text)).strip()
    choices = words_of(kind, part)
    if text in choices:
        return text
    return next((choice for choice, said in choices.items() if said.fullmatch(words)), None)
