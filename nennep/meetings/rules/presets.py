"""The shipped tables of this app that are not dated rules: read once, as plain values."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "presets"


@cache
def preset(name: str) -> dict[str, Any]:
    """The whole table; callers treat it as read-only."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def worded(key: str, **values: object) -> str:
    """A sentence of official wording from `wording.toml`: `section.name`, its gaps filled."""
    section, name = key.split(".")
    sentence: str = preset("wording")[section][name]
    return sentence.format(**values) if values else sentence
