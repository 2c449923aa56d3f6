from datetime import date

import pytest

from nennep.meetings.choices import LedgerKind, Outcome
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.ledger import (
    Expected,
    MonthRules,
    Place,
    Said,
    Timeline,
    expects_committee,
    expects_regular,
    expects_thematic,
    over_on,
    regular_outcome,
    unhurried_outcome,
)

FEBRUARY = date(2024, 2, 1)
ON_THE_THIRD = MeetingRules(
    regular_per_month=1, thematic_per_quarter=1, committee_per_month=1, due_day=3, grace_days=7
)
NO_DAY = MeetingRules(regular_per_month=1, thematic_per_quarter=1, committee_per_month=1)


@pytest.mark.parametrize(
    ("held_on", "outcome"),
    [
        (date(2024, 1, 28), Outcome.HELD),  # before Tết, for February
        (date(2024, 2, 3), Outcome.HELD),
        (date(2024, 2, 7), Outcome.HELD),  # the last day of the grace
        (date(2024, 2, 8), Outcome.LATE),
        (date(2024, 3, 2), Outcome.LATE),  # the day before the next due day
        (date(2024, 3, 3), None),  # time is over: it satisfies nothing
        (None, None),
    ],
)
def test_a_regular_meeting_is_in_time_until_the_grace_ends_and_late_until_the_next_due_day(
    held_on, outcome
):
    over = over_on(FEBRUARY, ON_THE_THIRD, ON_THE_THIRD)

    assert over == date(2024, 3, 3)
    assert regular_outcome(FEBRUARY, held_on, Said.NOTHING, ON_THE_THIRD, over) == outcome


@pytest.mark.parametrize("held_on", [date(2024, 2, 1), date(2024, 2, 29), date(2024, 5, 20)])
def test_where_no_due_day_is_set_nothing_is_late_and_a_later_meeting_still_counts(held_on):
    over = over_on(FEBRUARY, NO_DAY, NO_DAY)

    assert over == date(2024, 3, 1)
    assert regular_outcome(FEBRUARY, held_on, Said.NOTHING, NO_DAY, over) == Outcome.HELD


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (Said.NOTHING, None),
        (Said.WAITING, Outcome.WAITING),
        (Said.ACCEPTED, Outcome.EXCUSED),
        (Said.REJECTED, None),
    ],
)
def test_a_reason_counts_until_it_is_rejected(said, outcome):
    assert regular_outcome(FEBRUARY, None, said, NO_DAY, date(2024, 3, 1)) == outcome
    assert unhurried_outcome(None, said) == outcome


def test_a_meeting_that_was_held_outweighs_the_reason_why_it_would_not_be():
    assert unhurried_outcome(date(2024, 2, 20), Said.WAITING) == Outcome.HELD


@pytest.mark.parametrize(
    ("today", "outcome", "is_overdue"),
    [
        (date(2024, 2, 7), Outcome.PENDING, False),
        (date(2024, 2, 8), Outcome.PENDING, True),
        (date(2024, 3, 2), Outcome.PENDING, True),
        (date(2024, 3, 3), Outcome.SILENT, False),
    ],
)
def test_what_nothing_counts_for_is_pending_then_overdue_then_silent(today, outcome, is_overdue):
    row = Expected(LedgerKind.REGULAR, FEBRUARY, None, date(2024, 3, 3), date(2024, 2, 8))

    assert row.outcome(today) == outcome
    assert row.is_overdue(today) is is_overdue


def test_a_change_of_rules_ends_the_month_by_the_next_months_day():
    october = date(2025, 10, 1)

    assert over_on(october, NO_DAY, ON_THE_THIRD) == date(2025, 11, 1)
    assert over_on(october, ON_THE_THIRD, NO_DAY) == date(2025, 11, 3)


def cell(valid_from, valid_to=None, committee=()):
    return Timeline(1, (Place("0001.0002.", "residential", valid_from, valid_to),), committee)


@pytest.mark.parametrize(
    ("founded_on", "is_expected"),
    [(date(2024, 2, 3), True), (date(2024, 2, 4), False), (date(2023, 1, 1), True)],
)
def test_the_first_month_is_expected_only_of_a_cell_that_existed_on_the_due_day(
    founded_on, is_expected
):
    month = MonthRules(FEBRUARY, ON_THE_THIRD, date(2024, 3, 3))

    assert expects_regular(cell(founded_on), month) is is_expected


def test_where_no_due_day_is_set_the_cell_must_exist_on_the_months_last_day():
    month = MonthRules(FEBRUARY, NO_DAY, date(2024, 3, 1))

    assert expects_regular(cell(date(2024, 2, 29)), month)
    assert not expects_regular(cell(date(2020, 1, 1), date(2024, 2, 28)), month)


def test_no_rule_expects_nothing():
    month = MonthRules(FEBRUARY, MeetingRules(), date(2024, 3, 1))

    assert not expects_regular(cell(date(2020, 1, 1)), month)


@pytest.mark.parametrize(
    ("founded_on", "is_expected"), [(date(2024, 1, 3), True), (date(2024, 1, 4), False)]
)
def test_a_thematic_meeting_is_expected_of_a_cell_that_existed_on_all_three_due_days(
    founded_on, is_expected
):
    quarter = [MonthRules(date(2024, n, 1), ON_THE_THIRD, date(2024, n + 1, 3)) for n in (1, 2, 3)]

    assert expects_thematic(cell(founded_on), quarter) is is_expected


def test_a_committee_meeting_is_expected_in_each_month_that_has_a_committee():
    month = MonthRules(FEBRUARY, ON_THE_THIRD, date(2024, 3, 3))
    since = date(2020, 1, 1)

    assert expects_committee(cell(since, None, ((since, None),)), month)
    assert expects_committee(cell(since, None, ((since, date(2024, 2, 3)),)), month)
    assert not expects_committee(cell(since, None, ((since, date(2024, 2, 2)),)), month)
    assert not expects_committee(cell(since), month)
