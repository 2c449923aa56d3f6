"""Supervision as counters of a unit's month, for one unit or for thousands."""

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


def supervised_units() -> set[int]:
    """Units that were inspected, or of which something was recommended: cells and committees."""
    inspected = Inspection.objects.filter(ended_on__isnull=False).order_by()
    asked = Recommendation.objects.live().order_by()
    return {
        *inspected.values_list("unit_id", flat=True).distinct(),
        *asked.values_list("unit_id", flat=True).distinct(),
    }


def supervision_counts(units: Sequence[int], first: date, last: date) -> dict[Key, Counts]:
    """By unit and month; the names are those of CellMonth. Four queries.

    A visit and a model meeting belong to the month the meeting was for, an inspection to that of
    its last day, a recommendation to that of the day its answer is due.
    """
    found: dict[Key, Counts] = defaultdict(lambda: defaultdict(int))
    for unit, month, name in _happened(units, first, last):
        found[unit, month][name] += 1
    return found


def _happened(units: Sequence[int], first: date, last: date) -> Iterator[tuple[int, date, str]]:
    ids, days = among(units), (first, month_end(last))
    visits = Visit.objects.made().filter(unit_id__in=ids, month__range=(first, last)).order_by()
    for unit, month in visits.values_list("unit_id", "month").iterator():
        yield unit, month, "visits_made"
    held = Meeting.objects.closed().filter(
        unit_id__in=ids, period__range=(first, last), is_model=True
    )
    for unit, month in held.order_by().values_list("unit_id", "period").iterator():
        yield unit, month, "models_held"
    inspections = Inspection.objects.filter(unit_id__in=ids, ended_on__range=days).order_by()
    for unit, ended_on in inspections.values_list("unit_id", "ended_on").iterator():
        if ended_on is not None:
            yield unit, month_of(ended_on), "inspections"
    asked = Recommendation.objects.live().filter(unit_id__in=ids, due_on__range=days).order_by()
    for unit, due_on, answered_on in asked.values_list(
        "unit_id", "due_on", "answered_on"
    ).iterator():
        yield unit, month_of(due_on), "rec_due"
        if name := COUNTED.get(answer_outcome(due_on, answered_on)):
            yield unit, month_of(due_on), name
