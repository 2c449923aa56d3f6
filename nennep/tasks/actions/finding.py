"""What the search finds of a task follows every change of its words."""

from nennep.library.actions import refresh_sources
from nennep.tasks.models import Assignment, Task
from nennep.tasks.queries.sources import GIVEN, OF_MEMBERS, RECEIVED


def find_anew(task: Task) -> None:
    """Called in the transaction that gave it, changed its words or took it back from somebody."""
    ids = Assignment.objects.filter(task=task).values_list("public_id", flat=True)
    keys = [str(public_id) for public_id in ids]
    if task.is_to_units:
        refresh_sources(GIVEN, [str(task.public_id)])
        refresh_sources(RECEIVED, keys)
    else:
        refresh_sources(OF_MEMBERS, keys)
