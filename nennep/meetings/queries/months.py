"""The months of one cell: what was expected, what became of it, and what else was held."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from nennep.core import clock
from nennep.meetings.choices import LedgerKind, Outcome
from nennep.meetings.models import Explanation, Meeting
from nennep.meetings.queries.ledger import CellInMonth, cells_in_months
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class ExpectedRow:
    """A row of the ledger of one cell, with the explanation that was recorded."""

    kind: LedgerKind
    outcome: Outcome
    is_overdue: bool
    held_on: date | None
    meeting_id: int | None
    explanation: Explanation | None


@dataclass(frozen=True)
class CellMonthRow:
    """A month of a cell: expected rows, and every meeting of the period, cancelled ones too."""

    month: date
    rows: tuple[ExpectedRow, ...]
    meetings: tuple[Meeting, ...]


def months_of(unit: Unit, first: date, last: date) -> list[CellMonthRow]:
    """The latest month first. The number of queries does not depend on how many months."""
    today = clock.today()
    in_months = {cell.month: cell for cell in cells_in_months([unit.pk], first, last, Calendar())}
    explanations = {
        (e.kind, e.period): e
        for e in Explanation.objects.filter(unit=unit, period__range=(first, last))
    }
    meetings: dict[date, list[Meeting]] = defaultdict(list)
    rows = Meeting.objects.filter(unit=unit, period__range=(first, last))
    for meeting in rows.select_related("roll_call").order_by("planned_at", "id"):
        meetings[meeting.period].append(meeting)
    return [
        CellMonthRow(
            month,
            _expected(in_months.get(month), explanations, today),
            tuple(meetings.get(month, ())),
        )
        for month in sorted({*in_months, *meetings}, reverse=True)
    ]


def _expected(
    cell: CellInMonth | None, explanations: dict[tuple[str, date], Explanation], today: date
) -> tuple[ExpectedRow, ...]:
    if cell is None:
        return ()
    return tuple(
        ExpectedRow(
            row.expected.kind,
            row.expected.outcome(today),
            row.expected.is_overdue(today),
            row.expected.held_on,
            row.meeting.meeting_id if row.meeting else None,
            explanations.get((row.expected.kind, cell.month)),
        )
        for row in cell.rows
    )
