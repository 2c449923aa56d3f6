"""What the product ships with: bases and rule sets, as TOML files of the apps."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_folders: list[Path] = []


@dataclass(frozen=True, slots=True)
class PresetValue:
    """One rule of a shipped set."""

    key: str
    value: Any
    mark: str
    basis: str
    valid_from: date
    valid_to: date | None
    clause: str
    note: str


@dataclass(frozen=True, slots=True)
class PresetSet:
    """The rules of one guidance or scheme, shipped together."""

    code: str
    name: str
    values: tuple[PresetValue, ...]


def register_presets(folder: Path) -> None:
    """Read rule sets (files with a `[rule_set]` table) from this folder as well."""
    if folder not in _folders:
        _folders.append(folder)
        _tables.cache_clear()
        preset_sets.cache_clear()


@cache
def preset_sets() -> tuple[PresetSet, ...]:
    """Every shipped rule set, oldest first."""
    sets = [_read_set(table) for table in _tables() if "rule_set" in table]
    return tuple(sorted(sets, key=lambda s: min(v.valid_from for v in s.values)))


def preset_bases() -> list[dict[str, Any]]:
    """Every shipped basis, as columns of `Basis`."""
    return [row for table in _tables() for row in table.get("basis", []) if "code" in row]


def set_names() -> dict[str, str]:
    """The names of the rule sets, by code."""
    return {preset.code: preset.name for preset in preset_sets()}


@cache
def _tables() -> tuple[dict[str, Any], ...]:
    files = [file for folder in _folders for file in sorted(folder.glob("*.toml"))]
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in files)


def _read_set(table: dict[str, Any]) -> PresetSet:
    head = table["rule_set"]
    values = tuple(
        PresetValue(
            key=row["key"],
            value=row["value"],
            mark=row["mark"],
            basis=row.get("basis", head["basis"]),
            valid_from=row.get("valid_from", head["valid_from"]),
            valid_to=row.get("valid_to", head.get("valid_to")),
            clause=row.get("clause", ""),
            note=row.get("note", ""),
        )
        for row in table["value"]
    )
    return PresetSet(head["code"], head["name"], values)
