"""The minutes as they are printed: put together from what was recorded, with the names of that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nennep.meetings.choices import Presence
from nennep.meetings.models import (
    Addendum,
    AgendaItem,
    Attendance,
    GroupPart,
    Guest,
    Meeting,
    Resolution,
    ResolutionItem,
    RollCall,
    Vote,
)
from nennep.meetings.queries.agenda import agenda_steps, last_lines
from nennep.meetings.queries.in_force import day_of, has_committee, placement_of, rules_of
from nennep.meetings.queries.marks import ShownMark, marks, roll_call_of
from nennep.meetings.queries.page import find, items_of, papers_of
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.rules import MeetingRules, Step
from nennep.members.choices import RollStatus
from nennep.organisation.models import Placement
from nennep.regulations.rules import InForce


@dataclass(frozen=True)
class Issuer:
    """Whose paper it is, under the names of the day."""

    name: str
    superior: str


@dataclass(frozen=True)
class Minutes:
    """Everything of one meeting, as of now; after closing it does not change any more.

    `part_counts`: how many of how many members of a party group came, where it met by itself.
    """

    meeting: Meeting
    issuer: Issuer
    day: date
    rules: InForce[MeetingRules]
    roll_call: RollCall | None
    attendance: list[Attendance]
    guests: list[Guest]
    parts: list[GroupPart]
    steps: tuple[Step, ...]
    items: list[AgendaItem]
    votes: list[Vote]
    papers: list[Resolution]
    last_lines: list[ResolutionItem]
    addenda: list[Addendum]
    marks: list[ShownMark]
    part_counts: dict[int, tuple[int, int]]
    has_committee: bool

    @property
    def excused(self) -> list[Attendance]:
        return self._with(Presence.EXCUSED)

    @property
    def unexcused(self) -> list[Attendance]:
        return self._with(Presence.UNEXCUSED)

    @property
    def late(self) -> list[Attendance]:
        return [row for row in self.attendance if row.came_late]

    @property
    def left_early(self) -> list[Attendance]:
        return [row for row in self.attendance if row.left_early]

    @property
    def speakers(self) -> list[Attendance]:
        return [row for row in self.attendance if row.spoke]

    @property
    def exempt_came(self) -> list[Attendance]:
        return [row for row in self.attendance if row.status == RollStatus.EXEMPT]

    @property
    def skipped(self) -> list[Step]:
        return [step for step in self.steps if step.code in self.meeting.skipped_steps]

    def _with(self, presence: str) -> list[Attendance]:
        return [row for row in self.attendance if row.presence == presence]


def minutes(meeting: Meeting) -> Minutes:
    """In at most eighteen queries, whatever was recorded; five more where party groups met apart."""
    meeting = find(meeting)
    place = placement_of(meeting)
    rule = rules_of(meeting, place) if place else rules_of(meeting)
    attendance = list(
        Attendance.objects.filter(meeting=meeting)
        .select_related("member")
        .order_by("member__sort_key", "id")
    )
    parts = list(meeting.group_parts.select_related("party_group"))
    return Minutes(
        meeting=meeting,
        issuer=issuer(meeting, place),
        day=day_of(meeting),
        rules=rule,
        roll_call=roll_call_of(meeting),
        attendance=attendance,
        guests=list(meeting.guests.all()),
        parts=parts,
        steps=agenda_steps(meeting),
        items=items_of(meeting),
        votes=list(meeting.votes.select_related("item")),
        papers=papers_of(meeting),
        last_lines=last_lines(meeting),
        addenda=list(meeting.addenda.all()),
        marks=marks(meeting, rule),
        part_counts=_part_counts(meeting, attendance) if parts else {},
        has_committee=has_committee(meeting.unit, day_of(meeting)),
    )


def _part_counts(meeting: Meeting, rows: Iterable[Attendance]) -> dict[int, tuple[int, int]]:
    """By the party group that each member belonged to on the day."""
    group_of = {entry.member_id: entry.party_group_id for entry in roll_of(meeting)}
    counted: dict[int, tuple[int, int]] = {}
    for row in rows:
        group = group_of.get(row.member_id)
        if group is not None and row.status != RollStatus.EXEMPT:
            present, required = counted.get(group, (0, 0))
            counted[group] = (present + (row.presence == Presence.PRESENT), required + 1)
    return counted


def issuer(meeting: Meeting, place: Placement | None) -> Issuer:
    """The cell and its superior as they were called on the day."""
    if place is None:
        return Issuer(meeting.unit.name, "")
    above = None
    if place.parent_id is not None:
        above = Placement.objects.on(day_of(meeting)).filter(unit_id=place.parent_id).first()
    return Issuer(place.name, above.name if above else "")


def names(rows: Iterable[Attendance]) -> list[str]:
    return [row.member.full_name for row in rows]
