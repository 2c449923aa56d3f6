"""What the pages of a meeting show of tasks, and what a cell should know of them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.additions import Hint, Panel
from nennep.meetings.queries.in_force import day_of
from nennep.organisation.models import Unit
from nennep.tasks.choices import Can, TaskState
from nennep.tasks.models import Assignment, Uptake
from nennep.tasks.queries.coverage import CellCoverage, cell_coverage
from nennep.tasks.queries.work import received_by, remind_by, with_names

NAMED_AT_MOST = 5


def before_meeting(meeting: Meeting, person: Person) -> Panel | None:
    """Step 1: what is still to be done, and who has nothing to do."""
    if not may(person, Can.VIEW_MEMBER_TASKS, meeting.unit):
        return None
    undone = Assignment.objects.of_members().undone().filter(unit=meeting.unit)
    days = list(undone.order_by().values_list("due_on", flat=True))
    today = clock.today()
    shown = {
        "open": len(days),
        "overdue": sum(1 for day in days if day is not None and day < today),
        "coverage": None if meeting.unit.is_figures_only else cell_coverage(meeting.unit),
    }
    return Panel(
        "tasks",
        _("Tasks of the cell"),
        "tasks/_before.html",
        shown,
        icon="check",
        url=reverse("tasks:unit", args=[meeting.unit.code]),
        button=_("Open the tasks"),
    )


def at_conclusion(meeting: Meeting, person: Person) -> Panel | None:
    """Step 4: superiors' tasks that can go into the paper."""
    if meeting.is_closed or meeting.kind == MeetingKind.CELL_COMMITTEE:
        return None
    received = received_by(meeting.unit) if may(person, Can.KEEP_TASKS, meeting.unit) else []
    if not received:
        return None
    there = Uptake.objects.filter(meeting=meeting, line__isnull=False)
    taken = set(there.values_list("assignment_id", flat=True))
    shown = {
        "meeting": meeting,
        "received": [(each, each.pk in taken) for each in received],
        "may_change": may(person, Can.KEEP_TASKS, meeting.unit),
    }
    return Panel(
        "from-above", _("Given by superiors"), "tasks/_from_above.html", shown, icon="send"
    )


def after_meeting(meeting: Meeting, person: Person) -> Panel | None:
    """Step 5: what was taken on, reported or judged of the lines; what was not stands above."""
    if not meeting.is_closed or not may(person, Can.VIEW_MEMBER_TASKS, meeting.unit):
        return None
    rows = Assignment.objects.of_members().filter(task__resolution__meeting=meeting)
    rows = with_names(rows).filter(task__year__isnull=True).order_by("task_id", "id")
    given = [each for each in rows if each.state != TaskState.GIVEN]
    if not given:
        return None
    return Panel(
        "tasks", _("Tasks of this meeting"), "tasks/_after.html", {"given": given}, icon="check"
    )


def lacking(meeting: Meeting) -> Iterator[Hint]:
    """Before closing: members whom this meeting leaves without a task."""
    if meeting.kind in {MeetingKind.CELL_COMMITTEE, MeetingKind.THEMATIC}:
        return
    if meeting.unit.is_figures_only:
        return
    covered = cell_coverage(meeting.unit, day_of(meeting))
    given = set(meeting.resolutions.values_list("items__who_id", flat=True))
    left = [m.entry.name for m in covered.without if m.entry.member_id not in given]
    if left:
        yield Hint(_without_words(left), reverse("tasks:members", args=[meeting.unit.code]))


def _without_words(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED_AT_MOST])
    if len(names) > NAMED_AT_MOST:
        return _("%(count)s working members have no task yet: %(names)s and others.") % {
            "count": len(names),
            "names": shown,
        }
    return _("%(count)s working members have no task yet: %(names)s.") % {
        "count": len(names),
        "names": shown,
    }


def alerts(unit: Unit, person: Person) -> Iterator[Hint]:
    """On the first page of the cell: what is overdue, what is near, what came from above."""
    if not may(person, Can.VIEW_MEMBER_TASKS, unit):
        return
    url, today, near = reverse("tasks:unit", args=[unit.code]), clock.today(), remind_by(unit)
    undone = Assignment.objects.undone().filter(unit=unit)
    days = list(undone.order_by().values_list("due_on", "task__is_to_units"))
    own = [day for day, is_from_above in days if day is not None and not is_from_above]
    if count := sum(1 for day in own if day < today):
        yield Hint(_("%(count)s tasks are overdue.") % {"count": count}, url)
    if near and (count := sum(1 for day in own if today <= day <= near)):
        words = {"count": count, "day": vn_date(near)}
        yield Hint(_("%(count)s tasks are due by %(day)s.") % words, url)
    if count := sum(1 for _day, is_from_above in days if is_from_above):
        yield Hint(_("%(count)s tasks given by superiors are open.") % {"count": count}, url)
    if not unit.is_figures_only:
        yield from _uncovered(cell_coverage(unit), unit)


def _uncovered(covered: CellCoverage, unit: Unit) -> Iterator[Hint]:
    if covered.since is None or not covered.without:
        return
    words = {"count": len(covered.without), "total": len(covered.members)}
    yield Hint(
        _(
            "%(count)s of %(total)s working members have no task that carries out a decision of the cell."
        )
        % words,
        reverse("tasks:members", args=[unit.code]),
    )
