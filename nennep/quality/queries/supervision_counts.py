"""Supervision as counters of a cell's month, for one cell or for thousands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from nennep.core.periods import month_end, month_of
from nennep.meetings.models import Meeting
from nennep.members.queries.among import among
from nennep.quality.models import Inspection, Recommendation, Visit
from nennep.quality.rules.supervision import AnswerOutcome, answer_outcome

Counts = dict[str, int]
Key = tuple[int, date]
COUNTED = {AnswerOutcome.IN_TIME: "rec_in_time", AnswerOutcome.OPEN: "rec_open"}


def supervision_counts(cells: Sequence[int], first: date, last: date) -> dict[Key, Counts]:
    """By cell and month; the names are those of CellMonth. Four queries.

    A visit and a model meeting belong to the month the meeting was for, an inspection to that of
    its last day, a recommendation to that of the day its answer is due.
    """
    found: dict[Key, Counts] = defaultdict(lambda: defaultdict(int))
    for cell, month, name in _happened(cells, first, last):
        found[cell, month][name] += 1
    return found


def _happened(cells: Sequence[int], first: date, last: date) -> Iterator[tuple[int, date, str]]:
    ids, days = among(cells), (first, month_end(last))
    visits = Visit.objects.made().filter(unit_id__in=ids, month__range=(first, last)).order_by()
    for cell, month in visits.values_list("unit_id", "month").iterator():
        yield cell, month, "visits_made"
    held = Meeting.objects.closed().filter(
        unit_id__in=ids, period__range=(first, last), is_model=True
    )
    for cell, month in held.order_by().values_list("unit_id", "period").iterator():
        yield cell, month, "models_held"
    inspections = Inspection.objects.filter(unit_id__in=ids, ended_on__range=days).order_by()
    for cell, ended_on in inspections.values_list("unit_id", "ended_on").iterator():
        if ended_on is not None:
            yield cell, month_of(ended_on), "inspections"
    asked = Recommendation.objects.live().filter(unit_id__in=ids, due_on__range=days).order_by()
    for cell, due_on, answered_on in asked.values_list(
        "unit_id", "due_on", "answered_on"
    ).iterator():
        yield cell, month_of(due_on), "rec_due"
        if name := COUNTED.get(answer_outcome(due_on, answered_on)):
            yield cell, month_of(due_on), name
