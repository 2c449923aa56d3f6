"""What pages and papers show of one meeting: its agenda, its papers, its preparation."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from nennep.core import clock
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import AgendaItem, ChecklistItem, Meeting, Resolution, TextRevision
from nennep.meetings.rules.checklist import proof_of


def find(meeting: Meeting) -> Meeting:
    """The meeting again, with what every page asks of it in one query."""
    rows = Meeting.objects.select_related("unit", "roll_call", "closed_by")
    return rows.get(pk=meeting.pk)


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """In order, each with its votes and the line it was carried from."""
    return list(agenda_items().filter(meeting=meeting))


def agenda_items() -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.select_related("carried_from__who").prefetch_related("votes")
    return rows.order_by("position", "id")


def earlier_texts(meeting: Meeting, column: str) -> QuerySet[TextRevision]:
    """What the opening or the closing said before, the latest first."""
    rows = meeting.text_revisions.filter(column=column).exclude(text="")
    return rows.select_related("saved_by")


def papers() -> QuerySet[Resolution]:
    """Each with its lines and who carries them out."""
    return Resolution.objects.prefetch_related("items__who").order_by("id")


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """A task of the preparation. `is_done` by hand or by the fact that proves it."""

    entry: ChecklistItem
    is_done: bool
    is_proven: bool
    today: date

    @property
    def is_overdue(self) -> bool:
        due = self.entry.due_on
        return not self.is_done and due is not None and due < self.today


def checklist_of(meeting: Meeting) -> list[ChecklistEntry]:
    """In its order. Two queries, one more where the committee's meeting is on it."""
    entries = list(meeting.checklist.select_related("owner").order_by("position"))
    proofs = {entry: proof_of(entry.code) for entry in entries}
    facts = {
        "invited": meeting.invited_at,
        "superior_told": meeting.superior_told_at,
        "papers_sent": meeting.papers_sent_at,
    }
    if "committee_meeting" in proofs.values():
        facts["committee_meeting"] = _committee_met(meeting)
    today = clock.today()
    return [
        ChecklistEntry(
            entry,
            is_done=entry.done_at is not None or facts.get(proof) is not None,
            is_proven=facts.get(proof) is not None,
            today=today,
        )
        for entry, proof in proofs.items()
    ]


def _committee_met(meeting: Meeting) -> datetime | None:
    """When the committee met for this month: its closed minutes are the evidence."""
    met = Meeting.objects.closed().filter(
        unit_id=meeting.unit_id, kind=MeetingKind.CELL_COMMITTEE, period=meeting.period
    )
    return met.values_list("started_at", flat=True).first()
