"""What the database adds up of a year's tasks is what the rule says of each of them."""

from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest

from nennep.tasks.choices import Judgement
from nennep.tasks.models import Assignment
from nennep.tasks.queries.counting import YearsTasks, received_between
from nennep.tasks.rules.outcomes import Outcome, outcome_of
from nennep.tasks.tests.factories import give, working_cell

pytestmark = pytest.mark.django_db
DUE = date(2024, 6, 28)


def test_a_years_tasks_add_up_to_what_is_said_of_each():
    cell = working_cell()
    days = [None, DUE - timedelta(days=1), DUE, DUE + timedelta(days=1)]
    ways = list(product(days, ["", *Judgement.values]))
    for done_on, judgement in ways:
        given = give(cell, due_on=DUE)
        Assignment.objects.filter(pk=given.pk).update(
            done_on=done_on, judgement=judgement, judged_on=DUE if judgement else None
        )
    expected = Counter(outcome_of(DUE, done_on, judgement) for done_on, judgement in ways)

    found = received_between([cell.unit.pk], date(2024, 1, 1), date(2024, 12, 31))

    assert found == {
        cell.unit.pk: YearsTasks(
            due=len(ways),
            done=expected[Outcome.DONE] + expected[Outcome.LATE],
            late=expected[Outcome.LATE],
            above=3,
            open=expected[Outcome.OPEN],
        )
    }
    assert received_between([cell.unit.pk], date(2024, 7, 1), date(2024, 12, 31)) == {}
