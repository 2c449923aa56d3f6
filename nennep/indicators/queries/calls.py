"""Whom a committee calls: cells whose month is not in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import below
from nennep.core.person import Person
from nennep.indicators.models import CellMonth
from nennep.indicators.queries.board import LOOKS
from nennep.indicators.queries.extent import lay_under, then_places
from nennep.meetings.choices import Outcome
from nennep.meetings.queries.calls import secretaries_shown_to
from nennep.meetings.rules import MeetingRules
from nennep.members.queries import PositionHolder
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook

# Silent first, then overdue, then reasons that wait for an answer, then late.
URGENCY = (Outcome.SILENT, Outcome.PENDING, Outcome.WAITING, Outcome.LATE)
NOWHERE = Q(pk__in=())
OVERDUE_LOOK = ("warn", "triangle")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cell's month that is not in order."""

    cell_id: int
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
    unit: Unit, months: Sequence[date], limit: int, *, person: Person, book: RuleBook | None = None
) -> CallList:
    """Cells under the unit that are silent, overdue, unanswered or late in these months.

    The most urgent first, of those the latest month. Cells whose time is simply not over are none.
    """
    today, places = clock.today(), then_places(unit)
    has_time = Q(reg_unmet__gt=0, over_on__gt=today)
    overdue = _overdue(places, months, today, book or RuleBook.load())
    rows = CellMonth.objects.filter(
        Q(reg_unmet__gt=0) | Q(reg_waiting__gt=0) | Q(reg_late__gt=0),
        ~has_time | overdue,
        lay_under(places),
        month__in=months,
    )
    urgency = Case(
        When(has_time, then=URGENCY.index(Outcome.PENDING)),
        When(reg_unmet__gt=0, then=URGENCY.index(Outcome.SILENT)),
        When(reg_waiting__gt=0, then=URGENCY.index(Outcome.WAITING)),
        default=URGENCY.index(Outcome.LATE),
    )
    most_urgent = rows.order_by(urgency, "-month", "path")[:limit]
    troubles = [
        Trouble(cell_id, month, URGENCY[place])
        for cell_id, month, place in most_urgent.values_list("cell_id", "month", urgency)
    ]
    ids = {trouble.cell_id for trouble in troubles}
    secretaries = secretaries_shown_to(person, unit, ids, today)
    return CallList(tuple(_named(troubles, secretaries)), rows.count())


def _overdue(places: Sequence[str], months: Sequence[date], today: date, book: RuleBook) -> Q:
    """Months past their grace, by the rules of the place they lay in; one range for each such place."""
    own_rules = [scope for scope in book.local_scopes if scope.startswith(tuple(places))]
    overdue = NOWHERE
    for month in months:
        there = NOWHERE
        for place in sorted({*places, *own_rules}):  # a place comes before what lies inside it
            if _is_overdue(month, today, book.in_force(MeetingRules, place, month).values):
                there |= below("path", place)
            elif there != NOWHERE:
                there &= ~below("path", place)
        overdue |= Q(month=month) & there
    return overdue


def _is_overdue(month: date, today: date, rules: MeetingRules) -> bool:
    """Past the grace; never where no due day is set."""
    if rules.due_day is None:
        return False
    return today > month.replace(day=max(rules.due_day, rules.grace_days or rules.due_day))


def _named(
    troubles: Sequence[Trouble], secretaries: Mapping[int, PositionHolder]
) -> Iterable[CellToCall]:
    ids = {trouble.cell_id for trouble in troubles}
    names = Unit.objects.filter(pk__in=ids).values_list("pk", "code", "name", "parent__name")
    cells = {unit_id: (code, name, above or "") for unit_id, code, name, above in names}
    for trouble in troubles:
        yield CellToCall(
            trouble.cell_id,
            *cells[trouble.cell_id],
            trouble.month,
            trouble.outcome,
            secretaries.get(trouble.cell_id),
        )
