from datetime import date

import pytest

from nennep.meetings.rules.absences import months_of_long_excuse, months_of_third_unexcused

WORDS = {"p": "present", "e": "excused", "u": "unexcused"}


def year(letters, of=2023):
    """One letter a month from January; a dot is a month in which the member was not required."""
    return [(date(of, n, 1), WORDS[letter]) for n, letter in enumerate(letters, 1) if letter != "."]


@pytest.mark.parametrize(
    ("letters", "months"),
    [
        ("ppuupp", []),
        ("uuu", [3]),
        ("upuepu", [6]),
        ("uuuu", [3, 4]),
        ("eee", []),
    ],
)
def test_the_third_unexcused_month_of_a_year_is_an_alarm_and_so_is_every_further_one(
    letters, months
):
    assert [m.month for m in months_of_third_unexcused(year(letters))] == months


@pytest.mark.parametrize(
    ("letters", "months"),
    [
        ("eee", []),  # three running: no more than three
        ("eeee", [4]),
        ("eeeee", [4, 5]),
        ("eeepe", []),
        ("eee.e", [5]),  # not required in April: the streak goes on
        ("eeeue", []),
    ],
)
def test_more_than_three_excused_months_running_are_an_alarm(letters, months):
    assert [m.month for m in months_of_long_excuse(year(letters))] == months


def test_both_begin_anew_with_the_calendar_year():
    across = year("..........uu") + year("u", of=2024)
    excused = year("..........ee") + year("ee", of=2024)

    assert list(months_of_third_unexcused(across)) == []
    assert list(months_of_long_excuse(excused)) == []
