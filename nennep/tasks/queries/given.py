"""What a committee gave to units, each with how far it is."""

from dataclasses import dataclass

from django.db.models import Count, Q

from nennep.core import clock
from nennep.organisation.models import Unit
from nennep.tasks.models import AssignmentQuerySet, Task, UnitAssignment

SHOWN_AT_MOST = 100
NOBODY = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Given:
    """A task and its receivers, counted. `overdue` are not done and past their day."""

    task: Task
    total: int
    accepted: int
    reported: int
    judged: int
    overdue: int


def given_by(unit: Unit) -> list[Given]:
    """The latest first. Two queries."""
    tasks = list(
        Task.objects.filter(unit=unit, is_to_units=True).order_by("-given_on", "-id")[
            :SHOWN_AT_MOST
        ]
    )
    counts = _counts([task.pk for task in tasks])
    return [Given(task, *counts.get(task.pk, NOBODY)) for task in tasks]


def _counts(task_ids: list[int]) -> dict[int, tuple[int, int, int, int, int]]:
    """Receivers; of these: accepted, done, judged, overdue."""
    rows = UnitAssignment.objects.filter(task_id__in=task_ids, withdrawn_on__isnull=True).order_by()
    undone = Q(judgement="", done_on__isnull=True)
    counted = rows.values_list("task_id").annotate(
        total=Count("id"),
        accepted=Count("id", filter=Q(accepted_at__isnull=False)),
        done=Count("id", filter=Q(done_on__isnull=False)),
        judged=Count("id", filter=~Q(judgement="")),
        overdue=Count("id", filter=undone & Q(due_on__lt=clock.today())),
    )
    return {task_id: (a, b, c, d, e) for task_id, a, b, c, d, e in counted}


def receivers_of(task: Task) -> AssignmentQuerySet:
    """In the order of the tree."""
    return (
        UnitAssignment.objects.filter(task=task)
        .select_related("unit", "task")
        .order_by("unit__path")
    )
