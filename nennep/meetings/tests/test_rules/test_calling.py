"""Whom an office calls, and how many days are left: by table."""

from datetime import date

import pytest

from nennep.meetings.choices import Outcome
from nennep.meetings.rules.calling import CallRules, days_left, is_to_call

RULES = CallRules(days_before=5)


@pytest.mark.parametrize(
    ("today", "left"), [((2026, 6, 2), 5), ((2026, 6, 7), 0), ((2026, 6, 8), -1)]
)
def test_days_are_counted_to_the_last_day_in_time(today, left):
    assert days_left(date(*today), date(2026, 6, 7)) == left


@pytest.mark.parametrize(
    ("outcome", "left", "rules", "is_called"),
    [
        (Outcome.PENDING, 6, RULES, False),
        (Outcome.PENDING, 5, RULES, True),
        (Outcome.PENDING, -3, RULES, True),
        (Outcome.PENDING, 0, CallRules(), False),  # no rule: only once it is late
        (Outcome.PENDING, -1, CallRules(), True),
        (Outcome.SILENT, -20, CallRules(), True),
        (Outcome.HELD, 2, RULES, False),
        (Outcome.LATE, -2, RULES, False),
        (Outcome.EXCUSED, 2, RULES, False),
        (Outcome.WAITING, 2, RULES, False),
    ],
)
def test_cells_that_have_not_met_are_called_before_their_time_is_over(
    outcome, left, rules, is_called
):
    assert is_to_call(outcome, left, rules) is is_called
