"""The words of the papers, as data (`presets/wording.toml`)."""

import tomllib
from functools import cache
from pathlib import Path

WORDING = Path(__file__).resolve().parents[1] / "presets" / "wording.toml"
Words = dict[str, str]


@cache
def wording(part: str) -> Words:
    told: Words = tomllib.loads(WORDING.read_text(encoding="utf-8"))[part]
    return told
