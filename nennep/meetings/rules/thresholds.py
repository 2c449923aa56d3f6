"""The rules a meeting is judged by, as they stand for a cell on a day.

None means that no rule was in force ("không có quy định"): then nothing is judged.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Self

from nennep.regulations.rules import flag, rows, share, whole, word


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


class StepBlock(StrEnum):
    """The part of a meeting a step belongs to."""

    PREPARE = "prepare"  # before the meeting; thematic meetings only
    OPENING = "opening"
    CONDUCT = "conduct"
    CLOSE = "close"


class Compulsory(StrEnum):
    """Whether a meeting without the step is incomplete."""

    ALWAYS = "always"
    IF_ANY = "if_any"
    NO = "no"


CODE = re.compile(r"[a-z_]+\.[a-z_]+")
STEP_COLUMNS = ("code", "title", "block", "compulsory", "proven_by")
PROOFS = (
    "", "agenda", "chair", "conclusions", "dues", "guests", "minute_taker", "minutes_read", "papers",
    "roll_call", "score", "speakers", "tasks", "times", "votes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a meeting's set order; `proven_by` names the fact that shows it was done."""

    code: str
    title: str
    block: StepBlock
    compulsory: Compulsory
    proven_by: str = ""
    compulsory_mark: str = ""  # "D" where it is our reading that the step is compulsory or not

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """A stored line. Raises ValueError or KeyError where it is not one."""
        proof, title = row.get("proven_by", ""), str(row["title"]).strip()
        if proof not in PROOFS or not title or not CODE.fullmatch(row["code"]):
            raise ValueError(row)
        return cls(
            code=row["code"],
            title=title,
            block=StepBlock(row["block"]),
            compulsory=Compulsory(row.get("compulsory", "no")),
            proven_by=proof,
            compulsory_mark=row.get("compulsory_mark", ""),
        )

    @property
    def is_compulsory(self) -> bool:
        """Asked of every meeting."""
        return self.compulsory is Compulsory.ALWAYS

    @property
    def is_conditional(self) -> bool:
        """Asked only where the agenda has it ("nghị quyết nếu có")."""
        return self.compulsory is Compulsory.IF_ANY


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """What the rules in force say about cell meetings, at one place on one day."""

    prefix: ClassVar[str] = "meetings"

    regular_per_month: int | None = whole(
        _("Regular meetings a month"), 1, 4, _("%(number)s meetings")
    )
    committee_per_month: int | None = whole(
        _("Meetings of the cell committee a month"), 1, 4, _("%(number)s meetings")
    )
    thematic_per_quarter: int | None = whole(
        _("Thematic meetings a quarter"), 1, 12, _("%(number)s meetings")
    )
    due_day: int | None = whole(
        _("Day of the month of the regular meeting"), 1, 28, _("day %(number)s")
    )
    grace_days: int | None = whole(
        _("Last day of the month that is still in time"), 1, 28, _("day %(number)s")
    )
    minimum_minutes: int | None = whole(
        _("Least length of a regular meeting"), 15, 480, _("%(number)s minutes")
    )
    combined_minutes: int | None = whole(
        _("Least length of a regular meeting combined with a thematic one"),
        15,
        480,
        _("%(number)s minutes"),
    )
    small_cell_minutes: int | None = whole(
        _("Least length of a meeting of a very small cell"), 15, 480, _("%(number)s minutes")
    )
    small_cell_members: int | None = whole(
        _("A cell is very small up to this many members"), 1, 100, _("%(number)s members")
    )
    attendance_share: Fraction | None = share(_("Share of members present that is asked"))  # noqa: RUF009 -- returns field()
    attendance_bound: str | None = word(_("Side of the share of members present"), "≥", ">")
    no_unexcused: bool | None = flag(_("Nobody absent without a reason"))
    max_excused_running: int | None = whole(
        _("Absences with a reason one after another that are accepted"),
        1,
        12,
        _("%(number)s times"),
    )
    papers_days_before: int | None = whole(
        _("Papers sent at least this long before the meeting"), 0, 30, _("%(number)s days")
    )
    finished_days_after: int | None = whole(
        _("Finished papers out at most this long after the meeting"), 0, 60, _("%(number)s days")
    )
    majority: Fraction | None = share(_("A resolution needs more than this share"))  # noqa: RUF009 -- returns field()
    qualified_majority: Fraction | None = share(  # noqa: RUF009 -- returns field()
        _("Admission, recognition, removal and expulsion need at least this share")
    )
    minimum_official_members: int | None = whole(
        _("Official members a cell needs to decide"), 1, 30, _("%(number)s members")
    )
    minimum_for_committee: int | None = whole(
        _("A cell has a cell committee from this many members"), 1, 100, _("%(number)s members")
    )
    minimum_for_groups: int | None = whole(
        _("A cell is divided into party groups from this many members"),
        1,
        500,
        _("%(number)s members"),
    )
    alert_months: int | None = whole(
        _("Months without meetings or dues after which removal is considered"),
        1,
        12,
        _("%(number)s months"),
    )
    dues_line: bool | None = flag(_("The state of dues is a step of the meeting"))
    scoring: bool | None = flag(_("The meeting is scored and classed at its end"))
    congress_deducts_excused: bool | None = flag(
        _("At a congress, who is absent with a reason is deducted from the base of a vote")
    )
    congress_is_regular: bool | None = flag(
        _("A congress or year-end self-review stands for the month's regular meeting")
    )
    online_allowed: bool | None = flag(_("Meetings may be held online"))
    signing_line: str | None = word(
        _("Authority line above a cell's signature"), "T/M CHI BỘ", "T/M CHI ỦY"
    )
    steps_regular: tuple[Step, ...] | None = rows(
        _("Steps of a regular meeting"), Step.read, *STEP_COLUMNS, measure=_("%(number)s steps")
    )
    steps_thematic: tuple[Step, ...] | None = rows(
        _("Steps of a thematic meeting"), Step.read, *STEP_COLUMNS, measure=_("%(number)s steps")
    )
