"""What a cell's tasks add up to by the month they were due in, for one cell or for thousands."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from nennep.core.periods import month_end, month_of
from nennep.members.queries.among import among
from nennep.tasks.models import Assignment
from nennep.tasks.rules.outcomes import Outcome, outcome_of


class DueCounts(NamedTuple):
    """Tasks due in a month: all, done by their day, done later, neither done nor judged."""

    due: int
    done: int
    late: int
    open: int


def due_counts(cells: Sequence[int], first: date, last: date) -> dict[tuple[int, date], DueCounts]:
    """By cell and month. One query; what was withdrawn is left out."""
    rows = Assignment.objects.filter(
        unit_id__in=among(cells), due_on__range=(first, month_end(last)), withdrawn_on__isnull=True
    )
    found: dict[tuple[int, date], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for cell, due_on, done_on, judgement in (
        rows.order_by().values_list("unit_id", "due_on", "done_on", "judgement").iterator()
    ):
        if due_on is None:
            continue
        counts = found[cell, month_of(due_on)]
        counts[0] += 1
        outcome = outcome_of(due_on, done_on, judgement)
        if outcome is not Outcome.NOT_DONE:
            counts[COLUMN[outcome]] += 1
    return {key: DueCounts(*counts) for key, counts in found.items()}


COLUMN = {Outcome.DONE: 1, Outcome.LATE: 2, Outcome.OPEN: 3}
