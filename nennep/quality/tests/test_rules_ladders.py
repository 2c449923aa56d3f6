"""Each option of each ladder that has a source, by table, and what the shipped sheets leave open."""

from dataclasses import replace
from fractions import Fraction

import pytest

from nennep.quality.rules.presets import examples
from nennep.quality.rules.scoring import Given, propose, score
from nennep.quality.rules.sheets import problems_of
from nennep.quality.tests.factories import example, facts, shipped


def points(sheet, code, **changes):
    criterion = next(c for c in sheet.lines if c.code == code)
    return propose(criterion, facts(**changes)).points


AN_PHU = [
    # 1 Time: meets 5, to 15' short 4, 15-30' short 3, half 2 (and what lies between, D), below half 1
    ("1", {"minutes": 90}, 5),
    ("1", {"minutes": 120}, 5),
    ("1", {"minutes": 89}, 4),
    ("1", {"minutes": 75}, 4),
    ("1", {"minutes": 74}, 3),
    ("1", {"minutes": 60}, 3),
    ("1", {"minutes": 59}, 2),
    ("1", {"minutes": 45}, 2),
    ("1", {"minutes": 44}, 1),
    ("1", {"minutes": 60, "minimum": 120}, 2),
    ("1", {"minutes": None}, None),
    ("1", {"minimum": None}, None),
    # 2 Attendance
    ("2.1", {"present": 27, "required": 30}, 4),
    ("2.1", {"present": 26, "required": 30}, 3),
    ("2.1", {"present": 75, "required": 100}, 3),
    ("2.1", {"present": 74, "required": 100}, 2),
    ("2.1", {"present": 65, "required": 100}, 2),
    ("2.1", {"present": 64, "required": 100}, 1),
    ("2.1", {"present": 29, "required": 30, "unexcused": 1}, 1),
    ("2.1", {"present": None}, None),
    ("2.2", {"excused_running": 0}, 1),
    ("2.2", {"excused_running": 1}, 0),
    ("2.2", {"excused_running": None}, None),
    # 3 Preparation
    ("3.1", {}, None),
    ("3.2", {}, None),
    ("3.3", {"committee_met": True}, 2),
    ("3.3", {"committee_met": False}, 0),
    ("3.4", {}, 1),
    ("3.4", {"superior_told": False}, 0),
    ("3.4", {"members_told": False}, 0),
    ("3.5", {"papers_days": 1}, 2),
    ("3.5", {"papers_days": 0}, 0),
    ("3.5", {"papers_days": -1}, 0),
    # 4 Organisation
    ("4.1", {"steps_missing": 0}, 5),
    ("4.1", {"steps_missing": 1}, None),
    ("4.2", {}, None),
    ("4.3", {}, None),
    ("4.4", {}, None),
    ("4.5", {"speakers": 51, "present": 100}, 5),
    ("4.5", {"speakers": 50, "present": 100}, 4),
    ("4.5", {"speakers": 40, "present": 100}, 4),
    ("4.5", {"speakers": 39, "present": 100}, 3),
    ("4.5", {"speakers": 30, "present": 100}, 3),
    ("4.5", {"speakers": 29, "present": 100}, 2),
    ("4.5", {"speakers": 0, "present": 100}, 2),
    ("4.5", {"speakers": None}, None),
    ("4.6", {}, 1),
    ("4.6", {"minutes_adopted": False}, 0),
    ("4.7", {}, None),
    ("4.8", {}, 1),
    ("4.8", {"papers_sent": False}, 0),
    # 5 Chairing, 6 Principles
    ("5.1", {}, None),
    ("5.2", {}, None),
    ("5.3", {}, None),
    ("5.4", {}, 1),
    ("5.4", {"concluded": False}, 0),
    ("6", {}, None),
    # 7 Results by the share of targets
    ("7", {"done": 10, "due": 10}, 30),
    ("7", {"done": 9, "due": 10}, 30),
    ("7", {"done": 89, "due": 100}, 27),
    ("7", {"done": 8, "due": 10}, 27),
    ("7", {"done": 79, "due": 100}, 24),
    ("7", {"done": 7, "due": 10}, 24),
    ("7", {"done": 69, "due": 100}, 20),
    ("7", {"done": 6, "due": 10}, 20),
    ("7", {"done": 59, "due": 100}, 15),
    ("7", {"done": 5, "due": 10}, 15),
    ("7", {"done": 49, "due": 100}, 10),
    ("7", {"done": 0, "due": 10}, 10),
    ("7", {"done": 0, "due": 0}, None),
    # 8 Closing
    ("8.1", {}, 2),
    ("8.1", {"concluded": False}, 0),
    ("8.2", {}, 2),
    ("8.2", {"minutes_adopted": False}, 0),
    ("8.3", {"finished_days": 2}, 1),
    ("8.3", {"finished_days": 3}, 0),
]


