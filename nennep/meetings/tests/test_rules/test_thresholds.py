"""The two rule sets that are shipped, and what holds on which day."""

from datetime import date
from fractions import Fraction

import pytest

from nennep.meetings.rules import Compulsory, MeetingRules, Step, StepBlock
from nennep.meetings.rules.thresholds import PROOFS
from nennep.regulations.queries import RuleBook, preset_bases, preset_sets
from nennep.regulations.rules import Entry, RuleSource, known_rules, rule_fields

HD12, HD42 = date(2023, 6, 13), date(2026, 6, 13)
BASES = {row["code"]: row for row in preset_bases()}


def shipped():
    """The presets as a book, without a database."""
    return RuleBook(
        Entry(
            "",
            value.key,
            value.value,
            value.valid_from,
            value.valid_to,
            RuleSource(
                BASES[value.basis]["symbol"],
                BASES[value.basis]["title"],
                value.clause,
                value.mark,
                is_confirmed=False,
                source_url=BASES[value.basis].get("source_url", ""),
            ),
        )
        for preset in preset_sets()
        for value in preset.values
    )


def rules_on(day):
    return shipped().in_force(MeetingRules, "0001.0002.", day)


@pytest.mark.parametrize(
    ("name", "under_hd12", "under_hd42"),
    [
        ("regular_per_month", 1, 1),
        ("committee_per_month", 1, 1),
        ("thematic_per_quarter", 1, 1),
        ("due_day", None, 3),
        ("grace_days", None, 7),
        ("minimum_minutes", 90, 90),
        ("combined_minutes", 120, 120),
        ("small_cell_minutes", None, None),
        ("small_cell_members", None, None),
        ("attendance_share", Fraction(85, 100), Fraction(90, 100)),
        ("attendance_bound", ">", "≥"),
        ("no_unexcused", True, True),
        ("max_excused_running", 3, 3),
        ("papers_days_before", 1, 1),
        ("finished_days_after", None, 2),
        ("majority", Fraction(1, 2), Fraction(1, 2)),
        ("qualified_majority", Fraction(2, 3), Fraction(2, 3)),
        ("minimum_official_members", 3, 3),
        ("minimum_for_committee", 9, 9),
        ("minimum_for_groups", 30, 30),
        ("alert_months", 3, 3),
        ("dues_line", None, True),
        ("scoring", None, True),
        ("congress_is_regular", False, False),
        ("online_allowed", None, False),
        ("signing_line", "T/M CHI BỘ", "T/M CHI BỘ"),
    ],
)
def test_what_hd12_did_not_ask_is_no_rule_then(name, under_hd12, under_hd42):
    assert getattr(rules_on(HD12).values, name) == under_hd12
    assert getattr(rules_on(HD42).values, name) == under_hd42


@pytest.mark.parametrize(
    ("name", "under_hd12", "under_hd42"),
    [
        ("regular_per_month", "C", "C"),
        ("committee_per_month", "C", "C"),
        ("thematic_per_quarter", "P", "C"),  # the sources read speak of HD 42
        ("due_day", None, "P"),
        ("grace_days", None, "D"),
        ("minimum_minutes", "C", "C"),
        ("combined_minutes", "P", "C"),
        ("attendance_share", "C", "P"),
        ("attendance_bound", "C", "P"),
        ("no_unexcused", "C", "P"),
        ("max_excused_running", "C", "D"),
        ("papers_days_before", "P", "C"),
        ("finished_days_after", None, "C"),
        ("dues_line", None, "P"),
        ("scoring", None, "P"),
        ("steps_regular", "C", "P"),
        ("steps_thematic", "C", "P"),
        ("majority", "P", "D"),
        ("qualified_majority", "P", "D"),
        ("minimum_official_members", "C", "C"),
        ("minimum_for_committee", "C", "C"),
        ("minimum_for_groups", "C", "C"),
        ("alert_months", "C", "C"),
        ("online_allowed", None, "D"),
        ("congress_is_regular", "D", "D"),
        ("signing_line", "D", "P"),
    ],
)
def test_each_value_is_as_certain_as_its_source(name, under_hd12, under_hd42):
    """[C] certain, [P] one digest, [D] a setting of our own."""

    def mark(day):
        source = rules_on(day).source_of(name)
        return source and source.mark

    assert (mark(HD12), mark(HD42)) == (under_hd12, under_hd42)


