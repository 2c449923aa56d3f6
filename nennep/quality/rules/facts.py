"""The facts a score sheet may rest on: what each is, and which side of it is better.

A fact is None where nobody recorded it, or where it does not apply: then it decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


class FactKind(StrEnum):
    """How a fact is written."""

    SHARE = "share"
    COUNT = "count"
    MINUTES = "minutes"
    DAYS = "days"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Fact:
    """`parts` are the two recorded numbers a share is made of. `step`: where it is put right."""

    code: str
    label: str
    kind: FactKind
    more_is_better: bool = True
    parts: tuple[str, str] | None = None
    step: str = ""


SHARE, COUNT, MINUTES, DAYS, FLAG = (
    FactKind.SHARE, FactKind.COUNT, FactKind.MINUTES, FactKind.DAYS, FactKind.FLAG,
)  # fmt: skip

# `step` names the page of the meeting on which the fact can still be put right before closing.
FACTS: dict[str, Fact] = {
    fact.code: fact
    for fact in (
        Fact("minutes_short", _("Minutes short of the least length"), MINUTES, more_is_better=False),
        Fact("length", _("Length against the least length"), SHARE, parts=("minutes", "minimum")),
        Fact("in_time", _("Held on the day or in the days of grace"), FLAG),
        Fact("attendance", _("Members present of those required"), SHARE,
             parts=("present", "required")),
        Fact("unexcused", _("Absences without a reason"), COUNT, more_is_better=False),
        Fact("excused_running", _("Members excused more times running than accepted"), COUNT,
             more_is_better=False),
        Fact("committee_met", _("Cell committee met before, with minutes"), FLAG, step="committee"),
        Fact("members_told", _("Members told of the meeting"), FLAG, step="prepare"),
        Fact("superior_told", _("Superior told of the meeting"), FLAG, step="prepare"),
        Fact("papers_days", _("Days between sending the papers and the meeting"), DAYS,
             step="prepare"),
        Fact("papers_sent", _("Papers sent to the members"), FLAG, step="prepare"),
        Fact("steps_missing", _("Compulsory steps left out"), COUNT, more_is_better=False,
             step="conclude"),
        Fact("spoke", _("Members who spoke of those present"), SHARE, parts=("speakers", "present"),
             step="discuss"),
        Fact("minutes_adopted", _("Minutes read and adopted"), FLAG, step="conclude"),
        Fact("concluded", _("A conclusion or a resolution is written"), FLAG, step="conclude"),
        Fact("finished_days", _("Days until the finished papers were out"), DAYS,
             more_is_better=False, step="follow"),
        Fact("tasks_done", _("Tasks of the last resolution that are done"), SHARE,
             parts=("done", "due"), step="conclude"),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """What was recorded of one meeting, as whole numbers and yes or no.

    `finished_days` counts on while the finished papers are not out (`is_finished_open`); minutes
    that are not closed yet count as adopted (`is_adoption_open`): closing asks for it.
    """

    kind: str
    has_thematic: bool = False
    has_preparers: bool = True  # a committee, or a deputy beside the secretary
    minutes: int | None = None
    minimum: int | None = None
    in_time: bool | None = None
    present: int | None = None
    required: int | None = None
    unexcused: int | None = None
    excused_running: int | None = None
    speakers: int | None = None
    committee_met: bool | None = None
    members_told: bool | None = None
    superior_told: bool | None = None
    papers_days: int | None = None
    papers_sent: bool | None = None
    steps_missing: int | None = None
    minutes_adopted: bool | None = None
    is_adoption_open: bool = False
    concluded: bool | None = None
    finished_days: int | None = None
    is_finished_open: bool = False
    done: int | None = None
    due: int | None = None

    @property
    def minutes_short(self) -> int | None:
        """How many minutes the meeting fell short of the least length; 0 where it did not."""
        if self.minutes is None or self.minimum is None:
            return None
        return max(self.minimum - self.minutes, 0)

    def value(self, code: str) -> Fraction | None:
        """A fact as one number: a share as a fraction, yes as 1."""
        parts = FACTS[code].parts
        if parts is None:
            raw = getattr(self, code)
            return None if raw is None else Fraction(int(raw))
        part, whole = (getattr(self, name) for name in parts)
        return None if part is None or not whole else Fraction(part, whole)

    def is_open(self, code: str) -> bool:
        """Whether the fact is still becoming: it may yet be put right, and is presumed to be."""
        if code == "finished_days":
            return self.is_finished_open
        return code == "minutes_adopted" and self.is_adoption_open

    def kept(self) -> dict[str, Any]:
        """As it is stored beside a score: what says nothing is left out."""
        return {
            f.name: value
            for f in fields(self)
            if (value := getattr(self, f.name)) is not None and value != f.default
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What `kept` wrote; names that are no longer known are passed over."""
        known = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})
