"""An office's own form: where its headings stand, what they mean, and a table filled into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.core.sheets import refusals
from nennep.core.sheets.cells import Merge, Row, SheetName
from nennep.core.sheets.columns import Shape, load_shape
from nennep.core.sheets.filling import Filled, Form
from nennep.core.sheets.heads import LOOKED_AT, Head, find_head, is_row_of_column_numbers
from nennep.core.sheets.places import SheetPlaces
from nennep.core.text import fold
from nennep.quality.models import OfficeForm
from nennep.quality.queries.form_lines import Line

PRESETS = Path(__file__).parents[1] / "presets" / "forms"
NAMED_AT_MOST = 5
# What the form says itself where it has a row for each cell.
PRINTED = {"no", "unit", "code"}


@dataclass(frozen=True)
class FoundHead:
    """The sheet of a form whose headings were recognised, and what they were taken for."""

    sheet: SheetName
    head: Head

    @property
    def columns(self) -> dict[int, str]:
        """What each column is filled with, each kind once: under a merged heading in its first."""
        columns: dict[int, str] = {}
        for heading in self.head.headings:
            if heading.key and heading.key not in columns.values():
                columns[heading.column] = heading.key
        return columns


def shape_of_form(kind: str) -> Shape:
    return load_shape(PRESETS / f"{kind}.toml")


def find_form_head(form: Form, kind: str) -> FoundHead:
    """On the first sheet that has such headings. Refused where none has, naming what is looked for."""
    shape = shape_of_form(kind)
    for sheet in form.book.sheets:
        rows = list(islice(form.book.rows(sheet), LOOKED_AT))
        head = find_head(rows, form.book.merges(sheet), shape)
        if head is not None and not sheet.is_hidden:
            return FoundHead(sheet, head)
    titles = ", ".join(f"“{column.title}”" for column in shape.columns[1:10])
    raise Refusal(
        _(
            "No row of headings was recognised. A form of this table has a heading for the name of"
            " the cell and at least one more of: %(titles)s."
        )
        % {"titles": titles},
        code="no_headings",
        field="file",
    )


def path_of_form(digest: str) -> str:
    """Where a form of this content stands in the store."""
    return f"forms/{digest[:2]}/{digest}"


def content_of(form: OfficeForm) -> bytes:
    with default_storage.open(path_of_form(form.sha256)) as kept:
        content: bytes = kept.read()
    return content


def fill_kept(form: OfficeForm, lines: Sequence[Line]) -> bytes:
    columns = {int(column): key for column, key in form.columns.items()}
    return fill_form(content_of(form), form.sheet, form.head_row, columns, lines)


def fill_form(
    content: bytes,
    sheet_name: str,
    head_row: int,
    columns: Mapping[int, str],
    lines: Sequence[Line],
) -> bytes:
    """The form with a line in each row. Refused where it has no room for a line, or no row of its.

    A form that names the cells itself is filled by their names, whatever their order; any other
    from its first empty row on, down to what the form says below.
    """
    form = Form(content)
    sheet = next((each for each in form.book.sheets if each.name == sheet_name), None)
    if sheet is None:
        names = ", ".join(each.name for each in form.book.sheets)
        raise refusals.no_such_sheet(sheet_name, names)
    area = _Area.of(form, sheet, head_row, columns)
    named = area.lines_by_name(lines)
    placed = named or dict(zip(area.free_rows(len(lines)), lines, strict=True))
    cells: dict[tuple[int, int], Filled] = {
        (row, column): line.get(key)
        for row, line in placed.items()
        for column, key in columns.items()
        if not (named and key in PRINTED)
    }
    return form.filled(sheet, cells, like_row=area.first)


@dataclass(frozen=True)
class _Area:
    """The rows of the form below its headings."""

    rows: Mapping[int, Row]
    places: SheetPlaces
    merges: Sequence[Merge]
    columns: Mapping[int, str]
    first: int

    @classmethod
    def of(cls, form: Form, sheet: SheetName, head_row: int, columns: Mapping[int, str]) -> _Area:
        rows = {row.number: row for row in form.book.rows(sheet)}
        first = head_row + 1
        if first in rows and is_row_of_column_numbers(rows[first]):
            first += 1
        return cls(rows, form.places(sheet), form.book.merges(sheet), columns, first)

    @property
    def unit_column(self) -> int:
        return next(column for column, key in self.columns.items() if key == "unit")

    def _names(self) -> dict[str, list[int]]:
        """The rows by what stands in the column of the cell's name, from the top."""
        names: dict[str, list[int]] = defaultdict(list)
        for number, row in sorted(self.rows.items()):
            if number >= self.first and isinstance(text := row.at(self.unit_column), str):
                names[fold(text)].append(number)
        return names

    def lines_by_name(self, lines: Sequence[Line]) -> dict[int, Line]:
        """By the row of each; nothing where the form names no cell of the table.

        A thematic meeting stands in a second row of its cell, else in the note of its cell's line.
        """
        names = self._names()
        if not any(fold(str(line["unit"])) in names for line in lines):
            return {}
        found: dict[int, Line] = {}
        missing: list[str] = []
        for line in sorted(lines, key=lambda line: "of" in line):
            row = self._row_of(line, names)
            if row:
                found[row] = line
            elif not self._note(line, found):
                missing.append(str(line["unit"]))
        if missing:
            told = ", ".join(missing[:NAMED_AT_MOST]) + " …" * (len(missing) > NAMED_AT_MOST)
            raise Refusal(
                _("The form has no row for: %(names)s. Add the rows to the form and keep it anew.")
                % {"names": told},
                code="form_lacks_rows",
                field="file",
            )
        return found

    def _row_of(self, line: Line, names: Mapping[str, list[int]]) -> int:
        """The next row with this name; 0 where there is none left."""
        for name in (line["unit"], line.get("of")):
            if name and (rows := names.get(fold(str(name)))):
                return rows.pop(0)
        return 0

    def _note(self, line: Line, found: dict[int, Line]) -> bool:
        """Whether the line could be told in the note of its cell."""
        if "of" not in line or "note" not in self.columns.values():
            return False
        for row, kept in found.items():
            if kept["unit"] == line["of"]:
                notes = filter(None, (kept["note"], line["told"]))
                found[row] = kept | {"note": "; ".join(map(str, notes))}
                return True
        return False

    def free_rows(self, wanted: int) -> list[int]:
        """So many empty rows from the first on; those the form has prepared, as long as any text follows."""
        last_said = max((number for number in self.rows if number >= self.first), default=0)
        prepared = self._style(self.first)
        found: list[int] = []
        number = self.first
        while len(found) < wanted and self._is_free(number):
            if number < last_said and self._style(number) != prepared:
                break
            found.append(number)
            number += 1
        if len(found) < wanted:
            raise Refusal(
                _(
                    "The form has %(free)s empty rows below its headings, the table has %(rows)s."
                    " Insert rows into the form and keep it anew."
                )
                % {"free": len(found), "rows": wanted},
                code="form_too_short",
                field="file",
            )
        return found

    def _is_free(self, number: int) -> bool:
        """Nothing stands in the row but a number of its own and formulas, and no merge reaches over it."""
        if any(
            m.first_row <= number <= m.last_row and m.first_row < m.last_row for m in self.merges
        ):
            return False
        row = self.rows.get(number)
        if row is None:
            return True
        return all(
            value is None
            or column in row.formulas
            or (self.columns.get(column) == "no" and isinstance(value, int | float))
            for column, value in enumerate(row.values)
        )

    def _style(self, number: int) -> str | None:
        row = self.places.rows.get(number)
        cell = row.cell(self.unit_column) if row else None
        return cell.style if cell else None
