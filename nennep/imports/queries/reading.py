"""One row after another, cell by cell: typed values, and a problem where a cell is unclear."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.utils.translation import gettext as _

from nennep.core import clock, legacy, written
from nennep.core.sheets.cells import Row, Value
from nennep.core.sheets.columns import Shape
from nennep.core.sheets.heads import Heading
from nennep.core.written import Unclear
from nennep.imports.rules import Answers, Problem
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SAMPLE = 200
LAST_WESTERN_SIGN = "\u00ff"
SHOWN_AT_MOST = 60
# What a person may answer once for a whole file.
QUESTIONS = frozenset({Unclear.YEAR_FIRST, Unclear.SHORT_YEAR, Unclear.THOUSANDS})
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a table goes: to an organisation, or to one meeting of it."""

    unit: Unit
    meeting: Meeting | None = None


class Source(Protocol):
    """A table whose rows can be read, again from the first each time."""

    @property
    def headings(self) -> tuple[Heading, ...]: ...
    @property
    def head_row(self) -> int: ...
    def rows(self) -> Iterator[Row]: ...


class Cells:
    """The cells of the row that is read now, by the keys of their columns.

    One object reads a whole table: `begin` turns to the next row and forgets the problems.
    """

    def __init__(
        self,
        places: Mapping[str, int],
        shape: Shape,
        answers: Answers,
        sample: Sequence[Row] = (),
        passed_over: Collection[int] = (),
    ) -> None:
        self.places, self.answers = places, answers
        self.passed_over = passed_over
        self.today = clock.today()
        self._last_year = self.today.year if answers.are_years_short else None
        self._first = min(places.values(), default=0)
        self._titles = {key: column.title for key, column in shape.by_key.items()}
        self._written = {
            key: legacy.mostly(v for row in sample if isinstance(v := row.at(column), str))
            for key, column in places.items()
        }
        self.row = Row(0, ())
        self.problems: list[Problem] = []

    def begin(self, row: Row) -> None:
        self.row = row
        self.problems = []

    def title_of(self, key: str) -> str:
        return self._titles.get(key, key)

    def has(self, key: str) -> bool:
        """Whether the table has this column."""
        return key in self.places

    def is_unnumbered(self) -> bool:
        """Whether the columns that are passed over (the number of the row, notes) say nothing."""
        return all(self.row.at(column) in (None, "") for column in self.passed_over)

    def is_formula(self, *keys: str) -> bool:
        """Whether one of these cells was worked out by the spreadsheet; as read, it is empty."""
        return any(self.places[key] in self.row.formulas for key in keys if key in self.places)

    def is_empty(self, *keys: str) -> bool:
        """Whether none of these cells says anything."""
        return all(self._value(key) in (None, "") for key in keys)

    def text(self, key: str, longest: int = 200) -> str:
        value = self._value(key)
        if value is None or value == "":
            return ""
        read = written.read_text(value)
        if isinstance(read, Unclear):
            self.unclear(key, read, value)
            return ""
        if isinstance(value, str) and not read.isascii():
            read = self._in_unicode(key, value, read)
        if len(read) > longest:
            self.no(key, _("The text is longer than %(most)s characters.") % {"most": longest})
            return ""
        return read

    def day(self, key: str) -> date | None:
        """A day that may be to come: which century a short year means, no answer for the file says."""
        read = written.read_day(self._value(key), is_year_first=self.answers.is_year_first)
        if read is Unclear.SHORT_YEAR:
            said = _("“%(text)s”: write the year with four digits.")
            self.no(key, said % {"text": str(self._value(key))[:SHOWN_AT_MOST]})
            return None
        return self._clear(key, read)

    def past_day(self, key: str) -> date | None:
        """A day that cannot be to come."""
        is_year_first, last_year = self.answers.is_year_first, self._last_year
        read = written.read_day(self._value(key), is_year_first=is_year_first, last_year=last_year)
        return self._clear(key, read)

    def birth(self, key: str) -> tuple[date | None, int | None]:
        is_year_first, last_year = self.answers.is_year_first, self._last_year
        read = written.read_birth(
            self._value(key), is_year_first=is_year_first, last_year=last_year
        )
        return self._clear(key, read) or (None, None)

    def yes(self, key: str) -> bool | None:
        return self._clear(key, written.read_yes(self._value(key)))

    def count(self, key: str) -> int | None:
        read = written.read_count(self._value(key), are_thousands=self.answers.are_thousands)
        return self._clear(key, read)

    def time(self, key: str) -> time | None:
        return self._clear(key, written.read_time(self._value(key)))

    def choice(
        self, key: str, choose: Callable[[str], str | None], allowed: Iterable[StrOrPromise]
    ) -> str:
        """One of a list; what is none of them is a problem that names them."""
        text = self.text(key)
        if not text:
            return ""
        chosen = choose(text)
        if chosen is None:
            said = _("“%(text)s” is not known here. Write one of: %(allowed)s.")
            listed = ", ".join(f"“{word}”" for word in allowed)
            self.no(key, said % {"text": text[:SHOWN_AT_MOST], "allowed": listed})
        return chosen or ""

    def unclear(self, key: str, unclear: Unclear, value: Value) -> None:
        question = unclear.value if unclear in QUESTIONS else ""
        self.no(key, written.words_for(unclear, value), question)

    def no(self, key: str, said: str, question: str = "") -> None:
        """The cell cannot be taken. A column the table lacks is pointed at by its row alone."""
        column = self.places.get(key, self._first)
        problem = Problem(self.row.number, column, self.title_of(key), said, question)
        self.problems.append(problem)

    def _value(self, key: str) -> Value:
        column = self.places.get(key)
        if column is None:
            return None
        if self.row.formulas and column in self.row.formulas:
            self._no_formula(key)
            return None
        return self.row.at(column)

    def _no_formula(self, key: str) -> None:
        said = _(
            "This cell is a formula. Copy the column and paste it as values (Paste Special), then"
            " choose the file again."
        )
        if not any(p.column == self.places[key] for p in self.problems):
            self.no(key, said)

    def _clear(self, key: str, read: Read | Unclear) -> Read | None:
        if isinstance(read, Unclear):
            self.unclear(key, read, self._value(key))
            return None
        return read

    def _in_unicode(self, key: str, value: str, read: str) -> str:
        """Converted where a person asked for it; a problem where nobody did."""
        kind = legacy.written_in(read) or self._as_its_neighbours(key, read)
        if kind is None:
            return read
        changed = " ".join(legacy.convert(value, kind).split())
        if kind in self.answers.converts:
            return changed
        said = _(
            "“%(text)s” is written with an old font (%(kind)s); it would read “%(changed)s”. Say that"
            " this file is to be converted."
        )
        # Read on as if it were converted, so that one cell is one problem.
        shown = {"text": read[:SHOWN_AT_MOST], "changed": changed[:SHOWN_AT_MOST]}
        self.no(key, said % {**shown, "kind": kind.label}, kind.value)
        return changed

    def _as_its_neighbours(self, key: str, read: str) -> legacy.Legacy | None:
        kind = self._written[key]
        if kind is None or max(read) > LAST_WESTERN_SIGN:
            return None
        return kind if legacy.becomes_vietnamese(read, kind) else None


def left_out(headings: Sequence[Heading]) -> list[str]:
    """The titles of columns that are not read: barred ones and those that were not recognised."""
    return [h.title for h in headings if h.barred or h.is_unknown]
