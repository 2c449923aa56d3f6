import pytest

from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules import Compulsory, MeetingRules, Step, StepBlock
from nennep.meetings.rules.length import minimum_minutes
from nennep.meetings.rules.steps import judge_steps, steps_of


def step(code, compulsory=Compulsory.ALWAYS, proven_by=""):
    return Step(code, code, StepBlock.CONDUCT, compulsory, proven_by)


STEPS = (
    step("roll_call", proven_by="roll_call"),
    step("discussion"),
    step("resolution", Compulsory.IF_ANY, "votes"),
    step("criticism", Compulsory.NO),
)
NONE = frozenset()


@pytest.mark.parametrize(
    ("is_declared", "skipped", "on_agenda", "proofs", "verdict"),
    [
        (True, NONE, NONE, NONE, ((), 0, 2)),
        (True, NONE, NONE, {"roll_call"}, ((), 1, 1)),
        (False, NONE, NONE, {"roll_call"}, (("discussion",), 1, 0)),
        (True, {"discussion"}, NONE, {"roll_call"}, (("discussion",), 1, 0)),
        (True, {"roll_call"}, NONE, {"roll_call"}, ((), 1, 1)),  # a fact proves what was excepted
        (True, {"criticism"}, NONE, NONE, ((), 0, 2)),  # not compulsory
        (True, {"resolution"}, NONE, NONE, ((), 0, 2)),  # not on the agenda
        (True, {"resolution"}, {"resolution"}, NONE, (("resolution",), 0, 2)),
        (True, {"resolution"}, {"resolution"}, {"votes"}, ((), 1, 2)),
    ],
)
def test_a_step_is_done_by_a_fact_or_by_declaration(
    is_declared, skipped, on_agenda, proofs, verdict
):
    found = judge_steps(
        STEPS,
        is_declared=is_declared,
        skipped=frozenset(skipped),
        on_agenda=frozenset(on_agenda),
        proofs=frozenset(proofs),
    )

    assert (found.missing, found.proven, found.declared) == verdict
    assert found.is_complete is (not verdict[0])


def test_a_combined_session_follows_both_orders():
    rules = MeetingRules(steps_regular=(step("a"),), steps_thematic=(step("b"),))

    assert [s.code for s in steps_of(MeetingKind.COMBINED, rules)] == ["a", "b"]
    assert steps_of(MeetingKind.EXTRAORDINARY, rules) is None
    assert steps_of(MeetingKind.COMBINED, MeetingRules()) is None


@pytest.mark.parametrize(
    ("kind", "strength", "minutes"),
    [
        (MeetingKind.REGULAR, 29, 90),
        (MeetingKind.COMBINED, 29, 120),
        (MeetingKind.REGULAR, 5, 60),  # very small, by the superior's decision
        (MeetingKind.COMBINED, 5, 120),
        (MeetingKind.THEMATIC, 29, None),
    ],
)
def test_the_least_length_depends_on_the_kind_and_on_a_very_small_cell(kind, strength, minutes):
    rules = MeetingRules(
        minimum_minutes=90, combined_minutes=120, small_cell_members=5, small_cell_minutes=60
    )

    assert minimum_minutes(kind, strength, rules) == minutes
    assert minimum_minutes(kind, strength, MeetingRules()) is None
