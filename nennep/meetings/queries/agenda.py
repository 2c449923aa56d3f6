"""The agenda: the steps of the rules in force, the block's prompts, and what is still open."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from nennep.core.periods import add_months
from nennep.meetings.choices import SATISFY_REGULAR, MeetingKind
from nennep.meetings.models import (
    ChecklistItem,
    CompulsoryTopic,
    Meeting,
    MeetingQuerySet,
    ResolutionItem,
)
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.rules import Step
from nennep.meetings.rules.carrying import is_routine
from nennep.meetings.rules.presets import preset
from nennep.meetings.rules.steps import steps_of
from nennep.organisation.models import Unit

# The step an item of each purpose belongs to, by the end of its code; the first that is there.
STEP_OF_PURPOSE = {
    "carried": ("task_results", "discussion"),
    "superior": ("information", "discussion"),
}
DISCUSSION = ("discussion",)
CARRIED_FOR_MONTHS = 12


def agenda_steps(meeting: Meeting) -> tuple[Step, ...]:
    """The set order of the rules in force; empty where they have none for this kind."""
    return steps_of(meeting.kind, rules_of(meeting).values) or ()


def prompts_for(block: str) -> list[str]:
    """What the agenda builder suggests to a cell of this block."""
    groups = preset("prompts")["group"]
    return [text for group in groups if block in group["blocks"] for text in group["prompts"]]


def step_for(purpose: str, steps: Iterable[Step]) -> str:
    """The code of the step an agenda item belongs to in the order of the day; "" if none."""
    codes = [step.code for step in steps]
    for end in STEP_OF_PURPOSE.get(purpose, DISCUSSION):
        for code in codes:
            if code.endswith(f".{end}"):
                return code
    return ""


def open_lines(meeting: Meeting) -> list[ResolutionItem]:
    """Lines of the past year's papers that have no result yet; routine ones are not carried.

    A line stays the same line, and on every agenda, until somebody writes its result.
    """
    lines = ResolutionItem.objects.filter(
        resolution__meeting__in=_of_same_body(meeting).filter(
            period__gte=add_months(meeting.period, -CARRIED_FOR_MONTHS)
        ),
        done_on__isnull=True,
        result="",
    ).select_related("who", "resolution__meeting")
    ordered = lines.order_by("resolution__meeting__started_at", "resolution_id", "position")
    return [line for line in ordered if not is_routine(line.what, line.resolution.meeting.period)]


def _of_same_body(meeting: Meeting) -> QuerySet[Meeting]:
    """Closed meetings before this one: the cell's own, or those of its committee."""
    closed = Meeting.objects.closed().filter(unit_id=meeting.unit_id, period__lte=meeting.period)
    closed = closed.exclude(pk=meeting.pk)
    if meeting.kind == MeetingKind.CELL_COMMITTEE:
        return closed.filter(kind=MeetingKind.CELL_COMMITTEE)
    return closed.exclude(kind=MeetingKind.CELL_COMMITTEE)


def is_prepared(meeting: Meeting) -> bool:
    """Preparing always leaves a checklist."""
    return meeting.checklist.exists()


def carries_lines(kind: str) -> bool:
    """Which meetings answer for what earlier ones resolved."""
    return kind in SATISFY_REGULAR or kind == MeetingKind.CELL_COMMITTEE


def bears_topics(kind: str) -> bool:
    """What superiors ask for stands on the agenda of the month's regular meeting."""
    return kind in SATISFY_REGULAR


def to_come_of(meeting: Meeting) -> MeetingQuerySet:
    """Meetings of the same body prepared ahead and not opened yet."""
    coming = _to_come().filter(unit_id=meeting.unit_id, period__gte=meeting.period)
    is_of_committee = meeting.kind == MeetingKind.CELL_COMMITTEE
    kinds = {MeetingKind.CELL_COMMITTEE} if is_of_committee else SATISFY_REGULAR
    return coming.filter(kind__in=sorted(kinds)).select_related("unit")


def to_come_under(unit: Unit) -> MeetingQuerySet:
    """Regular meetings of the cells below a unit, prepared ahead and not opened yet."""
    return _to_come().within(unit).filter(kind__in=sorted(SATISFY_REGULAR))


def _to_come() -> MeetingQuerySet:
    prepared = ChecklistItem.objects.filter(meeting=OuterRef("pk"))
    return Meeting.objects.live().filter(
        Exists(prepared), started_at__isnull=True, closed_at__isnull=True
    )


def topics_for(meeting: Meeting) -> QuerySet[CompulsoryTopic]:
    """Topics that superiors of the cell set for this month."""
    return CompulsoryTopic.objects.filter(
        unit_id__in=meeting.unit.ancestor_ids,
        withdrawn_at__isnull=True,
        first_month__lte=meeting.period,
        last_month__gte=meeting.period,
    ).order_by("unit__depth", "id")