@pytest.mark.parametrize(("code", "changes", "expected"), AN_PHU)
def test_an_phu_gives_the_points_of_its_ladder(code, changes, expected):
    assert points(example("rb2"), code, **changes) == expected


def test_the_table_above_has_every_option_of_every_ladder_of_an_phu():
    sheet = example("rb2")
    wanted = {(c.code, option.points) for c in sheet.lines for option in c.options}
    shown = {(code, None if p is None else Fraction(p)) for code, _changes, p in AN_PHU}

    assert wanted - shown == set()


def test_an_phu_sums_to_a_hundred_with_its_bonus():
    sheet = example("rb2")

    assert sum(c.max for c in sheet.lines) == 100
    assert sum(c.max for c in sheet.lines if not c.is_bonus) == 99
    assert {h.code: sheet.max_below(h) for h in sheet.criteria if h.is_heading} == {
        "2": 5, "3": 10, "4": 30, "5": 10, "8": 5,
    }  # fmt: skip
    assert list(problems_of(sheet)) == []


CUT_OFFS = [("good", 90), ("fair", 70), ("medium", 50), ("poor", 0)]


def test_an_phu_has_the_maxima_and_cut_offs_of_its_source_and_says_that_it_rescales():
    sheet = example("rb2")

    assert {c.code: c.max for c in sheet.lines} == {
        "1": 5, "2.1": 4, "2.2": 1,
        "3.1": 3, "3.2": 2, "3.3": 2, "3.4": 1, "3.5": 2,
        "4.1": 5, "4.2": 10, "4.3": 5, "4.4": 2, "4.5": 5, "4.6": 1, "4.7": 1, "4.8": 1,
        "5.1": 2, "5.2": 4, "5.3": 3, "5.4": 1,
        "6": 5, "7": 30, "8.1": 2, "8.2": 2, "8.3": 1,
    }  # fmt: skip
    assert [(cut.klass, cut.least) for cut in sheet.classes] == CUT_OFFS
    assert [c.code for c in sheet.lines if c.only == "thematic"] == ["4.3"]
    assert sheet.left_out == "rescale"
    assert "quy đổi phần còn lại về 100 điểm [D]" in examples()["rb2"].sheet_regular["note"]


def test_what_no_source_gives_is_marked_as_our_own():
    marks = {
        (criterion.code, option.points): option.mark
        for criterion in example("rb2").lines
        for option in criterion.options
    }

    assert {found for found, mark in marks.items() if mark == "D"} == {
        ("1", 2), ("3.3", 0), ("3.4", 0), ("3.5", 0), ("4.1", None), ("4.6", 0), ("4.8", 0),
        ("5.4", 0), ("8.1", 0), ("8.1", 2), ("8.2", 0), ("8.2", 2), ("8.3", 0),
    }  # fmt: skip


@pytest.mark.parametrize("code", ["rb3", "rb4"])
def test_sheets_whose_sources_give_maxima_and_cut_offs_alone_propose_no_points(code):
    sheet = example(code)

    assert not sheet.proposes
    assert [(cut.klass, cut.least) for cut in sheet.classes] == CUT_OFFS


