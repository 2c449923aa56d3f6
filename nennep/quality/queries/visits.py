"""Visits of a quarter, cell by cell and month by month, and the latest ones."""

from dataclasses import dataclass
from datetime import date

from nennep.core import clock
from nennep.core.periods import add_months, month_end, month_of
from nennep.core.person import Person
from nennep.core.text import whole_number
from nennep.meetings.choices import SATISFY_REGULAR, MeetingKind
from nennep.meetings.models import Meeting, MeetingQuerySet
from nennep.members.queries.among import among
from nennep.organisation.models import Unit
from nennep.quality.models import Following, Visit, VisitQuerySet
from nennep.quality.queries.following import next_meetings, own_cells
from nennep.quality.rules.supervision import VisitState


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def months(self) -> tuple[date, date, date]:
        first = date(self.year, self.number * 3 - 2, 1)
        return first, add_months(first, 1), add_months(first, 2)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def before(self) -> "Quarter":
        return Quarter.of(add_months(self.months[0], -3))

    @property
    def after(self) -> "Quarter":
        return Quarter.of(add_months(self.months[0], 3))


def quarter_asked(text: str | None) -> Quarter:
    """A quarter as addresses have it, `2024-3`; anything else is the present one."""
    named, _dash, number = (text or "").partition("-")
    year = whole_number(named)
    if year is not None and number in {"1", "2", "3", "4"} and 2000 <= year <= 2100:
        return Quarter(year, int(number))
    return Quarter.of(clock.today())


@dataclass(frozen=True)
class PlanCell:
    """One month of one cell in the plan of a quarter. The visit that counts, else the open plan."""

    month: date
    visit: Visit | None
    meeting: Meeting | None

    @property
    def is_over(self) -> bool:
        return month_end(self.month) < clock.today()

    @property
    def is_made(self) -> bool:
        return self.visit is not None and self.visit.state == VisitState.MADE

    @property
    def may_be_planned(self) -> bool:
        return not self.is_over and not self.is_made


@dataclass(frozen=True)
class PlanRow:
    cell: Unit
    follower: Following | None
    months: tuple[PlanCell, ...]


@dataclass(frozen=True)
class VisitPlan:
    """The plan of a committee for a quarter: every cell directly under it, planned or not."""

    committee: Unit
    quarter: Quarter
    rows: list[PlanRow]

    @property
    def planned(self) -> int:
        return sum(1 for row in self.rows for each in row.months if each.visit is not None)

    @property
    def made(self) -> int:
        return sum(1 for row in self.rows for each in row.months if each.is_made)

    @property
    def pair(self) -> tuple[int, int]:
        return self.made, self.planned

    @property
    def visits(self) -> list[tuple[PlanRow, PlanCell]]:
        """Month by month, as a plan is printed."""
        return [
            (row, row.months[place])
            for place in range(3)
            for row in self.rows
            if row.months[place].visit is not None
        ]


def visit_plan(committee: Unit, quarter: Quarter) -> VisitPlan:
    """Four queries, whatever the number of cells."""
    cells = list(own_cells(committee))
    ids = [cell.pk for cell in cells]
    span = (quarter.months[0], quarter.months[2])
    visits: dict[tuple[int, date], Visit] = {}
    rows = Visit.objects.live().filter(
        committee=committee, unit_id__in=among(ids), month__range=span
    )
    for visit in rows.select_related("visitor").order_by("-made_on", "pk"):
        key = visit.unit_id, visit.month
        if key not in visits or (visit.made_on and not visits[key].made_on):
            visits[key] = visit
    meetings = {
        (m.unit_id, m.period): m
        for m in Meeting.objects.live().filter(
            unit_id__in=among(ids), period__range=span, kind__in=sorted(SATISFY_REGULAR)
        )
    }
    followers = {
        row.unit_id: row
        for row in Following.objects.on(clock.today())
        .filter(committee=committee)
        .select_related("member")
    }
    found = [
        PlanRow(
            cell,
            followers.get(cell.pk),
            tuple(
                PlanCell(month, visits.get((cell.pk, month)), meetings.get((cell.pk, month)))
                for month in quarter.months
            ),
        )
        for cell in cells
    ]
    return VisitPlan(committee, quarter, found)


def visits_under(unit: Unit, person: Person) -> VisitQuerySet:
    """In the person's sight, with what a line shows; the latest first."""
    rows = Visit.objects.visible_to(person).within(unit).live()
    return rows.select_related("unit__parent", "committee", "visitor", "meeting").order_by(
        "-month", "-pk"
    )


def due_now(unit: Unit, person: Person) -> VisitQuerySet:
    """Planned for this month, or for an earlier one and never made."""
    this_month = month_of(clock.today())
    rows = visits_under(unit, person).planned().filter(month__lte=this_month)
    return rows.filter(month__gte=add_months(this_month, -2)).order_by("-month", "unit__sort_key")


def _met(cell: Unit) -> MeetingQuerySet:
    """Meetings of the whole cell with closed minutes, the latest first."""
    rows = Meeting.objects.closed().filter(unit=cell).exclude(kind=MeetingKind.CELL_COMMITTEE)
    return rows.order_by("-started_at", "-pk")


def last_met_on(cell: Unit) -> date | None:
    met = _met(cell).first()
    return met.held_on if met else None


def meeting_held_on(cell: Unit, day: date) -> Meeting | None:
    return _met(cell).filter(started_at__date=day).first()


def next_month_to_visit(cell: Unit) -> date:
    """The month of the next meeting announced; else this one, or the next where it has met."""
    announced = next_meetings([cell.pk]).get(cell.pk)
    if announced is not None:
        return announced.period
    this = month_of(clock.today())
    held = Meeting.objects.closed().filter(unit=cell, period=this, kind__in=sorted(SATISFY_REGULAR))
    return add_months(this, 1) if held.exists() else this
