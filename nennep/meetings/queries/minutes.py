"""The minutes as they are printed: put together from what was recorded, with the names of that day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

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
from nennep.meetings.queries.additions import AddedBlocks
from nennep.meetings.queries.answering import last_lines_of
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.queries.marks import ShownMark, marks, roll_call_of
from nennep.meetings.queries.page import agenda_items, papers
from nennep.meetings.rules import MeetingRules, Step
from nennep.meetings.rules.steps import steps_of
from nennep.members.choices import RollStatus
from nennep.members.queries import GroupsOfDays
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Placement, Term
from nennep.regulations.queries import RuleBook
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
    added: AddedBlocks

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
    """As `minutes_of` tells it of several."""
    return minutes_of([meeting])[0]


def minutes_of(meetings: Sequence[Meeting]) -> list[Minutes]:
    """Of several meetings of one cell, in their order: some twenty queries, however many they are."""
    found = _found(meetings)
    around = _around(found)
    return [_minutes(meeting, around) for meeting in found]


@dataclass(frozen=True)
class _Around:
    """What is read once for all meetings that are told together."""

    book: RuleBook
    placements: Mapping[int, list[Placement]]
    committees: Mapping[int, list[Term]]
    attendance: Mapping[int, list[Attendance]]
    last_lines: Mapping[int, list[ResolutionItem]]
    added: AddedBlocks
    groups: GroupsOfDays


def _found(meetings: Sequence[Meeting]) -> list[Meeting]:
    """The meetings again, with all that was recorded of them."""
    rows = Meeting.objects.select_related("unit", "roll_call", "closed_by").prefetch_related(
        "guests",
        "addenda",
        Prefetch("group_parts", GroupPart.objects.select_related("party_group")),
        Prefetch("votes", Vote.objects.select_related("item")),
        Prefetch("items", agenda_items()),
        Prefetch("resolutions", papers()),
    )
    known = rows.in_bulk([meeting.pk for meeting in meetings])
    return [known[meeting.pk] for meeting in meetings]


def _around(meetings: Sequence[Meeting]) -> _Around:
    units = {meeting.unit_id for meeting in meetings}
    attendance: dict[int, list[Attendance]] = defaultdict(list)
    rows = Attendance.objects.filter(meeting__in=meetings).select_related("member")
    for row in rows.order_by("member__sort_key", "id"):
        attendance[row.meeting_id].append(row)
    committees: dict[int, list[Term]] = defaultdict(list)
    terms = Term.objects.filter(body__unit__in=units, body__kind=BodyKind.CELL_COMMITTEE)
    for term in terms.select_related("body"):
        committees[term.body.unit_id].append(term)
    return _Around(
        RuleBook.load(),
        _placements(units),
        committees,
        attendance,
        last_lines_of(meetings),
        AddedBlocks(meetings),
        GroupsOfDays({meeting.unit_id for meeting in meetings if meeting.group_parts.all()}),
    )


def _placements(units: Collection[int]) -> dict[int, list[Placement]]:
    """Those of the cells, and of whatever stood above them at some time."""
    found: dict[int, list[Placement]] = defaultdict(list)
    above = Placement.objects.filter(unit__in=units, parent__isnull=False).values("parent")
    for place in Placement.objects.filter(Q(unit__in=units) | Q(unit__in=above)):
        found[place.unit_id].append(place)
    return found


def _minutes(meeting: Meeting, around: _Around) -> Minutes:
    day = day_of(meeting)
    place = _place_on(around, meeting.unit_id, day)
    rule = around.book.in_force(MeetingRules, place.path if place else meeting.unit.path, day)
    attendance = around.attendance.get(meeting.pk, [])
    parts = list(meeting.group_parts.all())
    return Minutes(
        meeting=meeting,
        issuer=_issuer(meeting, place, around),
        day=day,
        rules=rule,
        roll_call=roll_call_of(meeting),
        attendance=attendance,
        guests=list(meeting.guests.all()),
        parts=parts,
        steps=steps_of(meeting.kind, rule.values) or (),
        items=list(meeting.items.all()),
        votes=list(meeting.votes.all()),
        papers=list(meeting.resolutions.all()),
        last_lines=around.last_lines[meeting.pk],
        addenda=list(meeting.addenda.all()),
        marks=marks(meeting, rule),
        part_counts=_part_counts(meeting, attendance, around.groups) if parts else {},
        has_committee=any(
            term.starts_on <= day and (term.ends_on is None or term.ends_on >= day)
            for term in around.committees.get(meeting.unit_id, ())
        ),
        added=around.added,
    )


def _place_on(around: _Around, unit_id: int, day: date) -> Placement | None:
    return next(
        (
            place
            for place in around.placements.get(unit_id, ())
            if place.valid_from <= day and (place.valid_to is None or place.valid_to >= day)
        ),
        None,
    )


def _issuer(meeting: Meeting, place: Placement | None, around: _Around) -> Issuer:
    if place is None:
        return Issuer(meeting.unit.name, "")
    above = None
    if place.parent_id is not None:
        above = _place_on(around, place.parent_id, day_of(meeting))
    return Issuer(place.name, above.name if above else "")


def _part_counts(
    meeting: Meeting, rows: Iterable[Attendance], groups: GroupsOfDays
) -> dict[int, tuple[int, int]]:
    """By the party group that each member belonged to on the day."""
    day = day_of(meeting)
    counted: dict[int, tuple[int, int]] = {}
    for row in rows:
        group = groups.group_of(row.member_id, meeting.unit_id, day)
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
