from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.quality.rules.facts import FACTS, MeetingFacts
from nennep.quality.rules.scoring import Given, gap, propose, score
from nennep.quality.rules.sheets import BadSheet, Demand, Gate, read_sheet
from nennep.quality.tests.factories import example, facts, shipped, simple


def all_given(sheet, lost=()):
    """Everything a person has to set, at full points but for what is lost."""
    lost = dict(lost)
    return {c.code: Given(c.max - lost.get(c.code, 0)) for c in sheet.lines}


def test_the_sheet_is_open_until_every_line_is_set():
    found = score(example("rb2"), facts())

    assert [line.criterion.code for line in found.missing] == [
        "3.1", "3.2", "4.2", "4.3", "4.4", "4.7", "5.1", "5.2", "5.3", "6",
    ]  # fmt: skip
    assert (found.total, found.klass) == (None, None)


@pytest.mark.parametrize(
    ("lost", "klass"),
    [(0, "good"), (10, "good"), ("10.5", "fair"), (30, "fair"), (31, "medium"), (50, "medium"),
     (51, "poor"), (100, "poor")],
)  # fmt: skip
def test_the_class_follows_the_cut_offs_exactly(lost, klass):
    sheet, left, losses = shipped("rb1"), Fraction(lost), {}
    for criterion in sheet.lines:
        losses[criterion.code] = min(left, criterion.max)
        left -= losses[criterion.code]

    found = score(sheet, facts(), all_given(sheet, losses))

    assert (found.total, found.klass) == (100 - Fraction(lost), klass)


def test_what_a_person_changes_is_theirs_and_what_agrees_with_the_fact_stays_the_fact_s():
    sheet = example("rb2")
    found = score(sheet, facts(), {"1": Given(Fraction(5)), "7": Given(Fraction(24), reason="…")})
    lines = {line.criterion.code: line for line in found.lines}

    assert (lines["1"].points, lines["1"].origin) == (5, "fact")
    assert (lines["7"].points, lines["7"].origin, lines["7"].reason) == (24, "person", "…")
    assert lines["7"].proposal.points == 30


def test_a_month_without_a_thematic_meeting_is_rescaled_where_the_sheet_says_so():
    sheet = example("rb2")
    given = all_given(sheet, {"7": 10})

    rescaled = score(sheet, facts(has_thematic=False), given)
    kept = score(replace(sheet, left_out="keep"), facts(has_thematic=False), given)
    with_one = score(sheet, facts(), given)

    assert rescaled.total == Fraction(85 * 100, 95)
    assert kept.total == 85
    assert with_one.total == 90


@pytest.mark.parametrize(
    ("total", "lost", "klass", "failed"),
    [(96, "1", "fair", ("1",)), (96, "5", "good", ()), (80, "1", "fair", ())],
)
def test_a_gate_keeps_a_meeting_from_the_class_it_has_the_points_for(total, lost, klass, failed):
    sheet = read_sheet(
        {
            "title": "Có điều kiện chặn", "has_points": True, "total": 100,
            "criteria": [{"code": c, "title": c, "max": 20} for c in "12345"],
            "classes": [{"class": "good", "from": 90}, {"class": "fair", "from": 70},
                        {"class": "poor", "from": 0}],
            "gates": [{"class": "good", "criteria": ["1", "2"]}],
        }
    )  # fmt: skip

    found = score(sheet, facts(), all_given(sheet, {lost: 100 - total}))

    assert (found.total, found.klass, found.failed_gates) == (total, klass, failed)


def test_gates_of_two_classes_bring_a_meeting_down_twice():
    sheet = replace(shipped("rb1"), gates=(Gate("good", ("1",)), Gate("fair", ("2",))))

    found = score(sheet, facts(), all_given(sheet, {"1": 1, "2": 1}))

    assert (found.total, found.klass, found.failed_gates) == (98, "medium", ("1", "2"))


