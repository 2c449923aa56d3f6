"""The handbook as it ships: a tree of branches, and a file of entries for each."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nennep.library.rules.handbook import EntryText, entry_text

FOLDER = Path(__file__).parents[1] / "presets" / "handbook"
TREE = "branches.toml"


@dataclass(frozen=True, slots=True)
class ShippedBranch:
    """A branch and the one above it; their order is that of the file."""

    code: str
    title: str
    parent: str


@dataclass(frozen=True, slots=True)
class ShippedEntry:
    """An entry as it ships. `digest` says whether its text changed since another version."""

    code: str
    branch: str
    position: int
    text: EntryText
    places: tuple[str, ...]
    digest: str


@cache
def shipped_branches() -> tuple[ShippedBranch, ...]:
    """The branches, those above before those below them."""
    rows = _table(FOLDER / TREE)["branch"]
    return tuple(ShippedBranch(r["code"], r["title"], r.get("parent", "")) for r in rows)


@cache
def shipped_entries() -> tuple[ShippedEntry, ...]:
    """Every shipped entry, branch by branch."""
    files = {table["branch"]: table for table in map(_table, _files())}
    return tuple(
        shipped_entry(row, branch.code, position)
        for branch in shipped_branches()
        for position, row in enumerate(files.get(branch.code, {}).get("entry", ()))
    )


def shipped_entry(row: Mapping[str, Any], branch: str, position: int) -> ShippedEntry:
    """An entry from its table. ValueError where the table has another shape."""
    text = entry_text(row)
    return ShippedEntry(
        str(row["code"]), branch, position, text, tuple(row.get("places", ())), digest_of(text)
    )


def digest_of(text: EntryText) -> str:
    written = json.dumps(text.as_table(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _files() -> list[Path]:
    return [path for path in sorted(FOLDER.glob("*.toml")) if path.name != TREE]


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
