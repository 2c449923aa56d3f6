"""“Who counts”, sentence by sentence."""

from dataclasses import dataclass
from datetime import date

import pytest

from nennep.members import rules
from nennep.members.choices import RollStatus
from nennep.members.rules import StrengthCount, status_of


@dataclass(frozen=True)
class Someone:
    status: RollStatus
    is_official: bool = True
    is_exempt: bool = False
    is_away: bool = False
    is_suspended: bool = False


def someone(*, official=True, **holds):
    return Someone(
        status_of(**holds),
        is_official=official and not holds.get("is_guest"),
        **{name: value for name, value in holds.items() if name != "is_guest"},
    )


@pytest.mark.parametrize(
    ("holds", "status"),
    [
        ({}, RollStatus.REQUIRED),
        ({"is_exempt": True}, RollStatus.EXEMPT),
        ({"is_away": True}, RollStatus.AWAY),
        ({"is_suspended": True}, RollStatus.SUSPENDED),
        ({"is_guest": True}, RollStatus.HERE),
        ({"is_exempt": True, "is_away": True}, RollStatus.AWAY),
        ({"is_exempt": True, "is_suspended": True}, RollStatus.SUSPENDED),
        ({"is_away": True, "is_suspended": True}, RollStatus.SUSPENDED),
    ],
)
def test_a_person_stands_towards_a_cell_in_one_way(holds, status):
    assert status_of(**holds) == status


@pytest.mark.parametrize(
    ("status", "in_strength", "required", "votes_if_official"),
    [
        (RollStatus.REQUIRED, True, True, True),
        (RollStatus.EXEMPT, True, False, True),  # when present
        (RollStatus.AWAY, True, False, False),
        (RollStatus.SUSPENDED, True, False, False),
        (RollStatus.HERE, False, True, False),
    ],
)
def test_strength_duty_and_vote_are_three_things(status, in_strength, required, votes_if_official):
    assert rules.in_strength(status) is in_strength
    assert rules.is_required(status) is required
    assert rules.may_vote(status, is_official=True) is votes_if_official
    assert rules.may_vote(status, is_official=False) is False


def test_required_are_the_strength_without_exempt_away_and_suspended_and_with_those_here():
    people = [
        *[someone() for _ in range(20)],
        someone(official=False),
        *[someone(is_exempt=True) for _ in range(3)],
        *[someone(is_away=True) for _ in range(2)],
        someone(is_suspended=True),
        *[someone(is_guest=True) for _ in range(4)],
    ]
    count = StrengthCount.of(people)
    assert count == StrengthCount(
        official=26, probationary=1, exempt=3, away=2, suspended=1, here=4, required=25
    )
    assert count.total == 27
    assert count.required == count.total - 3 - 2 - 1 + 4


def test_who_is_exempt_and_away_counts_in_both_but_is_missing_once():
    count = StrengthCount.of([someone(is_exempt=True, is_away=True), someone()])
    assert count == StrengthCount(official=2, exempt=1, away=1, required=1)


def test_a_guest_exempt_at_home_is_a_guest_here():
    guest = Someone(status_of(is_guest=True, is_exempt=True), is_official=False, is_exempt=True)
    assert StrengthCount.of([guest]) == StrengthCount(here=1, required=1)


def test_an_empty_cell_counts_nothing():
    assert StrengthCount.of([]) == StrengthCount()


JAN, FEB, MAR, APR = (date(2024, month, 1) for month in range(1, 5))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((JAN, FEB), (FEB, MAR), (FEB, FEB)),
        ((JAN, None), (FEB, MAR), (FEB, MAR)),
        ((JAN, None), (FEB, None), (FEB, None)),
        ((JAN, FEB), (MAR, None), None),
        ((MAR, APR), (JAN, FEB), None),
    ],
)
def test_two_spells_share_days_with_both_ends_included(one, other, shared):
    assert rules.common(one, other) == shared
    assert rules.common(other, one) == shared
    assert rules.overlaps(one, other) is (shared is not None)


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        ([], []),
        ([(FEB, MAR), (JAN, FEB)], [(JAN, MAR)]),
        ([(JAN, date(2024, 1, 31)), (FEB, FEB)], [(JAN, FEB)]),
        ([(JAN, None), (FEB, MAR)], [(JAN, None)]),
        ([(JAN, FEB), (MAR, APR)], [(JAN, FEB), (MAR, APR)]),
        ([(JAN, APR), (FEB, MAR)], [(JAN, APR)]),
    ],
)
def test_overlapping_and_touching_days_are_one_span(spans, merged):
    assert list(rules.merged(spans)) == merged


@pytest.mark.parametrize(
    ("birth_date", "age"), [(None, 70), (date(1954, 6, 13), 70), (date(1954, 6, 14), 69)]
)
def test_age_is_in_full_years_where_the_day_is_known(birth_date, age):
    assert rules.age_on(date(2024, 6, 13), birth_year=1954, birth_date=birth_date) == age


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("024 3885 1234", True), ("+84 24.3885-1234", True), ("12345", False), ("không có", False)],
)
def test_a_phone_number_is_digits(text, is_one):
    assert rules.is_phone(text) is is_one
