"""The ledger: derived from the rules, the cells' own dates of life and what was held. Never stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from nennep.core import clock
from nennep.core.fields import below, holding_on
from nennep.core.periods import add_months, month_end, months_between, quarter_months
from nennep.meetings.choices import (
    SATISFY_REGULAR,
    SATISFY_THEMATIC,
    LedgerKind,
    MeetingKind,
    Outcome,
)
from nennep.meetings.models import Explanation, Meeting
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.timelines import Calendar, place_in, timelines
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.ledger import (
    Expected,
    MonthRules,
    Place,
    Said,
    Timeline,
    expects_committee,
    expects_regular,
    expects_thematic,
    is_last_of_quarter,
    regular_outcome,
    unhurried_outcome,
)
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Placement, Unit

STANDS_IN = frozenset({MeetingKind.CONGRESS, MeetingKind.SELF_REVIEW})


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting whose minutes are closed: the only kind that satisfies a row."""

    meeting_id: int
    kind: str
    held_on: date
    public_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An expected meeting and the meeting that satisfies it, if one does."""

    expected: Expected
    meeting: Held | None


@dataclass(frozen=True, slots=True)
class CellInMonth:
    """What the ledger says of one cell in one month. `place` is where it stood on the due day."""

    cell_id: int
    month: date
    place: Place
    over_on: date
    rows: tuple[Row, ...]


@dataclass
class Happened:
    """What was held and what was said, of many cells, keyed by cell and month."""

    held: dict[tuple[int, date], list[Held]] = field(default_factory=lambda: defaultdict(list))
    said: dict[tuple[int, str, date], Said] = field(default_factory=dict)

    def of_month(self, cell_id: int, month: date, kinds: frozenset[MeetingKind]) -> Held | None:
        return self._earliest(cell_id, (month,), kinds)

    def of_quarter(self, cell_id: int, month: date) -> Held | None:
        return self._earliest(cell_id, quarter_months(month), SATISFY_THEMATIC)

    def _earliest(
        self, cell_id: int, months: Sequence[date], kinds: frozenset[MeetingKind]
    ) -> Held | None:
        found = [
            meeting
            for month in months
            for meeting in self.held.get((cell_id, month), ())
            if meeting.kind in kinds
        ]
        return min(found, key=lambda m: (m.held_on, m.meeting_id), default=None)


def whole_quarters(first: date, last: date) -> tuple[date, date]:
    """The months to read for a span: a quarter's row depends on all three of its months."""
    return quarter_months(first)[0], quarter_months(last)[-1]


def happened(cell_ids: Sequence[int], first: date, last: date) -> Happened:
    """Closed meetings and explanations of these cells, whole quarters around the span."""
    span = whole_quarters(first, last)
    facts = Happened(said=said_in(cell_ids, span))
    meetings = Meeting.objects.closed().filter(unit_id__in=cell_ids, period__range=span)
    for unit_id, pk, public_id, kind, period, started_at in meetings.values_list(
        "unit_id", "id", "public_id", "kind", "period", "started_at"
    ):
        if started_at is not None:  # always so of closed minutes; a constraint keeps it
            facts.held[unit_id, period].append(Held(pk, kind, hanoi_day(started_at), public_id))
    return facts


def said_in(cell_ids: Sequence[int], span: tuple[date, date]) -> dict[tuple[int, str, date], Said]:
    """What was said about meetings not held, by cell, kind and month."""
    explanations = Explanation.objects.filter(unit_id__in=cell_ids, period__range=span)
    return {
        (unit_id, kind, period): _said(is_accepted)
        for unit_id, kind, period, is_accepted in explanations.values_list(
            "unit_id", "kind", "period", "is_accepted"
        )
    }


def _said(is_accepted: bool | None) -> Said:  # noqa: FBT001 -- three-valued column, passed on
    return {None: Said.WAITING, True: Said.ACCEPTED, False: Said.REJECTED}[is_accepted]


def cells_in_months(
    cell_ids: Iterable[int],
    first: date,
    last: date,
    calendar: Calendar,
    facts: Happened | None = None,
) -> Iterator[CellInMonth]:
    """Every month of the span in which each cell existed, cell by cell, months in order.

    Months before the ledger is kept here (`Installation.counts_from`) are left out. `facts` are
    read here unless the caller has them already.
    """
    ids, first = list(cell_ids), max(first, calendar.counts_from)
    lives = timelines(ids)
    facts = facts or happened(ids, first, last)
    months = months_between(first, last)
    for cell_id in ids:
        timeline = lives.get(cell_id)
        if timeline is None:
            continue
        for month in months:
            if (place := place_in(timeline, month)) is not None:
                yield cell_in_month(timeline, place, month, facts, calendar)


def cell_in_month(
    timeline: Timeline, place: Place, month: date, facts: Happened, calendar: Calendar
) -> CellInMonth:
    rules = calendar.month(place.path, month)
    stood = timeline.place_on(rules.counting_day) or place
    rows = (
        _regular(timeline, rules, facts),
        _thematic(timeline, rules, facts, calendar, calendar.quarter(place.path, month)),
        _committee(timeline, rules, facts),
    )
    return CellInMonth(
        timeline.cell_id, month, stood, rules.over_on, tuple(row for row in rows if row is not None)
    )


