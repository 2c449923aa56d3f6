from fractions import Fraction

import pytest

from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.votes import (
    Base,
    Flaw,
    Threshold,
    called,
    cannot_reach_majority,
    judge_vote,
    subjects,
    threshold_for,
)

RULES = MeetingRules(
    majority=Fraction(1, 2), qualified_majority=Fraction(2, 3), minimum_official_members=3
)


@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ("resolution", "> 1/2"),
        ("conclusion", "> 1/2"),
        ("exemption", "> 1/2"),
        ("admission", "≥ 2/3"),
        ("recognition", "≥ 2/3"),
        ("removal", "≥ 2/3"),
        ("expulsion", "≥ 2/3"),
        ("other", "> 1/2"),
    ],
)
def test_the_subject_decides_the_threshold(subject, label):
    threshold = threshold_for(subject, RULES)
    assert threshold is not None
    assert threshold.label == label


def test_a_vote_is_called_after_its_subject_and_those_who_vote():
    assert [called("resolution", kind) for kind in ("regular", "congress")] == [
        "Nghị quyết của chi bộ",
        "Nghị quyết của đại hội",
    ]
    assert called("conclusion", "cell_committee") == "Kết luận của chi ủy"
    assert called("admission", "regular") == "Đề nghị kết nạp đảng viên"


@pytest.mark.parametrize(
    ("subject", "in_favour", "base", "is_passed"),
    [
        ("resolution", 10, 20, False),  # half is not more than half
        ("resolution", 11, 20, True),
        ("resolution", 11, 21, True),
        ("resolution", 10, 21, False),
        ("admission", 13, 20, False),
        ("admission", 14, 20, True),
        ("admission", 14, 21, True),  # exactly two thirds
        ("admission", 0, 3, False),
        ("resolution", 0, 0, False),
    ],
)
def test_what_passes(subject, in_favour, base, is_passed):
    assert (
        judge_vote(subject, in_favour, Base(max(base, 3), max(base, 3) - base), RULES).is_passed
        == is_passed
    )


@pytest.mark.parametrize("base", range(1, 40))
@pytest.mark.parametrize("subject", ["resolution", "admission"])
def test_needed_is_the_fewest_that_pass(subject, base):
    threshold = threshold_for(subject, RULES)
    needed = threshold.needed(base)
    assert threshold.is_reached(needed, base)
    assert not threshold.is_reached(needed - 1, base)


def test_the_base_is_official_members_less_four_deductions():
    assert Base(official=20, away=1, suspended=1, exempt_absent=2, deducted_by_law=1).count == 15


def test_excused_absentees_stay_in_the_base():
    # 20 official members convened, four of them excused: 10 in favour are not more than half.
    assert not judge_vote("resolution", 10, Base(20), RULES).is_passed


@pytest.mark.parametrize(
    ("official", "of_committee", "flaw"),
    [(2, False, Flaw.TOO_FEW_OFFICIAL), (3, False, None), (2, True, None)],
)
def test_strength_decides_whether_a_cell_can_decide(official, of_committee, flaw):
    judged = judge_vote("resolution", official, Base(official), RULES, is_of_committee=of_committee)
    assert (judged.flaw, judged.is_passed) == (flaw, True)
    assert judged.is_effective == (flaw is None)


def test_three_official_members_of_whom_two_are_away_may_still_decide():
    assert judge_vote("resolution", 1, Base(3, away=2), RULES).is_effective


def test_without_a_rule_nothing_is_judged():
    judged = judge_vote("resolution", 5, Base(5), MeetingRules())
    assert (judged.threshold, judged.is_passed, judged.flaw) == ("", False, Flaw.NO_THRESHOLD)


@pytest.mark.parametrize(
    ("present", "base", "warned"), [(10, 20, True), (11, 20, False), (0, 0, True)]
)
def test_a_warning_when_the_majority_cannot_be_reached(present, base, warned):
    assert cannot_reach_majority(present, base, RULES) == warned
    assert not cannot_reach_majority(present, base, MeetingRules())


def test_personnel_and_discipline_are_written_on_paper():
    assert {s.code for s in subjects().values() if s.is_on_paper} == {"removal", "expulsion"}


def test_a_threshold_reads_as_people_write_it():
    assert Threshold(Fraction(2, 3), is_strict=False).label == "≥ 2/3"
