from fractions import Fraction

import pytest

from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.numbering import Obstacle, obstacle

RULES = MeetingRules(majority=Fraction(1, 2), minimum_official_members=3)
FINE = {
    "has_text": True, "has_term": True, "official": 9, "votes": [(True, True)], "rules": RULES,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, None),
        ({"has_text": False}, Obstacle.EMPTY),
        ({"official": 2}, Obstacle.TOO_FEW_OFFICIAL),
        ({"official": 2, "is_of_committee": True}, None),
        ({"votes": []}, Obstacle.NO_VOTE),
        ({"votes": [(False, True)]}, Obstacle.NOT_PASSED),
        ({"votes": [(True, False)]}, Obstacle.NO_EFFECT),
        ({"votes": [(False, True), (True, True)]}, None),
        ({"votes": [(True, True), (False, True)]}, Obstacle.NOT_PASSED),
        ({"has_term": False}, Obstacle.NO_TERM),
        ({"rules": MeetingRules(), "official": 1}, None),
    ],
)
def test_what_stands_in_the_way_of_a_resolution(changed, found):
    assert obstacle("NQ", **(FINE | changed)) == found


@pytest.mark.parametrize(
    ("votes", "found"), [([], None), ([(True, True)], None), ([(False, True)], Obstacle.NOT_PASSED)]
)
def test_a_conclusion_needs_no_vote_but_falls_with_one(votes, found):
    assert obstacle("KL", **(FINE | {"votes": votes})) == found