def test_a_bonus_is_not_lost_when_it_is_not_won_and_never_lifts_the_total_above_the_whole():
    sheet = read_sheet(simple() | {
        "total": 5,
        "criteria": [
            {"code": "1", "title": "Một", "max": 5},
            {"code": "2", "title": "Thưởng", "max": 2, "is_bonus": True},
        ],
    })  # fmt: skip

    both = score(sheet, facts(), {"1": Given(Fraction(5)), "2": Given(Fraction(2))})
    none = score(sheet, facts(), {"1": Given(Fraction(5)), "2": Given(Fraction(0))})

    assert both.total == none.total == 5
    assert [line.lost for line in none.lines] == [0, 0]


def test_points_beyond_the_maximum_are_never_counted():
    found = score(shipped("rb1"), facts(), {"1": Given(Fraction(50)), "2": Given(Fraction(-3))})

    assert [line.points for line in found.lines[:2]] == [5, 0]


def test_the_gap_counts_how_many_classes_a_cell_judged_itself_better():
    assert gap("good", "fair") == 1
    assert gap("good", "poor") == 3
    assert gap("medium", "good") == -2


@pytest.mark.parametrize(
    ("problem", "change"),
    [
        ("test", {"options": [{"points": 5, "title": "x", "when": ["attendance"]}]}),
        ("test", {"options": [{"points": 5, "title": "x", "when": ["weather ≥ 1"]}]}),
        ("test_side", {"options": [{"points": 5, "title": "x", "when": ["attendance ≤ 90%"]}]}),
        ("test_side", {"options": [{"points": 5, "title": "x", "when": ["unexcused ≥ 1"]}]}),
        ("points_out_of_range", {"options": [{"points": 6, "title": "x"}]}),
        ("ladder_goes_up", {"options": [{"points": 1, "title": "x", "when": ["unexcused ≤ 0"]},
                                        {"points": 2, "title": "y"}]}),
        ("rest_before_the_end", {"options": [{"points": 2, "title": "x"},
                                             {"points": 1, "title": "y"}]}),
        ("option_without_words", {"options": [{"points": 2}]}),
        ("no_max", {"max": None}),
        ("no_max", {"max": 0}),
        ("number", {"max": "năm"}),
        ("number", {"max": 0.5}),
        ("no_title", {"title": " "}),
        ("code", {"code": "1."}),
        ("condition", {"only": "sometimes"}),
        ("fact", {"shows": ["weather"]}),
        ("mark", {"mark": "X"}),
    ],
)  # fmt: skip
def test_what_cannot_be_a_criterion_is_named(problem, change):
    raw = simple()
    raw["criteria"][0].update(change)

    with pytest.raises(BadSheet) as bad:
        read_sheet(raw)

    assert (bad.value.problem, bad.value.code) == (problem, change.get("code", "1"))


@pytest.mark.parametrize(
    ("problem", "change"),
    [
        ("no_title", {"title": ""}),
        ("no_criteria", {"criteria": []}),
        ("total_differs", {"total": 6}),
        ("no_total", {"total": None}),
        ("left_out", {"left_out": "lost"}),
        ("classes", {"classes": [{"class": "good", "from": 1}]}),
        ("classes", {"classes": [{"class": "poor", "from": 4}, {"class": "good", "from": 0}]}),
        ("classes", {"classes": [{"class": "good", "from": 6}, {"class": "poor", "from": 0}]}),
        ("classes", {"classes": [{"class": "best", "from": 4}, {"class": "poor", "from": 0}]}),
        ("gate", {"gates": [{"class": "good", "criteria": ["9"]}]}),
        ("gate", {"gates": [{"class": "poor", "criteria": ["1"]}]}),
        ("cut_off", {"classes": [{"class": "good"}]}),
    ],
)  # fmt: skip
def test_what_cannot_be_a_sheet_is_named(problem, change):
    with pytest.raises(BadSheet) as bad:
        read_sheet(simple() | change)

    assert bad.value.problem == problem


