"""The way of a task up to the superior's and down to what carries it out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.meetings.choices import Can as CanMeet
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import day_of
from nennep.tasks.models import Assignment, Task, Uptake

LEVELS = 7


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way. `public_id` only where the person may open it."""

    words: str
    unit_name: str
    day: date | None
    kind: str
    public_id: UUID | None


@dataclass(frozen=True, slots=True)
class Links:
    """`above`: from the top down to this task. `below`: what carries it out. `meetings`: where dealt with."""

    above: list[Link]
    below: list[Link]
    meetings: list[Link]


def links_of(found: Assignment, person: Person) -> Links:
    task = found.task
    return Links(
        above=list(reversed(_above(task))),
        below=[_of_task(each) for each in _below(found)],
        meetings=_meetings(found, person),
    )


def _above(task: Task) -> list[Link]:
    """Each superior's task in turn; one query a level."""
    found, current = [], task
    for _level in range(LEVELS):
        if current.carries_out_id is None:
            break
        current = Task.objects.select_related("unit").get(pk=current.carries_out_id)
        found.append(_of_task(current))
    return found


def _below(found: Assignment) -> list[Task]:
    """What this receiver made of it: its own tasks that carry it out."""
    rows = Task.objects.filter(carries_out_id=found.task_id, unit_id=found.unit_id)
    return list(rows.select_related("unit").order_by("given_on", "id"))


def _of_task(task: Task) -> Link:
    return Link(task.what, task.unit.name, task.given_on, "task", None)


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
    return Link(
        words,
        meeting.unit.name,
        day_of(meeting),
        "meeting",
        meeting.public_id if may_read else None,
    )
