"""A table put aside until a person has said what to do with it: packed, without barred columns."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from nennep.core.sheets.cells import Fault, Row, Value
from nennep.core.sheets.heads import Heading
from nennep.core.sheets.tables import Table

# Longer than any field that is filled from a table; what is longer is refused by the field.
LONGEST_KEPT = 1_000
LEVEL = 6


@dataclass(frozen=True)
class KeptTable:
    """What a person has uploaded, as it can be shown and mapped again."""

    headings: tuple[Heading, ...]
    first_row: int
    lines: bytes

    @property
    def head_row(self) -> int:
        return self.first_row - 1

    @property
    def count(self) -> int:
        return self.lines.count(b"\n")

    def rows(self, wanted: Collection[int] = ()) -> Iterator[Row]:
        """All rows, or those with these numbers alone, without understanding the others."""
        for line in self.lines.splitlines():
            if wanted and int(line[1 : line.index(b",")]) not in wanted:
                continue
            number, is_hidden, formulas, values = json.loads(line)
            yield Row(number, [_unpacked(value) for value in values], formulas, bool(is_hidden))


def pack(table: Table) -> bytes:
    head = [[h.column, h.title, h.key, h.barred, h.is_passed_over] for h in table.headings]
    packer = zlib.compressobj(LEVEL)
    parts = [packer.compress(_line([table.head.last + 1, head]))]
    parts.extend(
        packer.compress(
            _line([row.number, +row.is_hidden, list(row.formulas), list(map(_packed, row.values))])
        )
        for row in table.rows()
    )
    return b"".join([*parts, packer.flush()])


def unpack(content: bytes) -> KeptTable:
    head, _end, lines = zlib.decompress(content).partition(b"\n")
    first_row, headings = json.loads(head)
    return KeptTable(tuple(Heading(*heading) for heading in headings), first_row, lines)


def _line(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _packed(value: Value) -> Value | dict[str, str]:
    if isinstance(value, Fault):
        return {"f": str(value)}
    if isinstance(value, str):
        return value[:LONGEST_KEPT]
    if isinstance(value, datetime):
        return {"m": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time):
        return {"t": value.isoformat()}
    return value


_KINDS: dict[str, Callable[[str], Value]] = {
    "f": Fault,
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "t": time.fromisoformat,
}


def _unpacked(value: Value | dict[str, str]) -> Value:
    if not isinstance(value, dict):
        return value
    kind, text = next(iter(value.items()))
    return _KINDS[kind](text)
