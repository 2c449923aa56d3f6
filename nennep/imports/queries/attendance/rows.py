"""A row of the list as what it says of somebody at a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nennep.core import written
from nennep.core.sheets.cells import Row
from nennep.core.text import tidy
from nennep.core.written import Unclear
from nennep.imports.choices import Kind
from nennep.imports.queries.members.rows import card_in, is_sum, name_in, only_text
from nennep.imports.queries.reading import Cells
from nennep.imports.queries.shapes import choice_of
from nennep.imports.rules import Problem
from nennep.meetings.actions.roll_call import LONGEST_REASON
from nennep.meetings.choices import Presence

PRESENT, EXCUSED, UNEXCUSED = (
    Presence.PRESENT.value,
    Presence.EXCUSED.value,
    Presence.UNEXCUSED.value,
)
# The file says no more than that somebody was not there.
ABSENT = "absent"
TICKED = (PRESENT, EXCUSED, UNEXCUSED, ABSENT)
FACTS = ("presence", *TICKED, "checked_in", "late", "left_early")
# What a word says besides presence.
MEANT = {"late": PRESENT, "early": PRESENT, "online": PRESENT, "exempt": ""}
WORDS = (gettext_lazy("present"), gettext_lazy("online"), gettext_lazy("came late"), gettext_lazy("left early"),
         gettext_lazy("absent with a reason"), gettext_lazy("absent without a reason"))  # fmt: skip


@dataclass(slots=True)
class CalledRow:
    """What was called out of one name; `presence` is empty where the row says nothing of it."""

    number: int
    name: str
    birth_date: date | None = None
    birth_year: int | None = None
    card: str = ""
    presence: str = ""
    reason: str = ""
    is_late: bool = False
    left_early: bool = False
    is_online: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def said(self) -> tuple[str, str, bool, bool]:
        """Equal for two rows that say the same of somebody."""
        return self.presence, self.reason, self.is_late, self.left_early


def read_rows(cells: Cells, rows: Iterator[Row]) -> Iterator[CalledRow]:
    """Rows that sum up, and those below the table, say nothing of anybody."""
    for row in rows:
        cells.begin(row)
        name = name_in(cells)
        if cells.is_empty(*FACTS) and _is_nobody(cells, name):
            continue
        called = _read(cells, row.number, name)
        called.problems = cells.problems
        yield called


def _is_nobody(cells: Cells, name: str) -> bool:
    if is_sum(only_text(cells)):
        return True
    is_footer = bool(cells.passed_over) and cells.is_unnumbered()
    return (not name or is_footer) and not cells.is_formula("full_name", *FACTS)


def _read(cells: Cells, number: int, name: str) -> CalledRow:
    if not name and not cells.problems:
        cells.no("full_name", _("Write the full name."))
    called = CalledRow(number, name)
    called.birth_date, called.birth_year = cells.birth("birth")
    called.card = card_in(cells)
    called.reason = cells.text("reason", LONGEST_REASON)
    _read_word(cells, called)
    _read_ticks(cells, called)
    _read_rest(cells, called)
    if called.presence != PRESENT:
        called.is_late = called.left_early = False
    if called.presence not in {EXCUSED, UNEXCUSED, ABSENT}:
        called.reason = ""
    return called


def _read_word(cells: Cells, called: CalledRow) -> None:
    for key in ("presence", "way"):
        word = cells.choice(key, _chosen, WORDS)
        called.is_late |= word == "late"
        called.left_early |= word == "early"
        called.is_online |= word == "online"
        if key == "presence":
            called.presence = MEANT.get(word, word)


def _chosen(text: str) -> str | None:
    return choice_of(Kind.ATTENDANCE, "presences", text)


def _read_ticks(cells: Cells, called: CalledRow) -> None:
    """One of several columns is marked; instead of the mark, the reason may stand there."""
    ticked = [key for key in TICKED if _is_ticked(cells, key, called)]
    if len(ticked) > 1 or (ticked and called.presence not in {"", *ticked}):
        said = _("This row marks somebody in two ways. Leave one of the marks.")
        cells.no(ticked[-1], said)
    elif ticked:
        called.presence = ticked[0]


def _is_ticked(cells: Cells, key: str, called: CalledRow) -> bool:
    text = cells.text(key)
    if not text:
        return False
    read = written.read_yes(text)
    if not isinstance(read, Unclear):
        return bool(read)
    if key == PRESENT:
        cells.unclear(key, read, text)
        return False
    called.reason = called.reason or tidy(text)[:LONGEST_REASON]
    return True


def _read_rest(cells: Cells, called: CalledRow) -> None:
    """A time at which somebody checked in, and the marks of who came late or left early."""
    if cells.has("checked_in") and not called.presence:
        called.presence = ABSENT if cells.is_empty("checked_in") else PRESENT
    called.is_late |= bool(cells.yes("late"))
    called.left_early |= bool(cells.yes("left_early"))
    if (called.is_late or called.left_early) and not called.presence:
        called.presence = PRESENT
