"""The way of a task up to the superior's and down to what carries it out, with what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.meetings.choices import Can as CanMeet
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import day_of
from nennep.tasks.choices import Can
from nennep.tasks.models import Assignment, Task, UnitAssignment, Uptake

LEVELS = 7


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way. `url` only where the person may open it; `basis` is the paper behind it.

    `done`: of those who carry it out, how many have, and of how many. None where it is not counted.
    """

    words: str
    unit_name: str
    day: date | None
    url: str = ""
    basis: str = ""
    done: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """`above`: from the top down to this task. `below`: what carries it out. `meetings`: where dealt with."""

    above: list[Link]
    below: list[Link]
    meetings: list[Link]


def links_of(found: Assignment, person: Person) -> Links:
    return Links(
        above=[_of_above(each, found, person) for each in reversed(_above(found.task))],
        below=[_of_below(each, person) for each in _below(found)],
        meetings=_meetings(found, person),
    )


def link_above(task: Task, person: Person) -> Link | None:
    """The superior's task that one given to units passes on."""
    above = task.carries_out
    if above is None:
        return None
    received = UnitAssignment(unit=task.unit, task=task)
    return _of_above(above, received, person)


def _above(task: Task) -> list[Task]:
    """Each superior's task in turn; one query a level."""
    found, current = [], task
    for _level in range(LEVELS):
        if current.carries_out_id is None:
            break
        current = Task.objects.select_related("unit").get(pk=current.carries_out_id)
        found.append(current)
    return found


def _below(found: Assignment) -> list[Task]:
    """What this receiver made of it: its own tasks that carry it out, with who does them."""
    rows = Task.objects.filter(carries_out_id=found.task_id, unit_id=found.unit_id)
    rows = rows.select_related("unit").prefetch_related("assignments")
    return list(rows.order_by("given_on", "id"))


def _of_above(task: Task, found: Assignment, person: Person) -> Link:
    """Above the person's place the unit's own row of it is what may be opened."""
    url = ""
    if may(person, Can.VIEW_TASKS, task.unit):
        url = reverse("tasks:given", args=[task.public_id])
    elif may(person, Can.VIEW_TASKS, found.unit):
        received = UnitAssignment.objects.filter(task=task, unit_id=found.unit_id).first()
        url = reverse("tasks:received", args=[received.public_id]) if received else ""
    return Link(task.what, task.unit.name, task.given_on, url, task.basis)


def _of_below(task: Task, person: Person) -> Link:
    rows = [each for each in task.assignments.all() if each.withdrawn_on is None]
    return Link(
        task.what,
        task.unit.name,
        task.given_on,
        _below_url(task, rows, person),
        task.basis,
        (sum(each.done_on is not None for each in rows), len(rows)),
    )


def _below_url(task: Task, rows: Iterable[Assignment], person: Person) -> str:
    if task.is_to_units:
        is_open = may(person, Can.VIEW_TASKS, task.unit)
        return reverse("tasks:given", args=[task.public_id]) if is_open else ""
    first = next(iter(rows), None)
    if first is None or not may(person, Can.VIEW_MEMBER_TASKS, task.unit):
        return ""
    return reverse("tasks:assignment", args=[first.public_id])


def _meetings(found: Assignment, person: Person) -> list[Link]:
    """The paper it comes of, and the meetings at which a superior's task was dealt with."""
    links = []
    paper = found.task.resolution
    if paper is not None:
        links.append(_of_meeting(paper.meeting, str(paper), person))
    rows = Uptake.objects.filter(assignment=found).select_related("meeting__unit")
    seen = set()
    for uptake in rows.order_by("meeting__started_at", "id"):
        if uptake.meeting_id not in seen and uptake.meeting.cancelled_at is None:
            seen.add(uptake.meeting_id)
            links.append(_of_meeting(uptake.meeting, str(uptake.meeting), person))
    return links


def _of_meeting(meeting: Meeting, words: str, person: Person) -> Link:
    may_read = may(person, CanMeet.VIEW_MEETINGS, meeting.unit)
    url = reverse("meetings:meeting", args=[meeting.public_id]) if may_read else ""
    return Link(words, meeting.unit.name, day_of(meeting), url)
