from datetime import date

import pytest

from nennep.quality.rules.supervision import (
    answer_outcome,
    state_of_recommendation,
    state_of_visit,
)

JUNE, TODAY = date(2024, 6, 1), date(2024, 6, 13)

VISITS = [
    (JUNE, False, False, TODAY, "planned"),
    (JUNE, False, False, date(2024, 6, 30), "planned"),
    (JUNE, False, False, date(2024, 7, 1), "missed"),
    (JUNE, True, False, date(2024, 7, 1), "made"),
    (JUNE, False, True, date(2024, 7, 1), "cancelled"),
    (date(2024, 9, 1), False, False, TODAY, "planned"),
]


@pytest.mark.parametrize(("month", "is_made", "is_cancelled", "today", "state"), VISITS)
def test_where_a_visit_stands(month, is_made, is_cancelled, today, state):
    found = state_of_visit(month, is_made=is_made, is_cancelled=is_cancelled, today=today)

    assert found == state


RECOMMENDATIONS = [
    (TODAY, None, False, False, "open"),
    (date(2024, 6, 12), None, False, False, "overdue"),
    (date(2024, 6, 12), TODAY, False, False, "answered"),
    (date(2024, 6, 12), TODAY, True, False, "settled"),
    (date(2024, 6, 12), None, False, True, "withdrawn"),
]


@pytest.mark.parametrize(
    ("due_on", "answered_on", "is_settled", "is_withdrawn", "state"), RECOMMENDATIONS
)
def test_where_a_recommendation_stands(due_on, answered_on, is_settled, is_withdrawn, state):
    found = state_of_recommendation(
        due_on, answered_on, is_settled=is_settled, is_withdrawn=is_withdrawn, today=TODAY
    )

    assert found == state


OUTCOMES = [
    (None, "open"),
    (date(2024, 6, 12), "in_time"),
    (date(2024, 6, 13), "in_time"),
    (date(2024, 6, 14), "late"),
]


@pytest.mark.parametrize(("answered_on", "outcome"), OUTCOMES)
def test_an_answer_on_its_last_day_is_in_time(answered_on, outcome):
    assert answer_outcome(TODAY, answered_on) == outcome