@pytest.mark.parametrize(
    ("lost", "klass", "failed"),
    [
        ({}, "good", ()),
        ({"5": 10}, "good", ()),
        ({"1": 1}, "fair", ("1",)),
        ({"4": 1, "2": 2}, "fair", ("2", "4")),
        ({"5": 11}, "fair", ()),
        ({"1": 31}, "medium", ()),
    ],
)
def test_the_gates_of_binh_thuan_hold_once_its_maxima_are_filled_in(lost, klass, failed):
    rb3, most = example("rb3"), {"1": 40, "2": 10, "3": 10, "4": 10, "5": 30}
    filled = tuple(replace(line, max=Fraction(most[line.code])) for line in rb3.criteria)
    sheet = replace(rb3, criteria=filled)
    given = {c.code: Given(c.max - lost.get(c.code, 0)) for c in sheet.lines}

    found = score(sheet, facts(), given)

    assert (found.total, found.klass) == (100 - sum(lost.values()), klass)
    assert found.failed_gates == failed


def test_a_paper_not_out_yet_is_presumed_to_go_out_in_time_and_says_so():
    criterion = next(c for c in example("rb2").lines if c.code == "8.3")

    early = propose(criterion, facts(finished_days=0, is_finished_open=True))
    over = propose(criterion, facts(finished_days=3, is_finished_open=True))

    assert (early.points, early.is_presumed) == (1, True)
    assert (over.points, over.is_presumed) == (0, False)


def test_a_cell_with_a_secretary_alone_gets_full_points_for_the_committee():
    found = score(example("rb2"), facts(has_preparers=False, committee_met=None))
    line = next(line for line in found.lines if line.criterion.code == "3.3")

    assert (line.points, line.origin) == (2, "fact")


def test_the_central_frame_has_the_maxima_and_cut_offs_of_its_source_and_proposes_no_points():
    sheet = shipped("rb1")

    assert {c.code: c.max for c in sheet.lines} == {
        "1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 25, "4.3": 10, "5": 5, "6": 30, "7": 5,
    }  # fmt: skip
    assert sum(c.max for c in sheet.lines) == sheet.total == 100
    assert [(cut.klass, cut.least) for cut in sheet.classes] == [
        ("good", 90), ("fair", 70), ("medium", 50), ("poor", 0),
    ]  # fmt: skip
    assert not sheet.proposes
    assert all(line.points is None for line in score(sheet, facts()).lines)


@pytest.mark.parametrize(
    ("code", "changes", "is_met"),
    [
        ("2", {"present": 27, "required": 30}, True),
        ("2", {"present": 26, "required": 30}, False),
        ("2", {"unexcused": 1}, False),
        ("4.1", {}, True),
        ("4.1", {"steps_missing": 2}, False),
        ("1", {"minutes": 89}, False),
        ("1", {}, None),
        ("3.2", {"papers_days": 0}, False),
        ("7", {"finished_days": 5}, False),
        ("6", {}, None),
    ],
)
def test_the_central_frame_shows_whether_a_criterion_s_own_words_are_met(code, changes, is_met):
    criterion = next(c for c in shipped("rb1").lines if c.code == code)

    assert propose(criterion, facts(**changes)).is_met is is_met


@pytest.mark.parametrize(
    ("changes", "is_met"),
    [
        ({"present": 86, "required": 100}, True),
        ({"present": 85, "required": 100}, False),
        ({"unexcused": 1}, False),
        ({"excused_running": 1}, False),
        ({"excused_running": None}, None),
        ({"excused_running": None, "unexcused": 2}, False),
    ],
)
def test_the_first_criterion_of_2018_is_settled_by_facts(changes, is_met):
    criterion = shipped("rb0").lines[0]

    assert propose(criterion, facts(**changes)).is_met is is_met


def test_a_meeting_of_2018_s_rules_has_criteria_met_or_not_and_no_points_and_no_class():
    found = score(shipped("rb0"), facts(minutes=80), {"4": Given(is_met=True)})

    assert [(line.is_met, line.points) for line in found.lines] == [
        (True, None), (None, None), (False, None), (True, None), (None, None),
    ]  # fmt: skip
    assert (found.total, found.klass) == (None, None)


def test_a_sheet_without_maxima_says_what_must_be_filled_before_it_can_be_used():
    problems = [(p.problem, p.code) for p in problems_of(example("rb3"))]

    assert problems == [("no_max", code) for code in "12345"] + [("total_differs", "")]


def test_a_sheet_of_groups_alone_proposes_nothing():
    sheet = example("rb4")

    assert {c.code: c.max for c in sheet.lines} == {"1": 15, "2": 20, "3": 45, "4": 20}
    assert list(problems_of(sheet)) == []
    assert not sheet.proposes
