"""Whom an office calls: cells whose regular meeting of a month is not held, with the days they have left.

A fixed number of queries, however many cells.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.meetings.choices import SATISFY_REGULAR, Can, LedgerKind, Outcome
from nennep.meetings.models import CallNote, Meeting
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.ledger import LedgerRow, ledger
from nennep.meetings.rules.calling import CallRules, days_left, is_to_call
from nennep.members.choices import Can as CanSeeRoll
from nennep.members.queries import PositionHolder, secretaries_on
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook


@dataclass(frozen=True)
class CellToRemind:
    """One cell and month. `left` days are left, negative once late; `planned`: what the cell plans."""

    cell: Unit
    month: date
    outcome: Outcome
    left: int
    secretary: PositionHolder | None
    planned: str
    notes: Sequence[CallNote]

    @property
    def is_in_time(self) -> bool:
        return self.outcome == Outcome.PENDING and self.left >= 0

    @property
    def when(self) -> str:
        """How urgent it is, in words."""
        if self.outcome == Outcome.SILENT:
            return _("not reported")
        if self.left < 0:
            return ngettext("%(count)s day late", "%(count)s days late", -self.left) % {"count": -self.left}  # fmt: skip
        if self.left == 0:
            return _("today is the last day")
        return ngettext("%(count)s day left", "%(count)s days left", self.left) % {"count": self.left}  # fmt: skip

    @property
    def tone(self) -> str:
        if self.is_in_time:
            return "warn" if self.left <= 1 else "info"
        return "bad" if self.outcome == Outcome.SILENT else "warn"

    @property
    def shape(self) -> str:
        if self.is_in_time:
            return "half"
        return "square" if self.outcome == Outcome.SILENT else "triangle"


def secretaries_shown_to(
    person: Person, unit: Unit, unit_ids: Collection[int], day: date
) -> dict[int, PositionHolder]:
    """The secretaries of units below `unit`; office telephones only for those whom they are meant for.

    That is whose work it is to remind the cells, and who sees the roll there.
    """
    found = secretaries_on(unit_ids, day)
    if may(person, Can.REMIND_CELLS, unit) or may(person, CanSeeRoll.VIEW_MEMBERS, unit):
        return found
    return {pk: replace(holder, office_phone="") for pk, holder in found.items()}


def cells_to_remind(unit: Unit, months: Sequence[date]) -> list[CellToRemind]:
    """The fewest days left first, then those already late, then those that never reported."""
    today, book = clock.today(), RuleBook.load()
    rows = [
        (row, month)
        for month in months
        for row in ledger(unit, month).rows
        if row.kind == LedgerKind.REGULAR and _is_called(row, today, book)
    ]
    cells = _cells({row.cell_code for row, _month in rows})
    ids = [cell.pk for cell in cells.values()]
    secretaries, planned, notes = (
        secretaries_on(ids, today),
        _planned(ids, months),
        _notes(ids, months),
    )
    found = [
        CellToRemind(
            cell := cells[row.cell_code],
            month,
            row.outcome,
            days_left(today, row.in_time_until),
            secretaries.get(cell.pk),
            planned.get((cell.pk, month), ""),
            notes.get((cell.pk, month), ()),
        )
        for row, month in rows
    ]
    return sorted(found, key=_urgency)


def _urgency(each: CellToRemind) -> tuple[int, int, str]:
    """Those who can still be in time first: a call helps them most."""
    if each.is_in_time:
        return 0, each.left, each.cell.path
    return (1 if each.outcome == Outcome.PENDING else 2), -each.left, each.cell.path


def _is_called(row: LedgerRow, today: date, book: RuleBook) -> bool:
    rules = book.in_force(CallRules, row.path, today).values
    return is_to_call(row.outcome, days_left(today, row.in_time_until), rules)


def _cells(codes: Collection[str]) -> dict[str, Unit]:
    units = Unit.objects.filter(code__in=sorted(codes)).select_related("parent")
    return {unit.code: unit for unit in units}


def _planned(ids: Sequence[int], months: Sequence[date]) -> dict[tuple[int, date], str]:
    """What the cell has done so far: planned a day, or met without closing the minutes."""
    open_ones = Meeting.objects.live().filter(
        unit_id__in=ids, period__in=months, kind__in=sorted(SATISFY_REGULAR), closed_at__isnull=True
    )
    columns = open_ones.order_by("id").values_list("unit_id", "period", "planned_at", "started_at")
    return {
        (unit_id, month): _so_far(planned_at, started_at)
        for unit_id, month, planned_at, started_at in columns
    }


def _so_far(planned_at: datetime | None, started_at: datetime | None) -> str:
    if started_at is not None:
        day = vn_date(hanoi_day(started_at))
        return _("met on %(day)s, the minutes are still open") % {"day": day}
    if planned_at is not None:
        return _("planned for %(day)s") % {"day": vn_date(hanoi_day(planned_at))}
    return _("planned, without a day")


def _notes(ids: Sequence[int], months: Sequence[date]) -> dict[tuple[int, date], list[CallNote]]:
    found: dict[tuple[int, date], list[CallNote]] = defaultdict(list)
    notes = CallNote.objects.filter(unit_id__in=ids, period__in=months).select_related("noted_by")
    for note in notes:
        found[note.unit_id, note.period].append(note)
    return found


def grouped(cells: Sequence[CellToRemind]) -> Iterator[tuple[str, list[CellToRemind]]]:
    """In the order of the list: still in time, late, not reported."""
    groups = (
        (_("Still in time"), [each for each in cells if each.is_in_time]),
        (_("Late"), [e for e in cells if e.outcome == Outcome.PENDING and not e.is_in_time]),
        (_("Not reported"), [each for each in cells if each.outcome == Outcome.SILENT]),
    )
    yield from (group for group in groups if group[1])