@pytest.mark.parametrize(
    ("day", "mark"),
    [(date(2025, 7, 1), "C"), (date(2026, 4, 7), "C"), (date(2026, 4, 8), "D")],
)
def test_what_294_said_is_certain_while_it_was_in_force(day, mark):
    for name in ("majority", "qualified_majority", "online_allowed"):
        assert rules_on(day).source_of(name).mark == mark


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2018, 7, 5), None),
        (date(2018, 7, 6), Fraction(85, 100)),
        (date(2025, 10, 27), Fraction(85, 100)),
        (date(2025, 10, 28), Fraction(90, 100)),
    ],
)
def test_the_rule_sets_change_on_their_days(day, share):
    assert rules_on(day).values.attendance_share == share


def test_the_criterion_changes_while_the_programmes_target_stays():
    book = shipped()

    assert (book.criterion("ATT", "", HD12).share, book.criterion("ATT", "", HD12).bound) == (
        Fraction(85, 100),
        ">",
    )
    assert (book.criterion("ATT", "", HD42).share, book.criterion("ATT", "", HD42).bound) == (
        Fraction(90, 100),
        "≥",
    )
    assert book.target("ATT", "", HD12).share == book.target("ATT", "", HD42).share
    assert book.target("ATT", "", HD12).source.symbol == "11-ĐA/TU"


def test_votes_always_have_their_shares():
    for day in (date(2021, 7, 1), date(2025, 7, 1), date(2026, 4, 8), date(2026, 7, 26)):
        values = rules_on(day).values
        assert (values.majority, values.qualified_majority) == (Fraction(1, 2), Fraction(2, 3))


def test_a_regular_meeting_has_fourteen_steps_under_hd12_and_sixteen_under_hd42():
    old = [step.code for step in rules_on(HD12).values.steps_regular]
    new = [step.code for step in rules_on(HD42).values.steps_regular]

    assert (len(old), len(new)) == (14, 16)
    assert [code for code in new if code not in old] == ["reg.dues", "reg.score"]
    assert [code for code in new if code in old] == old
    assert (new[3], new[14]) == ("reg.dues", "reg.score")


@pytest.mark.parametrize("day", [HD12, HD42])
def test_only_the_resolution_is_asked_where_there_is_one(day):
    steps = rules_on(day).values.steps_regular

    assert [step.code for step in steps if step.is_conditional] == ["reg.resolution"]
    assert all(step.is_compulsory for step in steps if not step.is_conditional)


@pytest.mark.parametrize("day", [HD12, HD42])
def test_which_of_the_ten_thematic_steps_are_compulsory_is_our_own_reading(day):
    steps = rules_on(day).values.steps_thematic

    assert len(steps) == 10
    assert {step.compulsory_mark for step in steps} == {"D"}
    assert sum(step.is_compulsory for step in steps) == 6
    assert [step.code for step in steps if step.block is StepBlock.PREPARE] == [
        "them.plan",
        "them.author",
        "them.approved",
        "them.sent",
    ]


def test_every_shipped_value_names_a_basis_a_clause_and_a_mark_and_has_its_shape():
    for preset in preset_sets():
        for value in preset.values:
            assert value.basis in BASES, value.key
            assert value.clause, value.key
            assert value.mark in {"C", "P", "D"}, value.key
            assert value.key in known_rules(), value.key
            assert known_rules()[value.key].problem_with(value.value) is None, value.key


def test_what_is_our_own_setting_says_so():
    source = rules_on(HD42).source_of("grace_days")

    assert source.is_setting
    assert not rules_on(HD42).source_of("due_day").is_setting


def test_every_rule_has_a_label_and_starts_unknown():
    assert all(rule.label for rule in rule_fields(MeetingRules).values())
    assert all(getattr(MeetingRules(), name) is None for name in rule_fields(MeetingRules))


@pytest.mark.parametrize(
    "change",
    [
        {"code": "Mở đầu"},
        {"title": " "},
        {"block": "middle"},
        {"compulsory": "sometimes"},
        {"proven_by": "rumour"},
    ],
)
def test_a_line_that_is_no_step_is_refused(change):
    line = {"code": "reg.agenda", "title": "Thông qua chương trình", "block": "opening"}

    assert Step.read(line).compulsory is Compulsory.NO
    with pytest.raises(ValueError):  # noqa: PT011 -- any reading error counts
        Step.read({**line, **change})


def test_a_step_without_a_code_or_title_is_refused():
    with pytest.raises(KeyError):
        Step.read({"code": "reg.agenda", "block": "opening"})


def test_the_facts_that_prove_a_step_are_named_once():
    assert len(set(PROOFS)) == len(PROOFS)


@pytest.mark.parametrize("day", [HD12, HD42])
def test_a_roll_call_and_the_figure_are_held_against_the_same_clause(day):
    meeting, figure = rules_on(day).values, shipped().criterion("ATT", "0001.0002.", day)

    assert (meeting.attendance_share, meeting.attendance_bound, meeting.no_unexcused) == (
        figure.share, figure.bound, figure.norm.none_unexcused,
    )  # fmt: skip
