"""Tasks as the search finds them: what a unit gave, what it got, what a cell's members do."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Min, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nennep.core.documents import TextLine
from nennep.library.queries.sources import SourceKind
from nennep.library.rules.sources import Source
from nennep.tasks.choices import Can
from nennep.tasks.models import Assignment, AssignmentQuerySet, Task

GROUP = "task"
GIVEN, RECEIVED, OF_MEMBERS = "task-given", "task-received", "task"
WEIGHT = 500  # as the minutes, so that the handbook and the documents come first [D]


def _given() -> QuerySet[Task]:
    return Task.objects.filter(is_to_units=True)


def _received() -> AssignmentQuerySet:
    return Assignment.objects.filter(task__is_to_units=True, withdrawn_on__isnull=True)


def _of_members() -> AssignmentQuerySet:
    """The first that stands of each task of a cell: what many do is found once."""
    standing = Q(task__assignments__withdrawn_on__isnull=True)
    firsts = Assignment.objects.of_members().filter(withdrawn_on__isnull=True)
    return firsts.annotate(first=Min("task__assignments__pk", filter=standing)).filter(
        pk=F("first")
    )


def _read_given(wanted: Sequence[str]) -> Iterator[Source]:
    for task in _given().filter(public_id__in=map(UUID, wanted)):
        yield _source(task, task.public_id, task.unit_id, Can.VIEW_TASKS)


def _read_received(wanted: Sequence[str]) -> Iterator[Source]:
    rows = _received().filter(public_id__in=map(UUID, wanted)).select_related("task")
    for each in rows:
        yield _source(each.task, each.public_id, each.unit_id, Can.VIEW_TASKS, [each.part])


def _read_of_members(wanted: Sequence[str]) -> Iterator[Source]:
    standing = Assignment.objects.filter(withdrawn_on__isnull=True).order_by("pk")
    rows = _of_members().filter(public_id__in=map(UUID, wanted)).select_related("task")
    for each in rows.prefetch_related(Prefetch("task__assignments", standing)):
        parts = [other.part for other in each.task.assignments.all()]
        yield _source(each.task, each.public_id, each.unit_id, Can.VIEW_MEMBER_TASKS, parts)


def _source(task: Task, key: UUID, unit: int, verb: str, parts: Sequence[str] = ()) -> Source:
    """The words of the task. Whose it is, and what came of it, stands on its page."""
    texts = [task.basis, *(str(answer) for answer in task.answers.values()), *parts]
    lines = [TextLine(text) for text in texts if text]
    return Source(str(key), task.what, lines, day=task.given_on, verb=verb, unit=unit)


def _kind(
    code: str,
    rows: Callable[[], QuerySet[Any]],
    read: Callable[[Sequence[str]], Iterator[Source]],
    *,
    page: str,
    verb: str,
    is_own_only: bool = False,
    is_content: bool = False,
) -> SourceKind:
    def keys() -> Iterator[str]:
        ids = rows().order_by("pk").values_list("public_id", flat=True)
        return (str(public_id) for public_id in ids.iterator())

    def address(key: str, _page: int | None) -> str:
        return reverse(page, args=[key])

    return SourceKind(
        code=code,
        label=_("Tasks"),
        group=GROUP,
        icon="check",
        keys=keys,
        read=read,
        address=address,
        verbs=(verb,),
        is_own_only=is_own_only,
        is_content=is_content,
        weight=WEIGHT,
        order=40,
    )


KINDS = (
    _kind(GIVEN, _given, _read_given, page="tasks:given", verb=Can.VIEW_TASKS),
    # Above the unit the task itself is found, once, and not every receiver's row of it.
    _kind(
        RECEIVED,
        _received,
        _read_received,
        page="tasks:received",
        verb=Can.VIEW_TASKS,
        is_own_only=True,
    ),
    _kind(
        OF_MEMBERS, _of_members, _read_of_members, page="tasks:assignment",
        verb=Can.VIEW_MEMBER_TASKS, is_content=True,
    ),
)  # fmt: skip
