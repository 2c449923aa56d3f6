from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nennep.core.periods import add_months, month_of
from nennep.indicators.rules.months import first_open_month
from nennep.indicators.rules.recurrences import Happening, first_times
from nennep.indicators.rules.stocks import (
    STOCKS_FROM,
    Stood,
    StrengthStep,
    TaskStep,
    UnitLife,
    spread,
    stocks_over_time,
)
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.ledger import over_on
from nennep.organisation.rules import path_of

CITY, DISTRICT, BESIDE, CELL = 1, 2, 3, 4
UNDER_DISTRICT = path_of(CELL, path_of(DISTRICT, path_of(CITY, "")))
UNDER_BESIDE = path_of(CELL, path_of(BESIDE, path_of(CITY, "")))
START = date(2022, 1, 1)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(-6, 6),
    st.none() | st.integers(1, 28),
    st.none() | st.integers(1, 28),
)
def test_no_month_before_the_first_open_one_has_time_left(today, away, due, next_due):
    month = add_months(month_of(today), away)
    over = over_on(month, MeetingRules(due_day=due), MeetingRules(due_day=next_due))

    assert today >= over or month >= first_open_month(today)


def counted(counts, unit_id, first, last):
    return sum(
        n for key, n in counts.items()
        if key.unit_id == unit_id and first <= key.month <= last and key.previous < first
    )  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans()), unique_by=lambda p: p[0], max_size=20),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_first_times_count_a_cell_once_in_any_span_under_every_unit_it_stood_under(gaps, a, b):
    first, last = add_months(START, min(a, b)), add_months(START, max(a, b))
    happenings = [
        Happening("reg_gap", UNDER_DISTRICT if here else UNDER_BESIDE, "", add_months(START, n))
        for n, here in gaps
    ]
    counts = first_times(happenings)

    inside = [h for h in happenings if first <= h.month <= last]
    assert counted(counts, CITY, first, last) == bool(inside)
    assert counted(counts, DISTRICT, first, last) == any(h.path == UNDER_DISTRICT for h in inside)
    assert counted(counts, BESIDE, first, last) == any(h.path == UNDER_BESIDE for h in inside)
    assert counted(counts, CELL, first, last) == 0


def test_members_are_counted_each_for_themselves():
    twice = [
        Happening("unexcused_3", UNDER_DISTRICT, "", add_months(START, n), subject=who)
        for who, n in [(7, 2), (7, 3), (8, 3)]
    ]

    assert counted(first_times(twice), CITY, START, add_months(START, 11)) == 2


def stood(*spans):
    return [Stood(path, "cell", "residential", since, until) for path, since, until in spans]


def total(changes, unit_id, day, column=3):
    return sum(
        stock[column] for (unit, _, on), stock in changes.items() if unit == unit_id and on <= day
    )


def test_a_moved_cell_takes_its_members_along_from_that_day():
    places = stood(
        (UNDER_DISTRICT, date(2020, 1, 1), date(2024, 3, 31)),
        (UNDER_BESIDE, date(2024, 4, 1), None),
    )
    life = UnitLife(places, [StrengthStep(date(2020, 1, 1), 9, 1, 0)])
    changes = spread(places, stocks_over_time(life, lambda _path, _day: 30))

    for day, here, there in [(date(2024, 3, 31), 9, 0), (date(2024, 4, 1), 0, 9)]:
        assert total(changes, DISTRICT, day) == here
        assert total(changes, BESIDE, day) == there
        assert total(changes, CITY, day) == 9
        assert total(changes, CELL, day) == 9


@pytest.mark.parametrize(("members", "big"), [(29, 0), (30, 1), (31, 1)])
def test_a_cell_is_big_from_the_number_that_the_rule_says(members, big):
    life = UnitLife(
        stood((UNDER_DISTRICT, date(2020, 1, 1), None)),
        [StrengthStep(date(2020, 1, 1), members, 0, 0)],
        groups=[(date(2021, 1, 1), None)],
    )
    stocks = stocks_over_time(life, lambda _path, _day: 30)

    assert stocks[date(2020, 1, 1)][6:8] == (big, 0)
    assert stocks[date(2021, 1, 1)][6:8] == (big, big)
    assert stocks_over_time(life, lambda _path, _day: None)[date(2021, 1, 1)][6:8] == (0, 0)


def test_who_has_a_task_is_counted_where_the_cell_stands():
    places = stood(
        (UNDER_DISTRICT, date(2020, 1, 1), date(2024, 3, 31)),
        (UNDER_BESIDE, date(2024, 4, 1), None),
    )
    life = UnitLife(
        places,
        tasks=[TaskStep(date(2024, 2, 1), 5, 2, 3), TaskStep(date(2024, 5, 1), 0, 3, 2)],
    )
    changes = spread(places, stocks_over_time(life, lambda _path, _day: None))

    def counted(unit, day):
        rows = [row for (u, _b, on), row in changes.items() if u == unit and on <= day]
        return tuple(sum(row[n] for row in rows) for n in (8, 9, 10))

    assert [counted(DISTRICT, date(2024, m, 1)) for m in (1, 2, 4)] == [
        (0, 0, 0),
        (5, 2, 3),
        (0, 0, 0),
    ]
    assert [counted(BESIDE, date(2024, m, 1)) for m in (2, 4, 5)] == [
        (0, 0, 0),
        (5, 2, 3),
        (5, 5, 5),
    ]


def test_what_was_before_the_first_day_of_figures_is_counted_on_it():
    places = stood((UNDER_DISTRICT, date(1990, 1, 1), None))
    life = UnitLife(
        places, [StrengthStep(date(1995, 5, 5), 4, 0, 0), StrengthStep(date(2019, 1, 1), 1, 0, 0)]
    )
    changes = spread(places, stocks_over_time(life, lambda _path, _day: None))

    assert sorted({on for _, _, on in changes}) == [STOCKS_FROM, date(2019, 1, 1)]
    assert [total(changes, CITY, day) for day in (STOCKS_FROM, date(2019, 1, 1))] == [4, 5]


@given(st.lists(st.integers(0, 400), min_size=2, max_size=6, unique=True).map(sorted))
def test_wherever_a_cell_stood_the_top_counts_it_once_from_its_first_day_on(days):
    cuts = [date.fromordinal(date(2023, 1, 1).toordinal() + n) for n in days]
    paths = [UNDER_DISTRICT, UNDER_BESIDE]
    places = stood(*[
        (paths[n % 2], since, date.fromordinal(until.toordinal() - 1))
        for n, (since, until) in enumerate(pairwise(cuts))
    ])  # fmt: skip
    changes = spread(
        places,
        stocks_over_time(UnitLife(places, [StrengthStep(cuts[0], 5, 0, 0)]), lambda *_: None),
    )

    for day in cuts[:-1]:
        assert total(changes, CITY, day) == 5
        assert total(changes, DISTRICT, day) + total(changes, BESIDE, day) == 5
    assert total(changes, CITY, cuts[-1]) == 0
