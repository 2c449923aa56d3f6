"""Figures of forty cells, typed row by row from their papers.

Written by hand, not as form classes: forty rows have six hundred fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TypeVar

from django.utils.translation import gettext as _

from nennep.core import written
from nennep.core.periods import quarter_months
from nennep.core.text import tidy
from nennep.core.written import Unclear
from nennep.meetings.choices import LedgerKind, MeetingKind
from nennep.meetings.forms.fields import moment
from nennep.meetings.forms.opening import FiguresForm
from nennep.meetings.queries.returns import KnownMeeting
from nennep.meetings.rules.figures import RollFigures
from nennep.meetings.rules.returns import STRENGTH, PaperReason, PaperReturn, roll_counts
from nennep.members.queries.strength import Strength

COUNTS = ("present", "excused", "unexcused")
TEXTS = ("day", "start", "end", *COUNTS, "reason", "topic", "speakers", "papers", "finished")
TICKS = ("held", "theme", "steps")
MOMENTS = ("day", "start", "end")
LONGEST_REASON = 500
LONGEST_TOPIC = 300
NOON = time(12)
DAY_ALONE = re.compile(r"\d{1,2}")
DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
DIGITS_OF_TIME = re.compile(r"(\d{1,2}?)(\d{2})?")
Read = TypeVar("Read")


@dataclass
class ReturnLine:
    """One cell of the page: what is recorded, what was typed, what is wrong with it, by field."""

    unit_id: int
    code: str
    name: str
    strength: Strength
    known: KnownMeeting | None = None
    known_reason: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return roll_counts(self.strength)

    @property
    def is_open(self) -> bool:
        """Whether figures can be typed: nothing of this meeting is recorded yet."""
        return self.known is None

    @property
    def is_unlike_roll(self) -> bool:
        """Whether the strength typed is another than that of the roll, or is at fault."""
        return any(
            name in self.errors or self.typed.get(name, "") not in {"", str(count)}
            for name, count in self.counts.items()
        )

    @property
    def has_more(self) -> bool:
        """Whether the fold beside the row holds something typed."""
        folded = ("reason", "topic", "speakers", "papers", "finished")
        return self.is_unlike_roll or any(self.typed.get(name) for name in folded)

    def no(self, name: str, sentence: str) -> None:
        self.errors.setdefault(name, sentence)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about, and what holds for all rows that do not say otherwise."""

    kind: LedgerKind
    month: date
    usual: Mapping[str, str] = field(default_factory=dict)


def type_in(line: ReturnLine, data: Mapping[str, str]) -> None:
    for name in (*TEXTS, *STRENGTH):
        line.typed[name] = tidy(data.get(f"{name}-{line.unit_id}", ""))
    for name in TICKS:
        line.typed[name] = "on" if f"{name}-{line.unit_id}" in data else ""


def usual_of(data: Mapping[str, str]) -> dict[str, str]:
    return {name: tidy(data.get(f"all-{name}", "")) for name in MOMENTS}


def entries_of(lines: Iterable[ReturnLine], asked: Asked) -> list[PaperReturn | PaperReason]:
    """What the rows say; a row with a fault says nothing, and has its sentence beside the field."""
    found = (_entry(line, asked) for line in lines if line.is_open)
    return [entry for entry in found if entry is not None]


def _entry(line: ReturnLine, asked: Asked) -> PaperReturn | PaperReason | None:
    typed = line.typed
    says_held = any(typed.get(name) for name in ("held", "day", "start", "end", *COUNTS, "theme"))
    if not says_held:
        return _reason(line, asked) if typed.get("reason") else None
    if typed.get("reason"):
        line.no("reason", _("Held and not held at once. Leave the reason or the figures empty."))
    read = _Reader(line, asked)
    day = read.day("day")
    started, ended = moment(day, read.time("start")), moment(day, read.time("end"))
    figures = read.figures()
    papers, finished = read.day("papers", is_asked=False), read.day("finished", is_asked=False)
    if line.errors or started is None or ended is None or figures is None:
        return None
    return PaperReturn(
        unit_id=line.unit_id,
        kind=_kind(line, asked),
        period=asked.month,
        started_at=started,
        ended_at=ended,
        figures=figures,
        topic=typed.get("topic", "")[:LONGEST_TOPIC],
        are_steps_done=bool(typed.get("steps")),
        papers_sent_at=moment(papers, NOON),
        finished_sent_at=moment(finished, NOON),
        note=line.unit_id,
    )


