"""What the pages of the five steps show of one meeting, each in a handful of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nennep.meetings.choices import MeetingKind, Presence
from nennep.meetings.models import (
    Addendum,
    AgendaItem,
    Attendance,
    ChecklistItem,
    GroupPart,
    Guest,
    Meeting,
    Resolution,
    ResolutionItem,
    RollCall,
    SignedCopy,
    Vote,
)
from nennep.meetings.queries.agenda import agenda_steps, last_lines, open_lines
from nennep.meetings.queries.in_force import day_of, placement_of, rules_of
from nennep.meetings.queries.issuing import obstacle_to, term_of
from nennep.meetings.queries.marks import ShownMark, majority_warning, marks, roll_call_of
from nennep.meetings.queries.progress import Progress, progress
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.rules import MeetingRules, Step
from nennep.meetings.rules.numbering import Obstacle
from nennep.members.queries import RollEntry
from nennep.regulations.rules import InForce


@dataclass(frozen=True)
class MeetingPage:
    """The head of every page of a meeting. `day` is that of holding, or of the plan."""

    meeting: Meeting
    unit_name: str
    day: date
    rules: InForce[MeetingRules]
    progress: Progress
    roll_call: RollCall | None
    marks: list[ShownMark]


def find(meeting: Meeting) -> Meeting:
    """The meeting again, with what every page asks of it in one query."""
    rows = Meeting.objects.select_related("unit", "roll_call", "closed_by")
    return rows.get(pk=meeting.pk)


def meeting_page(meeting: Meeting) -> MeetingPage:
    """At most eight queries."""
    meeting = find(meeting)
    place = placement_of(meeting)
    rule = rules_of(meeting, place) if place else rules_of(meeting)
    return MeetingPage(
        meeting=meeting,
        unit_name=place.name if place else meeting.unit.name,
        day=day_of(meeting),
        rules=rule,
        progress=progress(meeting),
        roll_call=roll_call_of(meeting),
        marks=marks(meeting, rule),
    )


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """A task of the preparation. `is_done` by hand or by the fact that proves it."""

    entry: ChecklistItem
    is_done: bool
    is_proven: bool


@dataclass(frozen=True)
class Preparation:
    """Step 1: agenda, checklist, what is still open, the draft."""

    items: list[AgendaItem]
    checklist: list[ChecklistEntry]
    open_lines: list[ResolutionItem]
    papers: list[Resolution]
    steps: tuple[Step, ...]


def preparation(meeting: Meeting) -> Preparation:
    return Preparation(
        items=items_of(meeting),
        checklist=checklist_of(meeting),
        open_lines=open_lines(meeting),
        papers=papers_of(meeting),
        steps=agenda_steps(meeting),
    )


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """In order, each with its votes and the line it was carried from."""
    rows = meeting.items.select_related("carried_from__who").prefetch_related("votes")
    return list(rows.order_by("position", "id"))


def papers_of(meeting: Meeting) -> list[Resolution]:
    return list(meeting.resolutions.prefetch_related("items__who").order_by("id"))


def checklist_of(meeting: Meeting) -> list[ChecklistEntry]:
    facts = {
        "notice": meeting.invited_at,
        "papers": meeting.papers_sent_at,
        "not_secret": meeting.declared_free_of_secrets_at,
    }
    entries = list(meeting.checklist.select_related("owner").order_by("position"))
    if any(entry.code == "committee_meeting" for entry in entries):
        facts["committee_meeting"] = _committee_met(meeting)
    return [
        ChecklistEntry(
            entry,
            is_done=entry.done_at is not None or facts.get(entry.code) is not None,
            is_proven=facts.get(entry.code) is not None,
        )
        for entry in entries
    ]


def _committee_met(meeting: Meeting) -> datetime | None:
    """When the committee met for this month: its closed minutes are the evidence."""
    met = Meeting.objects.closed().filter(
        unit_id=meeting.unit_id, kind=MeetingKind.CELL_COMMITTEE, period=meeting.period
    )
    return met.values_list("started_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class RollLine:
    """Somebody on the roll of the day, and how the roll call has them if it was taken."""

    member_id: int
    public_id: UUID
    name: str
    status: str
    position: str | None
    is_official: bool
    is_required: bool
    may_vote: bool
    presence: str
    reason: str
    came_late: bool
    left_early: bool
    spoke: bool

    @property
    def is_present(self) -> bool:
        return self.presence == Presence.PRESENT


@dataclass(frozen=True)
class Roll:
    """Step 2: who is called, guests, parts of party groups, a warning where votes cannot pass."""

    lines: list[RollLine]
    guests: list[Guest]
    parts: list[GroupPart]
    warning: str

    @property
    def expected(self) -> list[RollLine]:
        return [line for line in self.lines if line.is_required]

    @property
    def exempt(self) -> list[RollLine]:
        return [line for line in self.lines if line.status == "exempt"]


def roll(meeting: Meeting) -> Roll:
    lines = roll_lines(meeting)
    voters = sum(1 for line in lines if line.is_present and line.may_vote)
    return Roll(
        lines=lines,
        guests=list(meeting.guests.all()),
        parts=list(meeting.group_parts.select_related("party_group")),
        warning=majority_warning(meeting, voters),
    )


def roll_lines(meeting: Meeting) -> list[RollLine]:
    """The roll of the day with the roll call beside it; empty in a figures-only cell."""
    taken = {row.member_id: row for row in Attendance.objects.filter(meeting=meeting).order_by()}
    is_taken = roll_call_of(meeting) is not None
    return [
        RollLine(
            entry.member_id,
            entry.public_id,
            entry.name,
            entry.status,
            entry.position,
            entry.is_official,
            entry.is_required,
            entry.may_vote,
            *_called(taken.get(entry.member_id), default=_uncalled(entry, is_taken=is_taken)),
        )
        for entry in roll_of(meeting)
    ]


def _uncalled(entry: RollEntry, *, is_taken: bool) -> str:
    """Until the roll is called everybody expected counts as there: the exceptions are marked."""
    return Presence.PRESENT.value if entry.is_required and not is_taken else ""


def _called(row: Attendance | None, *, default: str) -> tuple[str, str, bool, bool, bool]:
    if row is None:
        return default, "", False, False, False
    return row.presence, row.reason, row.came_late, row.left_early, row.spoke


@dataclass(frozen=True)
class Discussion:
    """Step 3: items with their texts, votes, who was present to speak, the steps of the rules."""

    items: list[AgendaItem]
    votes: list[Vote]
    speakers: list[Attendance]
    steps: tuple[Step, ...]


def discussion(meeting: Meeting) -> Discussion:
    present = Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT)
    return Discussion(
        items=items_of(meeting),
        votes=list(meeting.votes.select_related("item")),
        speakers=list(present.select_related("member").order_by("member__sort_key", "id")),
        steps=agenda_steps(meeting),
    )


@dataclass(frozen=True)
class Conclusion:
    """Step 4: the papers, what keeps each from a number, and what the minutes still lack."""

    papers: list[tuple[Resolution, Obstacle | None]]
    last_lines: list[ResolutionItem]


def conclusion(meeting: Meeting) -> Conclusion:
    term = term_of(meeting.unit, day_of(meeting))
    return Conclusion(
        papers=[(paper, obstacle_to(paper, meeting, term)) for paper in papers_of(meeting)],
        last_lines=last_lines(meeting),
    )


@dataclass(frozen=True)
class FollowUp:
    """Step 5: lines and their results, corrections, signed pages."""

    papers: list[Resolution]
    addenda: list[Addendum]
    copies: list[SignedCopy]


def follow_up(meeting: Meeting) -> FollowUp:
    return FollowUp(
        papers=papers_of(meeting),
        addenda=list(meeting.addenda.select_related("added_by")),
        copies=list(meeting.signed_copies.all()),
    )