def _regular(timeline: Timeline, rules: MonthRules, facts: Happened) -> Row | None:
    if not expects_regular(timeline, rules):
        return None
    kinds = SATISFY_REGULAR | STANDS_IN if rules.rules.congress_is_regular else SATISFY_REGULAR
    meeting = facts.of_month(timeline.cell_id, rules.month, kinds)
    day = meeting.held_on if meeting else None
    said = _what_was_said(timeline, LedgerKind.REGULAR, rules, facts)
    settled = regular_outcome(rules.month, day, said, rules.rules, rules.over_on)
    return Row(
        Expected(
            LedgerKind.REGULAR,
            rules.month,
            settled,
            rules.over_on,
            _overdue_from(rules.month, rules.rules),
            lateness_is_defined=rules.rules.due_day is not None,
            held_on=day,
        ),
        meeting,
    )


def _thematic(
    timeline: Timeline,
    rules: MonthRules,
    facts: Happened,
    calendar: Calendar,
    quarter: list[MonthRules],
) -> Row | None:
    if not is_last_of_quarter(rules.month) or not expects_thematic(timeline, quarter):
        return None
    if quarter[0].month < calendar.counts_from:
        return None
    meeting = facts.of_quarter(timeline.cell_id, rules.month)
    return _unhurried(timeline, LedgerKind.THEMATIC, rules, facts, meeting)


def _committee(timeline: Timeline, rules: MonthRules, facts: Happened) -> Row | None:
    if not expects_committee(timeline, rules):
        return None
    kinds = frozenset({MeetingKind.CELL_COMMITTEE})
    meeting = facts.of_month(timeline.cell_id, rules.month, kinds)
    return _unhurried(timeline, LedgerKind.CELL_COMMITTEE, rules, facts, meeting)


def _unhurried(
    timeline: Timeline, kind: LedgerKind, rules: MonthRules, facts: Happened, meeting: Held | None
) -> Row:
    day = meeting.held_on if meeting else None
    settled = unhurried_outcome(day, _what_was_said(timeline, kind, rules, facts))
    return Row(Expected(kind, rules.month, settled, rules.over_on, None, held_on=day), meeting)


def _what_was_said(
    timeline: Timeline, kind: LedgerKind, rules: MonthRules, facts: Happened
) -> Said:
    return facts.said.get((timeline.cell_id, kind, rules.month), Said.NOTHING)


def _overdue_from(month: date, rules: MeetingRules) -> date | None:
    """The first day after the grace; None where no due day is set."""
    if rules.due_day is None:
        return None
    last = month.replace(day=max(rules.due_day, rules.grace_days or rules.due_day))
    return date.fromordinal(last.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row with the cell's name. `path`: where the cell stood; `in_time_until`: the grace's last day."""

    cell_code: str
    cell_name: str
    kind: LedgerKind
    outcome: Outcome
    is_overdue: bool
    held_on: date | None
    meeting: UUID | None
    path: str
    in_time_until: date


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a unit for a month, by the structure of that month; `counts` by outcome."""

    unit_code: str
    month: date
    rows: tuple[LedgerRow, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def expected(self) -> int:
        return len(self.rows)


def ledger(unit: Unit, month: date) -> Ledger:
    """Expected meetings of every cell that stood under `unit` in that month, in order of code."""
    today, calendar = clock.today(), Calendar()
    cells = cells_under(unit, month)
    path = _path_then(unit, month)
    rows = [
        _named(row, cell, *cells[cell.cell_id], today)
        for cell in cells_in_months(cells, month, month, calendar)
        if cell.place.path.startswith(path)
        for row in cell.rows
    ]
    return Ledger(unit.code, month, tuple(sorted(rows, key=lambda row: (row.cell_code, row.kind))))


def cells_under(unit: Unit, month: date) -> dict[int, tuple[str, str]]:
    """Code and name of every cell that stood under the unit at some time in the month, by id."""
    placed = (
        Placement.objects.filter(
            below("path", _path_then(unit, month)),
            kind__in=sorted(CELL_KINDS),
            valid_from__lt=add_months(month, 1),
        )
        .exclude(valid_to__lt=month)
        .values_list("unit_id", "unit__code", "name")
    )
    return {unit_id: (code, name) for unit_id, code, name in placed}


def _path_then(unit: Unit, month: date) -> str:
    place = unit.placements.filter(holding_on(month_end(month))).first()
    return place.path if place else unit.path


def _named(row: Row, cell: CellInMonth, code: str, name: str, today: date) -> LedgerRow:
    return LedgerRow(
        cell_code=code,
        cell_name=name,
        kind=row.expected.kind,
        outcome=row.expected.outcome(today),
        is_overdue=row.expected.is_overdue(today),
        held_on=row.expected.held_on,
        meeting=row.meeting.public_id if row.meeting else None,
        path=cell.place.path,
        in_time_until=row.expected.in_time_until,
    )
