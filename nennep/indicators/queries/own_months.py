"""A cell's own months, one line each: what became of what was expected, and who came."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nennep.core import clock
from nennep.core.periods import Period
from nennep.core.person import Person
from nennep.indicators.models import CellMonth
from nennep.indicators.queries.board import LOOKS
from nennep.meetings.choices import MeetingKind, Outcome
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import hanoi_day
from nennep.organisation.models import Unit

COUNTED_KINDS = (
    MeetingKind.REGULAR,
    MeetingKind.COMBINED,
    MeetingKind.THEMATIC,
    MeetingKind.CELL_COMMITTEE,
)


@dataclass(frozen=True)
class MeetingLine:
    """A closed meeting: its kind and day. `public_id` only where the person may read it."""

    kind: str
    held_on: date | None
    public_id: UUID | None


@dataclass(frozen=True)
class Status:
    """An outcome as it is shown: a word, a shape, a tone."""

    word: str
    tone: str
    shape: str


@dataclass(frozen=True)
class OwnMonth:
    """One month of a cell; a status is None where nothing was expected."""

    month: date
    regular: Status | None
    thematic: Status | None
    committee: Status | None
    present: int
    required: int
    meetings: Sequence[MeetingLine]

    @property
    def pair(self) -> tuple[int, int]:
        return self.present, self.required


def own_months(cell: Unit, period: Period, person: Person) -> list[OwnMonth]:
    """The latest month first; months to come are left out."""
    today = clock.today()
    meetings = meetings_by_month(cell, period, person)
    rows = CellMonth.objects.filter(
        cell=cell, month__range=(period.first, period.last), month__lte=today
    )
    return [
        OwnMonth(
            row.month,
            _status(row, "reg", today),
            _status(row, "them", today),
            _status(row, "cc", today),
            row.att_present,
            row.att_required,
            meetings.get(row.month, ()),
        )
        for row in rows.order_by("-month")
    ]


def _status(row: CellMonth, prefix: str, today: date) -> Status | None:
    if not getattr(row, f"{prefix}_expected"):
        return None
    outcome = next(_outcomes(row, prefix, today))
    return Status(str(outcome.label), *LOOKS[outcome])


def _outcomes(row: CellMonth, prefix: str, today: date) -> Iterator[Outcome]:
    for outcome in (Outcome.HELD, Outcome.LATE, Outcome.EXCUSED, Outcome.WAITING):
        if getattr(row, f"{prefix}_{outcome.value}", 0):
            yield outcome
    yield Outcome.PENDING if today < row.over_on else Outcome.SILENT


def meetings_by_month(
    cell: Unit, period: Period, person: Person
) -> Mapping[date, Sequence[MeetingLine]]:
    """Closed meetings that count, by their period. Only those the person may read lead anywhere."""
    found: dict[date, list[MeetingLine]] = defaultdict(list)
    rows = Meeting.objects.filter(unit=cell, period__range=(period.first, period.last))
    readable = set(rows.visible_to(person).order_by().values_list("pk", flat=True))
    words = {kind.value: str(kind.label) for kind in COUNTED_KINDS}
    counted = rows.closed().filter(kind__in=COUNTED_KINDS).order_by("started_at")
    for pk, public_id, kind, month, started_at in counted.values_list(
        "pk", "public_id", "kind", "period", "started_at"
    ):
        held_on = hanoi_day(started_at) if started_at else None
        found[month].append(
            MeetingLine(words[kind], held_on, public_id if pk in readable else None)
        )
    return found