def test_a_test_is_written_as_people_read_it():
    assert Demand.read("attendance ≥ 90%") == Demand("attendance", Fraction(9, 10))
    assert Demand.read("spoke > 1/2") == Demand("spoke", Fraction(1, 2), is_strict=True)
    assert Demand.read("minutes_short  ≤ 15").sign == "≤"


def test_the_facts_of_a_meeting_are_kept_and_read_back():
    meeting = facts(has_preparers=False, unexcused=0, members_told=False, due=None)

    assert MeetingFacts.of(meeting.kept() | {"unknown": 1}) == meeting


# Facts as anything a meeting may leave behind, unknown ones included.
COUNTS = st.one_of(st.none(), st.integers(0, 40))
FLAGS = st.one_of(st.none(), st.booleans())
MEETINGS = st.builds(
    MeetingFacts,
    kind=st.just("regular"),
    has_thematic=st.booleans(),
    has_preparers=st.booleans(),
    minutes=st.one_of(st.none(), st.integers(1, 240)),
    minimum=st.sampled_from([None, 60, 90, 120]),
    in_time=FLAGS, present=COUNTS, required=COUNTS, unexcused=COUNTS, excused_running=COUNTS,
    speakers=COUNTS, committee_met=FLAGS, members_told=FLAGS, superior_told=FLAGS,
    papers_days=st.one_of(st.none(), st.integers(-1, 9)), papers_sent=FLAGS, steps_missing=COUNTS,
    minutes_adopted=FLAGS, concluded=FLAGS, finished_days=COUNTS, is_finished_open=st.booleans(),
    done=COUNTS, due=COUNTS,
)  # fmt: skip
SHEETS = [shipped("rb0"), shipped("rb1"), example("rb2"), example("rb4")]
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(MEETINGS, st.sampled_from(SHEETS), st.data())
def test_points_never_exceed_the_maximum(meeting, sheet, data):
    codes = st.sampled_from([c.code for c in sheet.lines])
    points = st.fractions(-5, 120)
    given_points = data.draw(st.dictionaries(codes, st.builds(Given, points=points)))
    if not sheet.has_points:
        given_points = {}

    found = score(sheet, meeting, given_points)

    assert all(0 <= line.points <= line.max for line in found.lines if line.points is not None)
    assert found.total is None or 0 <= found.total <= sheet.total


@UNHURRIED
@given(MEETINGS, st.sampled_from(SHEETS), st.data())
def test_a_better_fact_never_lowers_the_score(meeting, sheet, data):
    """One recorded fact is made better: every line has as many points as before, or more.

    Or it is open: with an unrecorded fact beside it a better one may leave the rung to a person.
    """
    name, better = data.draw(st.sampled_from(_better(meeting) or [("kind", "regular")]))
    before, after = score(sheet, meeting), score(sheet, replace(meeting, **{name: better}))

    for old, new in zip(before.lines, after.lines, strict=True):
        assert not (old.is_set and new.is_set) or _worth(new) >= _worth(old)
    if before.total is not None and after.total is not None:
        assert after.total >= before.total


def _better(meeting):
    """Every improvement of one recorded fact; a share is improved by its part."""
    plain = [fact for fact in FACTS.values() if fact.parts is None and fact.code != "minutes_short"]
    found = []
    for fact in plain:
        value = getattr(meeting, fact.code)
        if isinstance(value, bool):
            found.append((fact.code, True))
        elif value is not None:
            found.append((fact.code, value + 1 if fact.more_is_better else max(value - 1, 0)))
    parts = ["minutes", "done", "speakers"]
    # Who is present is also the whole that speakers are a part of.
    parts += ["present"] if meeting.speakers is None else []
    found += [(p, getattr(meeting, p) + 1) for p in parts if getattr(meeting, p) is not None]
    return found


def _worth(line):
    if not line.is_asked:
        return 0
    return line.points if line.points is not None else int(line.is_met)


def test_every_proposal_of_the_shipped_sheets_names_the_rung_it_stands_on():
    for criterion in example("rb2").lines:
        proposal = propose(criterion, facts())
        assert (proposal.points is not None) == (proposal.option is not None)
