"""RANK and WEAK in the roll-up: equal to the decisions they come of, whatever happened to them."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.queries import system_person
from nennep.core.periods import Period
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.verifying import verify
from nennep.indicators.tests.factories import month
from nennep.organisation.actions import move_unit
from nennep.recognition.actions import Decision, enter_past
from nennep.recognition.choices import Level
from nennep.recognition.queries.ratings import levels_of
from nennep.recognition.tests.factories import counted_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(on_day):
    on_day(date(2025, 1, 10))
    return counted_district()


def rated(cells, year, *levels, on=None):
    given_levels = {cell.pk: level for cell, level in zip(cells, levels, strict=True) if level}
    enter_past(
        cells, year, levels=given_levels, decision=Decision("9-QĐ", on or date(year, 12, 28)),
        by=system_person(),
    )  # fmt: skip


def told(unit, code, year):
    sheet = figure_sheet(unit, Period(month(f"{year}-01"), month(f"{year}-12")))
    return sheet[code].numerator, sheet[code].denominator


def test_the_levels_of_a_year_are_seen_above_as_soon_as_they_are_decided(district):
    rated(district.cells, 2022, Level.GOOD, Level.COMPLETED, None)
    rated(district.cells, 2023, Level.EXCELLENT, Level.GOOD, Level.NOT_COMPLETED)

    assert told(district, "RANK.well", 2022) == (1, 2)
    assert told(district, "RANK.well", 2023) == (2, 3)
    assert told(district.committee, "RANK.excellent", 2023) == (1, 2)
    assert told(district, "RANK.rated", 2022) == (2, 3)
    assert told(district, "WEAK", 2023) == (1, None)
    assert verify().differences == ()


def test_a_weak_cell_has_risen_when_it_is_not_weak_a_year_later(district):
    rated(district.cells, 2022, Level.NOT_COMPLETED, Level.NOT_COMPLETED, Level.GOOD)
    rated(district.cells, 2023, Level.COMPLETED, Level.NOT_COMPLETED, Level.GOOD)

    assert told(district, "WEAK.risen", 2023) == (1, 2)
    assert told(district, "WEAK", 2023) == (1, None)


def test_a_level_holds_to_the_end_of_the_year_after_it(district, on_day):
    rated(district.cells, 2022, Level.GOOD, Level.GOOD, Level.GOOD)

    assert told(district, "RANK.well", 2023) == (3, 3)
    on_day(date(2025, 1, 10))
    assert told(district, "RANK.well", 2024) == (0, 0)


def test_a_cell_that_moves_takes_its_level_along(district):
    rated(district.cells, 2023, Level.GOOD, Level.COMPLETED, Level.GOOD)
    move_unit(district.cells[0], district, on=date(2024, 3, 1), by=system_person())

    assert told(district.committee, "RANK.well", 2023) == (1, 2)
    assert told(district.committee, "RANK.well", 2024) == (0, 1)
    assert told(district, "RANK.well", 2024) == (2, 3)
    assert verify().differences == ()


LEVELS = st.sampled_from([None, *Level])


@given(
    years=st.lists(
        st.tuples(
            st.integers(2021, 2024), st.tuples(LEVELS, LEVELS, LEVELS), st.integers(-40, 300)
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_decided_the_roll_up_equals_the_decisions(district, years):
    from django.db import transaction

    with transaction.atomic():
        for year, levels, days in years:
            day = date.fromordinal(
                min(date(year, 12, 31).toordinal() + days, date(2025, 1, 10).toordinal())
            )
            rated(district.cells, year, *levels, on=day)
        assert verify().differences == ()
        now = levels_of(district, [2024])[2024]
        decided_in_time = all(day_of <= 0 for year, _levels, day_of in years if year == 2024)
        if decided_in_time and now.rated == len(district.cells):
            assert told(district, "RANK.well", 2024) == (now.well, now.rated)
        transaction.set_rollback(True)
