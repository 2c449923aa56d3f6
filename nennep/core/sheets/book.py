"""A file of tables, of whatever kind: its sheets, and the rows of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from nennep.core.sheets import markup, refusals
from nennep.core.sheets.cells import Merge, Row, SheetName
from nennep.core.sheets.delimited import Delimited
from nennep.core.sheets.limits import MIB, UPLOAD, Limits, Meter
from nennep.core.sheets.package import OLD, ZIP, Package, target_of
from nennep.core.sheets.rows import Lookup, read_merges, read_rows
from nennep.core.sheets.styles import read_styles
from nennep.core.sheets.texts import read_texts

MOST_SHEETS = 500
ROOT = "_rels/.rels"


class Book(Protocol):
    """What can be asked of a file of tables. Rows are read anew each time they are asked for."""

    @property
    def sheets(self) -> list[SheetName]: ...
    def rows(self, sheet: SheetName) -> Iterator[Row]: ...
    def merges(self, sheet: SheetName) -> list[Merge]: ...


def open_book(file: BinaryIO, limits: Limits = UPLOAD) -> Book:
    """By what the file begins with, whatever it is called. Refuses what is no table, in words."""
    meter = Meter(limits)
    if file.seek(0, 2) > limits.file_bytes:
        raise refusals.too_large(limits.file_bytes // MIB)
    file.seek(0)
    begins = file.read(len(OLD))
    file.seek(0)
    if begins.startswith(ZIP):
        return Workbook(Package(file, meter), meter)
    if begins == OLD:
        raise refusals.old_or_locked()
    return Delimited(file, meter)


def checksum(file: BinaryIO) -> str:
    """SHA-256 of the whole file, which is then read from its beginning again."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(MIB):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class Workbook:
    """An .xlsx. Texts and styles are read when the first rows are asked for."""

    def __init__(self, package: Package, meter: Meter) -> None:
        self.package, self._meter = package, meter
        self._part = self._workbook_part()
        self._is_since_1904 = False
        self._related = self._relations(self._part)
        self.sheets = self._sheets()
        self._lookup: Lookup | None = None

    def rows(self, sheet: SheetName) -> Iterator[Row]:
        most = self._meter.limits.rows
        for count, row in enumerate(
            read_rows(self.package.chunks(sheet.part), self.lookup, self._meter), 1
        ):
            if count > most:
                raise refusals.too_many_rows(most)
            yield row

    def merges(self, sheet: SheetName) -> list[Merge]:
        return read_merges(self.package.chunks(sheet.part))

    @property
    def lookup(self) -> Lookup:
        """What the cells of all sheets refer to."""
        if self._lookup is None:
            self._lookup = self._read_lookup()
        return self._lookup

    def _workbook_part(self) -> str:
        if ROOT not in self.package:
            raise refusals.no_spreadsheet()
        for kind, target in self._relations("").values():
            if kind == "officeDocument" and "xl/" in f"/{target}" and target in self.package:
                return target
        raise refusals.no_spreadsheet()

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """By id: what kind of part it is, and its name."""
        folder, _slash, name = part.rpartition("/")
        where = f"{folder}/_rels/{name}.rels" if part else ROOT
        if where not in self.package:
            return {}
        found: dict[str, tuple[str, str]] = {}

        def start(_tag: str, said: dict[str, str]) -> None:
            if "Target" in said and said.get("TargetMode") != "External":
                kind = said.get("Type", "").rpartition("/")[2]
                found[said.get("Id", "")] = kind, target_of(part, said["Target"])

        markup.read_whole(self.package.chunks(where), start)
        return found

    def _sheets(self) -> list[SheetName]:
        sheets: list[SheetName] = []
        names = markup.LocalNames()

        def start(tag: str, said: dict[str, str]) -> None:
            if names[tag] == "workbookPr":
                self._is_since_1904 = said.get("date1904") in {"1", "true"}
            elif names[tag] == "sheet":
                relation = next((v for n, v in said.items() if n.endswith(":id")), "")
                kind, part = self._related.get(relation, ("", ""))
                if kind == "worksheet" and part in self.package and len(sheets) < MOST_SHEETS:
                    is_hidden = said.get("state", "visible") != "visible"
                    sheets.append(SheetName(said.get("name", ""), is_hidden, part))

        markup.read_whole(self.package.chunks(self._part), start)
        if not sheets:
            raise refusals.no_table()
        return sheets

    def _read_lookup(self) -> Lookup:
        parts = dict(self._related.values())
        texts, styles = parts.get("sharedStrings", ""), parts.get("styles", "")
        return Lookup(
            read_texts(self.package.chunks(texts), self._meter) if texts in self.package else (),
            read_styles(self.package.chunks(styles)) if styles in self.package else (),
            self._is_since_1904,
        )
