"""What levels owe as counters of a month (PROP), for one unit or for all."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from nennep.core.periods import month_of
from nennep.dialogue.models import ProposalStep
from nennep.dialogue.rules import Owed, owed

Key = tuple[int, date, str]  # the unit that owes, month, where the unit stood
Counts = tuple[int, int, int]  # due, answered in time, open
COLUMNS = (
    "unit_id", "path", "due_on", "left_on", "proposal__answered_on", "proposal__withdrawn_on",
)  # fmt: skip


def owed_counts(
    first: date, last: date = date.max, units: Iterable[int] | None = None
) -> dict[Key, Counts]:
    """By the month of the day the answer was due, of the days from first to last. One query."""
    rows = ProposalStep.objects.filter(due_on__range=(first, last)).order_by()
    if units is not None:
        rows = rows.filter(unit_id__in=list(units))
    due: Counter[Key] = Counter()
    found: Counter[tuple[Key, Owed]] = Counter()
    for unit_id, path, due_on, left_on, answered_on, withdrawn_on in rows.values_list(*COLUMNS):
        if due_on is None:
            continue
        answered = None if left_on else answered_on
        what = owed(due_on, gone_on=left_on or withdrawn_on, answered_on=answered)
        if what != Owed.NOT_OWED:
            key = (unit_id, month_of(due_on), path)
            due[key] += 1
            found[key, what] += 1
    return {key: (n, found[key, Owed.IN_TIME], found[key, Owed.OPEN]) for key, n in due.items()}
