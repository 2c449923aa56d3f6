"""The roll call as a list of names, each with what was called out.

Written by hand, not as a form class: a cell of a hundred has four controls for each name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nennep.meetings.choices import Presence
from nennep.meetings.models import Attendance
from nennep.meetings.rules.attendance import Absence, RollSheet
from nennep.members.queries import RollEntry

PRESENT = Presence.PRESENT.value


@dataclass(frozen=True, slots=True)
class RollLine:
    """One name on the page and what stands beside it."""

    member_id: int
    name: str
    note: str
    is_exempt: bool
    presence: str = PRESENT
    reason: str = ""
    late: bool = False
    early: bool = False
    came: bool = False
    group: str = ""

    @property
    def presence_label(self) -> str:
        return str(Presence(self.presence).label)


def lines_of(
    roll: Sequence[RollEntry], rows: Iterable[Attendance], notes: Mapping[int, str]
) -> list[RollLine]:
    """What was recorded; everybody present where nothing was yet."""
    known = {row.member_id: row for row in rows}
    return [_line(entry, known.get(entry.member_id), notes) for entry in _asked(roll)]


def typed_lines(
    roll: Sequence[RollEntry], sheet: RollSheet, notes: Mapping[int, str]
) -> list[RollLine]:
    """What was typed and not yet taken."""
    return [
        RollLine(
            entry.member_id,
            entry.name,
            notes.get(entry.member_id, ""),
            entry.is_exempt,
            presence=str(sheet.absences[entry.member_id].presence)
            if entry.member_id in sheet.absences
            else PRESENT,
            reason=sheet.absences[entry.member_id].reason
            if entry.member_id in sheet.absences
            else "",
            late=entry.member_id in sheet.late,
            early=entry.member_id in sheet.left_early,
            came=entry.member_id in sheet.exempt_came,
        )
        for entry in _asked(roll)
    ]


def by_group(
    lines: Sequence[RollLine], roll: Sequence[RollEntry], groups: Mapping[int, str]
) -> list[RollLine]:
    """Group by group where the cell has party groups: each may meet by itself and calls its own."""
    if not groups:
        return list(lines)
    of = {entry.member_id: groups.get(entry.party_group_id or 0, "") for entry in roll}
    named = [replace(line, group=of[line.member_id]) for line in lines]
    return sorted(named, key=lambda line: (line.group == "", line.group))


def read_roll(data: Mapping[str, str], roll: Sequence[RollEntry]) -> RollSheet:
    """Only who is on the roll is read: a name sent from elsewhere says nothing."""
    required = [entry.member_id for entry in roll if entry.is_required]
    absences = {
        member_id: Absence(presence, data.get(f"reason-{member_id}", ""))
        for member_id in required
        if (presence := data.get(f"presence-{member_id}", PRESENT)) != PRESENT
    }
    came = frozenset(
        entry.member_id for entry in roll if entry.is_exempt and f"came-{entry.member_id}" in data
    )
    there = [m for m in required if m not in absences] + sorted(came)
    return RollSheet(
        absences,
        frozenset(m for m in there if f"late-{m}" in data),
        frozenset(m for m in there if f"early-{m}" in data),
        came,
    )


def is_untouched(sheet: RollSheet) -> bool:
    return not (sheet.absences or sheet.late or sheet.left_early or sheet.exempt_came)


def _asked(roll: Sequence[RollEntry]) -> list[RollEntry]:
    return [entry for entry in roll if entry.is_required or entry.status == "exempt"]


def _line(entry: RollEntry, row: Attendance | None, notes: Mapping[int, str]) -> RollLine:
    note = notes.get(entry.member_id, "")
    if row is None:
        return RollLine(entry.member_id, entry.name, note, entry.is_exempt)
    return RollLine(
        entry.member_id,
        entry.name,
        note,
        entry.is_exempt,
        presence=row.presence,
        reason=row.reason,
        late=row.came_late,
        early=row.left_early,
        came=entry.is_exempt,
    )
