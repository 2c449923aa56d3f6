"""Official wording of papers, from `presets/wording.toml`: `section.name`, its gaps filled."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

WORDING = Path(__file__).resolve().parents[1] / "presets" / "wording.toml"


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(WORDING.read_text(encoding="utf-8"))


def worded(key: str, **values: object) -> str:
    section, name = key.split(".")
    sentence: str = _told()[section][name]
    return sentence.format(**values) if values else sentence
