from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nennep.recognition.choices import Level
from nennep.recognition.rules.ratings import (
    RatingRules,
    TaskFacts,
    cap,
    is_higher,
    proposed,
    together,
)

RULES = RatingRules(
    excellent_points=90, good_points=70, completed_points=50,
    above_requirement=Fraction(3, 10), late_at_most=Fraction(1, 5),
    cap=Fraction(1, 5), cap_of_all=False, cap_rounds_up=False,
)  # fmt: skip


def tasks(due=10, done=10, late=0, above=3):
    return TaskFacts(due, done, late, above)


@pytest.mark.parametrize(
    ("points", "facts", "level"),
    [
        (90, tasks(), Level.EXCELLENT),
        (89, tasks(), Level.GOOD),
        (70, tasks(), Level.GOOD),
        (69, tasks(), Level.COMPLETED),
        (50, tasks(), Level.COMPLETED),
        (49, tasks(), Level.NOT_COMPLETED),
        (95, tasks(above=2), Level.GOOD),
        (95, tasks(late=1), Level.COMPLETED),
        (95, tasks(late=2), Level.COMPLETED),
        (95, tasks(late=3), Level.NOT_COMPLETED),
        (95, tasks(done=9), Level.NOT_COMPLETED),
        (95, None, Level.EXCELLENT),
        (95, tasks(due=0, done=0, above=0), Level.EXCELLENT),
    ],
)
def test_points_give_a_level_and_tasks_may_lower_it(points, facts, level):
    assert proposed(points, facts, RULES).level == level


def test_what_kept_a_year_from_a_level_is_said():
    assert proposed(95, tasks(above=1), RULES).lacking == ("too few tasks above requirement",)


def test_without_points_or_a_rule_nothing_is_proposed():
    assert proposed(None, tasks(), RULES).level is None
    assert proposed(95, tasks(), RatingRules()).level is None


def counted(excellent=0, good=0, completed=0, not_completed=0):
    return {
        Level.EXCELLENT: excellent, Level.GOOD: good, Level.COMPLETED: completed,
        Level.NOT_COMPLETED: not_completed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "of_all", "up", "limit", "within"),
    [
        (counted(2, 10), False, False, 2, True),
        (counted(3, 10), False, False, 2, False),
        (counted(2, 9), False, False, 1, False),
        (counted(2, 9), False, True, 2, True),
        (counted(2, 6, 2), True, False, 2, True),
        (counted(0, 0, 5), False, False, 0, True),
    ],
)
def test_the_cap_is_a_share_of_those_rated_well_or_of_all(counts, of_all, up, limit, within):
    rules = RatingRules(cap=Fraction(1, 5), cap_of_all=of_all, cap_rounds_up=up)

    found = cap(counts, rules)

    assert (found.limit, found.is_within) == (limit, within)


def test_without_a_rule_there_is_no_limit():
    found = cap(counted(5, 1), RatingRules())

    assert (found.numerator, found.limit, found.is_within) == (5, None, None)


@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 600), st.booleans())
def test_the_cap_holds_for_every_rounding(excellent, good, completed, of_all):
    """Rounded down it never lets more through than the share; rounded up, less than one more."""
    counts = counted(excellent, good, completed)
    low, high = (
        cap(counts, RatingRules(cap=Fraction(1, 5), cap_of_all=of_all, cap_rounds_up=up))
        for up in (False, True)
    )

    exact = Fraction(low.denominator, 5)
    assert low.limit <= exact < low.limit + 1
    assert exact <= high.limit < exact + 1
    assert low.is_within == (excellent <= exact)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)), min_size=1),
    st.booleans(),
    st.booleans(),
)
def test_groups_together_allow_what_each_of_them_allows(groups, of_all, up):
    """One group over its limit is over, however much the others leave."""
    rules = RatingRules(cap=Fraction(1, 5), cap_of_all=of_all, cap_rounds_up=up)
    caps = [cap(counted(*group), rules) for group in groups]

    found = together(caps)

    assert found.limit == sum(each.limit for each in caps)
    assert found.numerator == sum(group[0] for group in groups)
    assert found.is_within == all(each.numerator <= each.limit for each in caps)


@pytest.mark.parametrize(
    ("level", "other", "higher"),
    [
        (Level.EXCELLENT, Level.GOOD, True),
        (Level.GOOD, Level.GOOD, False),
        (Level.NOT_COMPLETED, Level.COMPLETED, False),
        ("", Level.NOT_COMPLETED, False),
    ],
)
def test_levels_have_an_order_and_none_is_the_lowest(level, other, higher):
    assert is_higher(level, other) is higher
