from dataclasses import dataclass
from fractions import Fraction

import pytest

from nennep.meetings.rules.attendance import (
    Absence,
    Contradiction,
    RollSheet,
    attendance_rows,
    contradiction,
    falls_short,
    presence_counts,
    strength_counts,
)
from nennep.meetings.rules.figures import FiguresProblem, RollFigures, problem_with
from nennep.members import rules as members


@dataclass(frozen=True)
class Somebody:
    member_id: int
    status: str = "required"
    is_official: bool = True

    @property
    def is_required(self):
        return members.is_required(self.status)

    @property
    def may_vote(self):
        return members.may_vote(self.status, is_official=self.is_official)


ROLL = [
    Somebody(1),
    Somebody(2),
    Somebody(3, is_official=False),
    Somebody(4, "exempt"),
    Somebody(5, "exempt"),
    Somebody(6, "away"),
    Somebody(7, "suspended"),
    Somebody(8, "here", is_official=False),
]


def test_everybody_expected_and_exempt_members_who_came_have_a_row():
    sheet = RollSheet({2: Absence("unexcused", "")}, exempt_came=frozenset({4}))
    rows = attendance_rows(ROLL, sheet, spoke={1, 2})
    assert [(r.member_id, r.status, r.presence, r.may_vote, r.spoke) for r in rows] == [
        (1, "required", "present", True, True),
        (2, "required", "unexcused", True, False),
        (3, "required", "present", False, False),
        (4, "exempt", "present", True, False),
        (8, "here", "present", False, False),
    ]


def test_the_counts_keep_three_bases_apart():
    sheet = RollSheet({2: Absence("excused", "ốm")}, exempt_came=frozenset({4}))
    strength = strength_counts(ROLL, sheet.exempt_came)
    presence = presence_counts(attendance_rows(ROLL, sheet, spoke={1, 4}))
    assert strength == (6, 1, 2, 1, 1, 1, 1, 1, 1)
    assert presence == (4, 3, 1, 0, 1, 2, 1)
    assert presence.required == sum(strength[:2]) - sum(strength[2:5]) + strength.here


def test_an_exempt_member_counts_in_neither_present_nor_required():
    none = presence_counts(attendance_rows(ROLL, RollSheet()))
    came = presence_counts(attendance_rows(ROLL, RollSheet(exempt_came=frozenset({4, 5}))))
    assert (none.required, none.present) == (came.required, came.present)
    assert came.exempt_present == 2


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (RollSheet({1: Absence()}, late=frozenset({2})), None),
        (RollSheet({99: Absence()}), (Contradiction.NOT_ON_ROLL, 99)),
        (RollSheet(late=frozenset({99})), (Contradiction.NOT_ON_ROLL, 99)),
        (RollSheet({6: Absence()}), (Contradiction.NOT_EXPECTED, 6)),
        (RollSheet({4: Absence()}), (Contradiction.NOT_EXPECTED, 4)),
        (RollSheet({1: Absence()}, late=frozenset({1})), (Contradiction.PRESENT_AND_ABSENT, 1)),
        (
            RollSheet({1: Absence()}, left_early=frozenset({1})),
            (Contradiction.PRESENT_AND_ABSENT, 1),
        ),
        (RollSheet(exempt_came=frozenset({1})), (Contradiction.NOT_EXEMPT, 1)),
        (RollSheet(late=frozenset({4})), (Contradiction.NOT_EXPECTED, 4)),
        (RollSheet(late=frozenset({4}), exempt_came=frozenset({4})), None),
    ],
)
def test_what_no_roll_call_can_say(sheet, found):
    assert contradiction(ROLL, sheet) == found


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, None),
        ({"present": 9}, FiguresProblem.REQUIRED_DIFFERS),
        ({"present": -1}, FiguresProblem.NEGATIVE),
        ({"exempt_present": 2}, FiguresProblem.MORE_EXEMPT_THAN_EXEMPT),
        ({"voters_away": 13}, FiguresProblem.MORE_VOTERS_THAN_MEMBERS),
        ({"speakers": 13}, FiguresProblem.MORE_SPEAKERS_THAN_PRESENT),
    ],
)
def test_figures_that_cannot_be_true_together(changed, found):
    given = {
        "official": 12,
        "probationary": 2,
        "present": 11,
        "excused": 1,
        "unexcused": 1,
        "exempt": 1,
    }
    assert problem_with(RollFigures(**(given | changed))) == found


@pytest.mark.parametrize(
    ("present", "unexcused", "bound", "falls"),
    [
        (9, 0, "≥", False),
        (9, 0, ">", True),  # exactly the share is not more than it
        (10, 0, ">", False),
        (8, 0, "≥", True),
        (9, 1, "≥", True),
    ],
)
def test_what_falls_short_of_the_criterion(present, unexcused, bound, falls):
    criterion = {"share": Fraction(9, 10), "bound": bound, "no_unexcused": True}
    assert falls_short(present, 10, unexcused, **criterion) == falls


def test_where_no_criterion_is_set_nothing_falls_short():
    none = {"share": None, "bound": None, "no_unexcused": None}
    assert not falls_short(1, 10, 9, **none)
    assert not falls_short(0, 0, 0, **none | {"share": Fraction(9, 10)})
