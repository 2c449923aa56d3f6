"""A row of the table as what it says of an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.sheets.cells import Row
from nennep.core.text import tidy, vn_date
from nennep.imports.choices import Kind
from nennep.imports.queries.members.cell_names import names_a_cell, names_a_committee
from nennep.imports.queries.members.rows import is_sum, only_text
from nennep.imports.queries.reading import Cells
from nennep.imports.queries.shapes import choice_of
from nennep.imports.rules import Problem
from nennep.organisation.choices import Block, UnitKind
from nennep.organisation.rules import is_code, plain_national_code

LONGEST_NAME = 200
LONGEST_TERM = 40


@dataclass(slots=True)
class UnitRow:
    """`parent` is what the cell says: a code or a name. Empty texts were not said."""

    number: int
    name: str
    code: str = ""
    national_code: str = ""
    kind: str = ""
    block: str = ""
    parent: str = ""
    founded: date | None = None
    has_committee: bool | None = None
    term: str = ""
    term_from: date | None = None
    term_to: date | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def says_of_body(self) -> bool:
        return self.has_committee is not None or self.term_from is not None


def read_rows(cells: Cells, rows: Iterable[Row]) -> Iterator[UnitRow]:
    """Rows that sum up, group others or stand below the table say nothing of an organisation.

    Where no column says what each stands under, a committee numbered I or A heads those numbered 1, 2 …
    """
    head = ""
    for row in rows:
        cells.begin(row)
        name = cells.text("name", LONGEST_NAME)
        is_counted = _is_counted(cells)
        if _is_no_unit(cells, name):
            continue
        if _is_group(cells, name, is_counted=is_counted):
            head = ""
            continue
        unit = _read(cells, row.number, name)
        if not is_counted and names_a_committee(name):
            head = unit.code or unit.name
        elif is_counted and not cells.has("parent"):
            unit.parent = head
        yield unit


def _is_no_unit(cells: Cells, name: str) -> bool:
    is_alone = cells.is_empty("code", "national_code", "kind", "block", "parent", "founded")
    if cells.is_formula("name") and not is_sum(only_text(cells)):
        return False  # told as a fault, never passed over
    return is_alone and (not name or is_sum(name))


def _is_group(cells: Cells, name: str, *, is_counted: bool) -> bool:
    """“II. Khối cơ quan, trường học”: no number of its own, no organisation's name, nothing else said."""
    is_alone = cells.is_empty("code", "national_code", "kind", "block", "parent", "founded")
    is_named = names_a_cell(name) or names_a_committee(name)
    return bool(cells.passed_over) and is_alone and not is_counted and not is_named


def _is_counted(cells: Cells) -> bool:
    """Whether the row has a number of its own: 1, 2 … in the first column that is passed over."""
    value = cells.row.at(min(cells.passed_over)) if cells.passed_over else None
    return str(value if value is not None else "").strip().rstrip(".").isdecimal()


def _read(cells: Cells, number: int, name: str) -> UnitRow:
    if not name and not cells.problems:
        cells.no("name", _("Write the name of the organisation."))
    unit = UnitRow(
        number,
        tidy(name),
        code=_code(cells),
        national_code=_national_code(cells),
        kind=cells.choice(
            "kind", lambda text: choice_of(Kind.UNITS, "kinds", text), UnitKind.labels
        ),
        block=cells.choice(
            "block", lambda text: choice_of(Kind.UNITS, "blocks", text), Block.labels
        ),
        parent=cells.text("parent", LONGEST_NAME),
        founded=_founded(cells),
        has_committee=cells.yes("has_committee"),
    )
    _read_term(cells, unit)
    unit.problems = cells.problems
    return unit


def _code(cells: Cells) -> str:
    code = cells.text("code", 40).upper()
    if code and not is_code(code):
        said = _(
            "“%(code)s” cannot be a code. Use at most 20 capital letters without accents, digits,"
            " hyphens or underscores, or leave the cell empty."
        )
        cells.no("code", said % {"code": code})
        return ""
    return code


def _national_code(cells: Cells) -> str:
    text = cells.text("national_code", 40)
    digits = plain_national_code(text) if text else ""
    if digits is None:
        said = _("“%(text)s” is not a national code. It has 14 digits; keep the zero in front.")
        cells.no("national_code", said % {"text": text})
    return digits or ""


def _founded(cells: Cells) -> date | None:
    day = cells.past_day("founded")
    if day is not None and day > clock.today():
        cells.no("founded", _("%(day)s has not come yet.") % {"day": vn_date(day)})
        return None
    return day


def _read_term(cells: Cells, unit: UnitRow) -> None:
    unit.term = cells.text("term", LONGEST_TERM)
    unit.term_from, unit.term_to = cells.day("term_from"), cells.day("term_to")
    if (unit.term or unit.term_to) and unit.term_from is None:
        cells.no("term_from", _("Write the first day of the term."))
    elif unit.term_from and unit.term_to and unit.term_to < unit.term_from:
        cells.no("term_to", _("The term ends before it begins. Swap the two days."))
    if unit.term_from and not unit.term:
        last = f"–{unit.term_to.year}" if unit.term_to else ""
        unit.term = f"{unit.term_from.year}{last}"
