"""Whom a committee calls: cells whose month is not in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.indicators.models import CellMonth
from nennep.indicators.queries.board import LOOKS
from nennep.indicators.queries.numbers import then_under
from nennep.meetings.choices import Outcome
from nennep.meetings.rules import MeetingRules
from nennep.members.queries import PositionHolder, secretaries_on
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook

# Silent first, then overdue, then reasons that wait for an answer, then late.
URGENCY = {Outcome.SILENT: 0, Outcome.PENDING: 1, Outcome.WAITING: 2, Outcome.LATE: 3}
OVERDUE_LOOK = ("warn", "triangle")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cell's month that is not in order."""

    cell_id: int
    path: str
    month: date
    outcome: Outcome


@dataclass(frozen=True)
class CellToCall:
    """A cell to call, and its secretary. Pending here means overdue: past the grace, not yet silent."""

    unit_id: int
    code: str
    name: str
    committee: str
    month: date
    outcome: Outcome
    secretary: PositionHolder | None

    @property
    def word(self) -> str:
        return _("Overdue") if self.outcome is Outcome.PENDING else str(self.outcome.label)

    @property
    def tone(self) -> str:
        return self._look[0]

    @property
    def shape(self) -> str:
        return self._look[1]

    @property
    def _look(self) -> tuple[str, str]:
        return OVERDUE_LOOK if self.outcome is Outcome.PENDING else LOOKS[self.outcome]


@dataclass(frozen=True)
class CallList:
    """The most urgent cells; `count` is of all of them."""

    cells: tuple[CellToCall, ...]
    count: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.cells)


def cells_to_call(
    unit: Unit, months: Sequence[date], limit: int, book: RuleBook | None = None
) -> CallList:
    """Cells under the unit that are silent, overdue, unanswered or late in these months.

    The most urgent first, of those the latest month. Cells whose time is simply not over are none.
    """
    found = list(_troubles(unit, months, clock.today(), book or RuleBook.load()))
    found.sort(key=lambda t: (URGENCY[t.outcome], -t.month.toordinal(), t.path))
    return CallList(tuple(_named(found[:limit])), len(found))


def _troubles(unit: Unit, months: Sequence[date], today: date, book: RuleBook) -> Iterable[Trouble]:
    rows = CellMonth.objects.filter(
        Q(reg_unmet__gt=0) | Q(reg_waiting__gt=0) | Q(reg_late__gt=0),
        then_under(unit),
        month__in=months,
    ).order_by()
    columns = ("cell_id", "path", "month", "over_on", "reg_unmet", "reg_waiting")
    for cell_id, path, month, over_on, unmet, waiting in rows.values_list(*columns):
        if not unmet:
            yield Trouble(cell_id, path, month, Outcome.WAITING if waiting else Outcome.LATE)
        elif today >= over_on:
            yield Trouble(cell_id, path, month, Outcome.SILENT)
        elif _is_overdue(month, today, book.in_force(MeetingRules, path, month).values):
            yield Trouble(cell_id, path, month, Outcome.PENDING)


def _is_overdue(month: date, today: date, rules: MeetingRules) -> bool:
    """Past the grace; never where no due day is set."""
    if rules.due_day is None:
        return False
    return today > month.replace(day=max(rules.due_day, rules.grace_days or rules.due_day))


def _named(troubles: Sequence[Trouble]) -> Iterable[CellToCall]:
    ids = {trouble.cell_id for trouble in troubles}
    units = Unit.objects.select_related("parent").in_bulk(ids)
    secretaries = secretaries_on(ids, clock.today())
    for trouble in troubles:
        cell = units[trouble.cell_id]
        yield CellToCall(
            cell.pk,
            cell.code,
            cell.name,
            cell.parent.name if cell.parent else "",
            trouble.month,
            trouble.outcome,
            secretaries.get(cell.pk),
        )
