"""What one row of counters says happened in it."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from nennep.core.periods import add_months, month_of
from nennep.indicators.choices import Recurrence
from nennep.indicators.rules.recurrences import NEVER_BEFORE, Happening


class MonthRow(Protocol):
    """A `CellMonth`, or the facts one is made from."""

    month: date
    path: str
    block: str
    over_on: date
    reg_expected: int
    reg_held: int
    reg_late: int
    them_expected: int
    them_held: int
    step_judged: int
    step_complete: int
    visits_made: int


HAPPENING_COLUMNS = tuple(MonthRow.__annotations__)


def first_open_month(today: date) -> date:
    """The earliest month whose time may not be over: a month's time ends in the next (`over_on`)."""
    return add_months(month_of(today), -1)


# What is open in a month that is not over is pending: it is taken from what was due.
RUNNING = {"task_pending": "task_open", "rec_pending": "rec_open", "prop_pending": "prop_open"}


def first_running_month(today: date) -> date:
    """What is due from this month on and still open is pending: the month is not over."""
    return month_of(today)


def happenings_of(row: MonthRow) -> Iterator[Happening]:
    """A gap is a gap from the day the month's time is over; everything else at once."""
    met = row.reg_held + row.reg_late
    happened = (
        (Recurrence.REGULAR_EXPECTED, row.reg_expected > 0, NEVER_BEFORE),
        (Recurrence.REGULAR_GAP, row.reg_expected > met, row.over_on),
        (Recurrence.THEMATIC_EXPECTED, row.them_expected > 0, NEVER_BEFORE),
        (Recurrence.THEMATIC_GAP, row.them_expected > row.them_held, row.over_on),
        (Recurrence.STEPS_JUDGED, row.step_judged > 0, NEVER_BEFORE),
        (Recurrence.STEPS_MISSING, row.step_judged > row.step_complete, NEVER_BEFORE),
        # Only where the cell counts as one of the month, so that no more are visited than there are.
        (Recurrence.VISITED, row.visits_made > 0 and row.reg_expected > 0, NEVER_BEFORE),
    )
    for kind, is_so, over_on in happened:
        if is_so:
            yield Happening(kind.value, row.path, row.block, row.month, over_on)
