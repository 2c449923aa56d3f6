"""What a cell's tasks add up to by the month they were due in, for one cell or for thousands."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from nennep.core.periods import month_end, month_of
from nennep.members.queries.among import among
from nennep.tasks.choices import Judgement
from nennep.tasks.models import Assignment
from nennep.tasks.rules.outcomes import Outcome, outcome_of

Counts = dict[str, int]
COUNTED = {
    Outcome.DONE: "task_done",
    Outcome.LATE: "task_late",
    Outcome.OPEN: "task_open",
}


def due_counts(cells: Sequence[int], first: date, last: date) -> dict[tuple[int, date], Counts]:
    """By cell and month: all that were due, done by their day, done later, still open.

    One query; what was withdrawn is left out. The names are those of CellMonth.
    """
    rows = Assignment.objects.filter(
        unit_id__in=among(cells), due_on__range=(first, month_end(last)), withdrawn_on__isnull=True
    )
    found: dict[tuple[int, date], Counts] = defaultdict(lambda: defaultdict(int))
    for cell, due_on, done_on, judgement in (
        rows.order_by().values_list("unit_id", "due_on", "done_on", "judgement").iterator()
    ):
        if due_on is None:
            continue
        counts = found[cell, month_of(due_on)]
        counts["task_due"] += 1
        if name := COUNTED.get(outcome_of(due_on, done_on, judgement)):
            counts[name] += 1
    return found


@dataclass(frozen=True, slots=True)
class YearsTasks:
    """Of what was due: done, of these late, of these above what was asked; still open."""

    due: int
    done: int
    late: int
    above: int
    open: int


IS_OPEN = Q(done_on__isnull=True, judgement="")
IS_DONE = Q(done_on__isnull=False) & ~Q(judgement=Judgement.NOT_MET)
IS_LATE = IS_DONE & (Q(done_on__gt=F("due_on")) | Q(judgement=Judgement.LATE))


def received_between(units: Sequence[int], first: date, last: date) -> dict[int, YearsTasks]:
    """By unit, what the tasks due in these days came to: a cell's members' and its own, a committee's own.

    One query that reads no task; units without one are left out. The same as `outcome_of` says.
    """
    rows = (
        Assignment.objects.filter(
            unit_id__in=among(units), due_on__range=(first, last), withdrawn_on__isnull=True
        )
        .order_by()
        .values_list("unit_id")
        .annotate(
            due=Count("pk"),
            done=Count("pk", filter=IS_DONE),
            late=Count("pk", filter=IS_LATE),
            above=Count("pk", filter=IS_DONE & Q(judgement=Judgement.ABOVE)),
            open=Count("pk", filter=IS_OPEN),
        )
    )
    return {unit: YearsTasks(*counts) for unit, *counts in rows}
