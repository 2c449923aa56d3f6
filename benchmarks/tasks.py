"""The pages of tasks: a committee's board, a cell's board, and which cells have not discussed a task.

What a page costs follows from the tasks of its unit, not from those of the city: a test reads the
plans of its queries. So the largest unit of the installation at hand stands for a larger one.
"""

from django.db.models import Count

from benchmarks.printing import say
from benchmarks.timing import browser, p95_of
from nennep.accounts.models import Grant, User
from nennep.organisation.models import Unit
from nennep.tasks.models import Assignment, Task


def measure(database: str) -> None:
    cells = Unit.objects.cells().count()
    held = Assignment.objects.count()
    for name, path, user in _pages():
        client = browser(user)
        taken = p95_of(lambda client=client, path=path: client.get(path))
        say(f"{name}, {held} assignments of {cells} cells, p95", taken, "ms", 300, database)


def _pages() -> list[tuple[str, str, User]]:
    """The unit with the most of each kind, and the task that went to the most units."""
    giver = _most(Task.objects.filter(is_to_units=True).order_by(), "unit_id")
    cell = _most(Assignment.objects.of_members().open().order_by(), "unit_id")
    widest = _most(Assignment.objects.filter(task__is_to_units=True).order_by(), "task_id")
    unit, board = Unit.objects.get(pk=giver), Unit.objects.get(pk=cell)
    task = Task.objects.select_related("unit").get(pk=widest)
    return [
        ("task board of a committee", f"/viec/{unit.code}/", _reader(unit)),
        ("task board of a cell", f"/viec/{board.code}/", _reader(board)),
        ("who has not discussed a task", f"/viec-giao/{task.public_id}/", _reader(task.unit)),
    ]


def _most(rows: object, column: str) -> int:
    counted = rows.values_list(column).annotate(count=Count("id"))  # type: ignore[attr-defined]  # a queryset
    return int(max(counted, key=lambda pair: pair[1])[0])


def _reader(unit: Unit) -> User:
    """Somebody whose grant stands there or above."""
    above = [unit.pk, *unit.ancestor_ids]
    grants = Grant.objects.valid().filter(unit_id__in=above, role__in=["officer", "secretary"])
    return grants.select_related("user").order_by("-unit__depth")[0].user
