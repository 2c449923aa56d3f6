"""Which closed meetings dealt with a document: their minutes name it, or its topic was on the agenda."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from nennep.core.fields import below
from nennep.core.text import fold
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import AgendaItem, Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.in_force import hanoi_day
from nennep.training.choices import ReachForm
from nennep.training.models import Dissemination

SHORTEST_NAME = 12  # letters of a title that is looked for where there is no symbol


@dataclass(frozen=True, slots=True)
class Dealt:
    """A cell dealt with it at a meeting: on which day, with how many members present."""

    cell_id: int
    meeting_id: int
    on: date
    present: int
    strength: int
    form: ReachForm


def names(texts: Iterable[str], dissemination: Dissemination) -> bool:
    """Whether one of these texts names the document, by its symbol or else by its whole title."""
    sought = fold(sought_in(dissemination))
    return bool(sought) and any(sought in fold(text) for text in texts)


def sought_in(dissemination: Dissemination) -> str:
    """The symbol, else the title where it is long enough to mean one document."""
    if dissemination.symbol:
        return dissemination.symbol
    return dissemination.title if len(dissemination.title) >= SHORTEST_NAME else ""


def dealt_with(dissemination: Dissemination) -> list[Dealt]:
    """The first closed meeting of each cell below that dealt with it since its first day."""
    rows = (
        Meeting.objects.closed()
        .filter(
            below("unit__path", dissemination.unit.path),
            _says(dissemination),
            started_at__date__gte=dissemination.begins_on,
        )
        .order_by("unit_id", "started_at")
    )
    first: dict[int, Dealt] = {}
    for meeting in rows.select_related("roll_call"):
        if dealt := dealt_at(meeting):
            first.setdefault(dealt.cell_id, dealt)
    return list(first.values())


def dealt_at(meeting: Meeting) -> Dealt | None:
    """None where nobody called the roll, or it was the cell committee that met."""
    roll = getattr(meeting, "roll_call", None)
    if roll is None or meeting.started_at is None or meeting.kind == MeetingKind.CELL_COMMITTEE:
        return None
    is_thematic = meeting.kind in {MeetingKind.THEMATIC, MeetingKind.COMBINED}
    return Dealt(
        meeting.unit_id,
        meeting.pk,
        hanoi_day(meeting.started_at),
        min(roll.present + roll.exempt_present, roll.strength),
        roll.strength,
        ReachForm.THEMATIC if is_thematic else ReachForm.REGULAR,
    )


def _says(dissemination: Dissemination) -> Q | Combinable:
    said: Q | Combinable = Q(pk__in=[])
    if sought := sought_in(dissemination):
        item, paper, line = (
            AgendaItem.objects.filter(meeting=OuterRef("pk")),
            Resolution.objects.filter(meeting=OuterRef("pk")),
            ResolutionItem.objects.filter(resolution__meeting=OuterRef("pk")),
        )
        said = (
            Q(topic__contains=sought)
            | Exists(item.filter(Q(title__contains=sought) | Q(conclusion__contains=sought)))
            | Exists(paper.filter(summary__contains=sought))
            | Exists(line.filter(what__contains=sought))
        )
    if dissemination.topic_id is not None:
        said |= Q(items__topic=dissemination.topic_id)
    return said


def texts_of(meeting: Meeting) -> Sequence[str]:
    """What the minutes and the papers of a meeting say, as far as a document may be named there."""
    items = list(meeting.items.values_list("title", "conclusion"))
    papers = Resolution.objects.filter(meeting=meeting)
    lines = ResolutionItem.objects.filter(resolution__meeting=meeting)
    return [
        meeting.topic,
        *(text for pair in items for text in pair),
        *papers.values_list("summary", flat=True),
        *lines.values_list("what", flat=True),
    ]
