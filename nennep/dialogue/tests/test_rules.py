from datetime import date

import pytest

from nennep.dialogue.choices import ProposalState
from nennep.dialogue.rules import Owed, owed, state_of

DUE = date(2024, 7, 4)
BEFORE, AFTER = date(2024, 7, 3), date(2024, 7, 5)


@pytest.mark.parametrize(
    ("gone_on", "answered_on", "found"),
    [
        (None, None, Owed.OPEN),
        (None, BEFORE, Owed.IN_TIME),
        (None, DUE, Owed.IN_TIME),
        (None, AFTER, Owed.LATE),
        (BEFORE, None, Owed.NOT_OWED),
        (DUE, None, Owed.NOT_OWED),
        (AFTER, None, Owed.LATE),  # neither answered nor passed on by its day
    ],
)
def test_a_level_owes_an_answer_unless_it_passed_it_on_or_it_was_withdrawn_by_its_day(
    gone_on, answered_on, found
):
    assert owed(DUE, gone_on=gone_on, answered_on=answered_on) == found


@pytest.mark.parametrize(
    ("due_on", "answered_on", "withdrawn_on", "today", "found"),
    [
        (DUE, None, None, DUE, ProposalState.OPEN),
        (DUE, None, None, AFTER, ProposalState.OVERDUE),
        (None, None, None, AFTER, ProposalState.OPEN),  # where no rule gives a day none passes
        (DUE, AFTER, None, AFTER, ProposalState.ANSWERED),
        (DUE, None, AFTER, AFTER, ProposalState.WITHDRAWN),
    ],
)
def test_where_a_proposal_stands_is_read_from_its_days(
    due_on, answered_on, withdrawn_on, today, found
):
    state = state_of(due_on, answered_on=answered_on, withdrawn_on=withdrawn_on, today=today)

    assert state == found
