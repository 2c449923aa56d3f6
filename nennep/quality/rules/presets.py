"""Example sheets that ship: off until an administrator puts a copy of one in force."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "presets" / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """What one place uses, as far as its source tells. `basis` is the code of the document."""

    code: str
    name: str
    basis: str
    clause: str
    mark: str
    note: str
    sheet_regular: Mapping[str, Any]
    year: Mapping[str, Any] | None = None


@cache
def examples() -> dict[str, Example]:
    """By code, in the order of their names."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {example.code: example for example in found}


def _read(path: Path) -> Example:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Example(**table["example"], sheet_regular=table["sheet_regular"], year=table.get("year"))


@cache
def _wording() -> dict[str, dict[str, str]]:
    path = FOLDER.parent / "wording.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def worded(key: str, **values: object) -> str:
    """A sentence of the papers from `wording.toml`: `section.name`, its gaps filled."""
    section, name = key.split(".")
    sentence = _wording()[section][name]
    return sentence.format(**values) if values else sentence
