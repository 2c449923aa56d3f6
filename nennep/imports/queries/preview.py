"""The verdicts on a table as they are shown: a page of rows with what their cells say."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nennep.core.sheets.cells import Row, Value
from nennep.core.sheets.kept import unpack
from nennep.core.text import vn_date
from nennep.imports.choices import Verdict
from nennep.imports.models import Import
from nennep.imports.rules import Judged, Problem

LEVEL = 6
TONES = {
    Verdict.NEW: "good", Verdict.CHANGED: "info", Verdict.SAME: "neutral",
    Verdict.DUPLICATE: "warn", Verdict.ERROR: "bad", Verdict.OUTSIDE: "warn",
}  # fmt: skip


def pack_verdicts(rows: Iterable[Judged]) -> bytes:
    """Without the plans: what is taken in is judged anew at that moment."""
    packer = zlib.compressobj(LEVEL)
    parts = [packer.compress(_line(judged)) for judged in rows]
    return b"".join([*parts, packer.flush()])


def unpack_verdicts(content: bytes, verdict: str = "") -> list[bytes]:
    """The lines of all rows, or of those with one verdict, in the order of the table."""
    if not content:
        return []
    lines = zlib.decompress(content).splitlines()
    if verdict:
        begins = f'["{verdict}",'.encode()
        return [line for line in lines if line.startswith(begins)]
    return lines


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the page: its cells as they were written, the verdict, what is to be seen to."""

    row: int
    verdict: Verdict
    label: str
    note: str
    problems: list[Problem]
    cells: list[tuple[str, str]]
    is_hidden: bool

    @property
    def tone(self) -> str:
        return TONES[self.verdict]

    @property
    def word(self) -> str:
        return str(self.verdict.label)


def shown_rows(taken: Import, lines: Sequence[bytes], columns: Mapping[int, str]) -> list[ShownRow]:
    """`columns` are those to be shown, with their titles."""
    judged = [_judged(line) for line in lines]
    wanted = {row.row for row in judged}
    rows = {row.number: row for row in unpack(bytes(taken.table)).rows(wanted)}
    return [_shown(row, rows.get(row.row), columns) for row in judged]


def problems_of(taken: Import, most: int) -> list[Problem]:
    """The first cells that are to be corrected."""
    found: list[Problem] = []
    for line in unpack_verdicts(bytes(taken.verdicts), Verdict.ERROR):
        found.extend(_judged(line).problems)
        if len(found) >= most:
            break
    return found[:most]


def judged_lines(taken: Import) -> list[Judged]:
    """Every verdict as it was kept, without what the table says in its cells."""
    return [_judged(line) for line in unpack_verdicts(bytes(taken.verdicts))]


def samples_of(taken: Import, most: int) -> Iterator[Row]:
    """The first rows of the table, for the page that asks what its columns mean."""
    for count, row in enumerate(unpack(bytes(taken.table)).rows()):
        if count == most:
            return
        yield row


def as_text(value: Value) -> str:
    """A cell as people write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    return vn_date(value) if isinstance(value, date) else str(value)


def _line(judged: Judged) -> bytes:
    problems = [[p.row, p.column, p.title, p.said, p.question] for p in judged.problems]
    content = [judged.verdict, judged.row, judged.label, judged.note, problems]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _judged(line: bytes) -> Judged:
    verdict, row, label, note, problems = json.loads(line)
    return Judged(row, Verdict(verdict), label, note, tuple(Problem(*p) for p in problems))


def _shown(judged: Judged, row: Row | None, columns: Mapping[int, str]) -> ShownRow:
    return ShownRow(
        row=judged.row,
        verdict=judged.verdict,
        label=judged.label,
        note=judged.note,
        problems=list(judged.problems),
        cells=[
            (title, as_text(row.at(column)) if row else "") for column, title in columns.items()
        ],
        is_hidden=row.is_hidden if row else False,
    )
