"""The work of a cell, or of one member, sorted by what is next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nennep.core import clock
from nennep.core.periods import month_of
from nennep.core.person import Person
from nennep.organisation.models import Unit
from nennep.regulations.queries import add_working_days
from nennep.tasks.models import Assignment, AssignmentQuerySet, UnitAssignment
from nennep.tasks.queries.in_force import rules_on


@dataclass(frozen=True)
class Work:
    """What is open, by urgency. `reported` waits for the next meeting; `of_year` runs all year."""

    overdue: Sequence[Assignment]
    soon: Sequence[Assignment]
    later: Sequence[Assignment]
    reported: Sequence[Assignment]
    of_year: Sequence[Assignment]
    remind_by: date | None

    @property
    def is_empty(self) -> bool:
        return not (self.open_count or self.reported)

    @property
    def open_count(self) -> int:
        return len(self.overdue) + len(self.soon) + len(self.later) + len(self.of_year)


def with_names(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """With everything a line of a list shows."""
    return rows.select_related(
        "task__unit", "task__resolution__meeting", "unit", "member", "follower"
    )


def work_of_cell(cell: Unit) -> Work:
    """What the cell gave its people."""
    rows = Assignment.objects.open().of_members().filter(unit=cell)
    return _sorted_work(with_names(rows), remind_by(cell))


def own_work(person: Person, cell: Unit) -> list[Assignment]:
    """What the cell gave to the member who signs in as this person, the nearest day first."""
    if person.pk is None:
        return []
    rows = Assignment.objects.open().of_members().filter(unit=cell, member__user_id=person.pk)
    return list(with_names(rows).order_by("due_on", "id"))


def received_by(unit: Unit) -> list[Assignment]:
    """What superiors gave the unit and is still open, the nearest day first."""
    rows = UnitAssignment.objects.open().filter(unit=unit, task__is_to_units=True)
    return list(with_names(rows).order_by("due_on", "id"))


def judged_in_month(cell: Unit, month: date) -> list[Assignment]:
    rows = Assignment.objects.of_members().filter(
        unit=cell, judged_on__gte=month, judged_on__lte=clock.today()
    )
    return list(with_names(rows).order_by("-judged_on", "-id"))


def remind_by(unit: Unit) -> date | None:
    """Tasks due up to this day are recalled today; None where no rule says so."""
    today = clock.today()
    days = rules_on(unit, today).values.remind_working_days
    return add_working_days(today, days) if days else None


def _sorted_work(rows: Iterable[Assignment], until: date | None) -> Work:
    heaps: dict[str, list[Assignment]] = defaultdict(list)
    today = clock.today()
    for each in sorted(rows, key=lambda a: (a.due_on or date.max, a.pk)):
        heaps[_urgency(each, today, until)].append(each)
    return Work(
        heaps["overdue"], heaps["soon"], heaps["later"], heaps["reported"], heaps["year"], until
    )


def _urgency(each: Assignment, today: date, until: date | None) -> str:
    if each.done_on is not None:
        return "reported"
    if each.due_on is not None and each.due_on < today:
        return "overdue"
    if each.due_on is not None and until is not None and each.due_on <= until:
        return "soon"
    return "later" if each.task.year is None else "year"


def this_month() -> date:
    return month_of(clock.today())
