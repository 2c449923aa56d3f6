"""Roll call as “everyone present except …”: rows and counts from the roll, and what contradicts itself.

Strength is everybody official or probationary on the roll; required to attend are those of them
who are neither exempt, away nor suspended, and those temporarily here. Late arrivals are present.
An exempt member who came is recorded and counts in neither.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, Protocol

from nennep.meetings.choices import Presence
from nennep.members.choices import RollStatus

# Compared by identity of text in loops over many rows: plain strings are faster than enum members.
PRESENT, EXCUSED = Presence.PRESENT.value, Presence.EXCUSED.value
EXEMPT = RollStatus.EXEMPT.value


class OnRoll(Protocol):
    """How somebody stands towards the cell on one day (`members.queries.RollEntry`)."""

    @property
    def member_id(self) -> int: ...
    @property
    def status(self) -> RollStatus: ...
    @property
    def is_official(self) -> bool: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def may_vote(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Absence:
    """Why somebody who was expected did not come; nothing about health, only the plain reason."""

    presence: str = EXCUSED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RollSheet:
    """What was called out: the exceptions to “everyone present”, by member id."""

    absences: Mapping[int, Absence] = field(default_factory=dict)
    late: frozenset[int] = frozenset()
    left_early: frozenset[int] = frozenset()
    exempt_came: frozenset[int] = frozenset()


class Contradiction(StrEnum):
    """What no roll call can say."""

    NOT_ON_ROLL = "not_on_roll"
    NOT_EXPECTED = "not_expected"
    PRESENT_AND_ABSENT = "present_and_absent"
    NOT_EXEMPT = "not_exempt"


def contradiction(roll: Sequence[OnRoll], sheet: RollSheet) -> tuple[Contradiction, int] | None:
    """The first thing on the sheet that cannot be, with the member it is about."""
    known = {entry.member_id: entry for entry in roll}
    named = [*sheet.absences, *sheet.late, *sheet.left_early, *sheet.exempt_came]
    for member_id in named:
        if member_id not in known:
            return Contradiction.NOT_ON_ROLL, member_id
    return next(_conflicts(known, sheet), None)


def _conflicts(
    known: Mapping[int, OnRoll], sheet: RollSheet
) -> Iterator[tuple[Contradiction, int]]:
    for member_id in sheet.exempt_came:
        if known[member_id].status != EXEMPT:
            yield Contradiction.NOT_EXEMPT, member_id
    for member_id in sheet.absences:
        if not known[member_id].is_required:
            yield Contradiction.NOT_EXPECTED, member_id
    for member_id in sheet.late | sheet.left_early:
        if member_id in sheet.absences:
            yield Contradiction.PRESENT_AND_ABSENT, member_id
        elif not known[member_id].is_required and member_id not in sheet.exempt_came:
            yield Contradiction.NOT_EXPECTED, member_id


class AttendanceRow(NamedTuple):
    """One member at one meeting, in the order in which history is loaded."""

    member_id: int
    status: str
    presence: str
    may_vote: bool
    came_late: bool
    left_early: bool
    spoke: bool
    reason: str


def attendance_rows(
    roll: Iterable[OnRoll], sheet: RollSheet, spoke: Collection[int] = ()
) -> list[AttendanceRow]:
    """A row for everybody expected, absentees included, and for exempt members who came."""
    return [
        _row(entry, sheet, spoke)
        for entry in roll
        if entry.is_required or entry.member_id in sheet.exempt_came
    ]


def _row(entry: OnRoll, sheet: RollSheet, spoke: Collection[int]) -> AttendanceRow:
    member_id = entry.member_id
    absence = sheet.absences.get(member_id)
    return AttendanceRow(
        member_id,
        str(entry.status),
        str(absence.presence) if absence else PRESENT,
        entry.may_vote,
        member_id in sheet.late,
        member_id in sheet.left_early,
        absence is None and member_id in spoke,
        absence.reason if absence else "",
    )


class StrengthCounts(NamedTuple):
    """The cell on the day of the meeting, as the roll had it; the last three are of voters."""

    official: int
    probationary: int
    exempt: int = 0
    away: int = 0
    suspended: int = 0
    here: int = 0
    voters_away: int = 0
    voters_suspended: int = 0
    voters_exempt_absent: int = 0


def strength_counts(roll: Sequence[OnRoll], exempt_came: Collection[int] = ()) -> StrengthCounts:
    own = [entry for entry in roll if entry.status != RollStatus.HERE]
    voters = [entry for entry in own if entry.is_official]
    return StrengthCounts(
        official=len(voters),
        probationary=len(own) - len(voters),
        exempt=_standing(own, RollStatus.EXEMPT),
        away=_standing(own, RollStatus.AWAY),
        suspended=_standing(own, RollStatus.SUSPENDED),
        here=len(roll) - len(own),
        voters_away=_standing(voters, RollStatus.AWAY),
        voters_suspended=_standing(voters, RollStatus.SUSPENDED),
        voters_exempt_absent=sum(
            1 for e in voters if e.status == EXEMPT and e.member_id not in exempt_came
        ),
    )


def _standing(entries: Iterable[OnRoll], status: RollStatus) -> int:
    return sum(1 for entry in entries if entry.status == status)


def falls_short(
    present: int,
    required: int,
    unexcused: int,
    *,
    share: Fraction | None,
    bound: str | None,
    no_unexcused: bool | None,
) -> bool:
    """Whether a roll call misses the criterion on attendance; never where no rule sets one."""
    if share is None or not required:
        return False
    attained = Fraction(present, required)
    is_reached = attained > share if bound == ">" else attained >= share
    return not is_reached or bool(no_unexcused and unexcused)


class PresenceCounts(NamedTuple):
    """Who came, as counts; `required` is the sum of the next three."""

    required: int
    present: int
    excused: int
    unexcused: int
    exempt_present: int
    speakers: int
    voters_excused: int = 0


def presence_counts(rows: Sequence[Sequence[object]]) -> PresenceCounts:
    """Counted from attendance rows in the order of `AttendanceRow`."""
    presences = [row[2] for row in rows]
    exempt = [row[1] for row in rows].count(EXEMPT)
    present = presences.count(PRESENT) - exempt
    excused = presences.count(EXCUSED)
    required = len(rows) - exempt
    speakers = [row[6] for row in rows].count(True)
    voters_excused = sum(1 for row in rows if row[2] == EXCUSED and row[3]) if excused else 0
    return PresenceCounts(
        required, present, excused, required - present - excused, exempt, speakers, voters_excused
    )
