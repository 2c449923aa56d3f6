"""The words of the papers, as data (`presets/wording.toml`)."""

import tomllib
from functools import cache
from pathlib import Path

WORDING = Path(__file__).parents[1] / "presets" / "wording.toml"


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDING.read_text(encoding="utf-8"))


def worded(key: str, **values: object) -> str:
    part, _dot, name = key.partition(".")
    return _table()[part][name].format(**values)