def _kind(line: ReturnLine, asked: Asked) -> str:
    if asked.kind == LedgerKind.REGULAR and line.typed.get("theme"):
        return MeetingKind.COMBINED
    return MeetingKind(asked.kind.value)


def _reason(line: ReturnLine, asked: Asked) -> PaperReason:
    period = quarter_months(asked.month)[-1] if asked.kind == LedgerKind.THEMATIC else asked.month
    return PaperReason(
        unit_id=line.unit_id,
        kind=asked.kind.value,
        period=period,
        reason=line.typed["reason"][:LONGEST_REASON],
        note=line.unit_id,
    )


class _Reader:
    """The fields of one row; what is unclear is a sentence beside its field."""

    def __init__(self, line: ReturnLine, asked: Asked) -> None:
        self._line, self._asked = line, asked

    def day(self, name: str, *, is_asked: bool = True) -> date | None:
        """The day alone is one of the month; of two months the whole day is written."""
        text = self._text(name)
        if not text:
            if is_asked:
                self._line.no(name, _("Write the day."))
            return None
        return self._clear(name, read_day(text, self._asked.month), text)

    def time(self, name: str) -> time | None:
        text = self._text(name)
        if not text:
            self._line.no(name, _("Write the time."))
            return None
        return self._clear(name, read_time(text), text)

    def figures(self) -> RollFigures | None:
        """Without a number of those present, everybody came who is not counted as absent."""
        strength = {name: self._count(name, count) for name, count in self._line.counts.items()}
        excused, unexcused = self._count("excused", 0), self._count("unexcused", 0)
        required = (
            strength["official"] + strength["probationary"] + strength["here"]
            - strength["exempt"] - strength["away"] - strength["suspended"]
        )  # fmt: skip
        present = self._count("present", required - excused - unexcused)
        if self._line.errors:
            return None
        speakers = self._count("speakers", 0)
        return RollFigures(
            **strength, present=present, excused=excused, unexcused=unexcused, speakers=speakers
        )

    def _text(self, name: str) -> str:
        return self._line.typed.get(name, "") or self._asked.usual.get(name, "")

    def _count(self, name: str, usual: int) -> int:
        text = self._line.typed.get(name, "")
        if not text:
            return usual
        return self._clear(name, written.read_count(text), text) or 0

    def _clear(self, name: str, read: Read | Unclear, text: str) -> Read | None:
        if isinstance(read, Unclear):
            self._line.no(name, written.words_for(read, text))
            return None
        return read


def read_day(text: str, month: date) -> date | Unclear | None:
    """3, 3-6 and 3-6-2024 in June 2024."""
    if DAY_ALONE.fullmatch(text):
        text = f"{text}-{month.month}-{month.year}"
    elif found := DAY_AND_MONTH.fullmatch(text):
        text = f"{found[1]}-{found[2]}-{month.year}"
    return written.read_day(text)


def read_time(text: str) -> time | Unclear | None:
    """19:30, 19h30, 1930 and 19."""
    if found := DIGITS_OF_TIME.fullmatch(text):
        text = f"{found[1]}:{found[2] or '00'}"
    return written.read_time(text)


def strength_labels() -> list[tuple[str, str]]:
    """As the page of a unit that keeps figures only calls them."""
    fields = FiguresForm.base_fields
    return [(name, str(fields[name].label)) for name in STRENGTH]


def faults_of(lines: Sequence[ReturnLine]) -> int:
    return sum(1 for line in lines if line.errors)
