from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

import pytest

from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import (
    Entry,
    Norm,
    Problem,
    RuleField,
    RuleSource,
    ValueKind,
    as_lines,
    count_working_days,
    flag,
    from_lines,
    known_rules,
    nearest,
    overlaps,
    rows,
    rule_fields,
    share,
    sheet,
    whole,
    word,
)

SOURCE = RuleSource("12-HD/BTCTW", "Hướng dẫn", "mục 1", "C", is_confirmed=False, source_url="")
CITY, DISTRICT, CELL, BESIDE = "0001.", "0001.0002.", "0001.0002.0003.", "0001.0004."


def read_line(row):
    if not row["code"]:
        raise ValueError(row)
    return row["code"]


@dataclass(frozen=True)
class SampleRules:
    prefix: ClassVar[str] = "sample"

    minutes: int | None = whole("Least length", 15, 480, "minutes")
    part: Fraction | None = share("Part")  # noqa: RUF009 -- returns field()
    asked: bool | None = flag("Asked")
    side: str | None = word("Side", "≥", ">")
    steps: tuple[str, ...] | None = rows("Steps", read_line, "code", "title")


FIELDS = rule_fields(SampleRules)
NORM = RuleField("Attendance", ValueKind.NORM)


def entry(value, *, key="sample.minutes", scope="", first=date(2018, 7, 6), last=None):
    return Entry(scope, key, value, first, last, SOURCE)


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("minutes", 90, None),
        ("minutes", 15, None),
        ("minutes", 480, None),
        ("minutes", 14, Problem.OUT_OF_RANGE),
        ("minutes", 481, Problem.OUT_OF_RANGE),
        ("minutes", "90", Problem.NOT_WHOLE),
        ("minutes", 90.5, Problem.NOT_WHOLE),
        ("minutes", True, Problem.NOT_WHOLE),
        ("part", "0.85", None),
        ("part", "2/3", None),
        ("part", "1", None),
        ("part", "1.01", Problem.NOT_A_SHARE),
        ("part", "-0.1", Problem.NOT_A_SHARE),
        ("part", "1/0", Problem.NOT_A_SHARE),
        ("part", 0.85, Problem.NOT_A_SHARE),
        ("part", "nhiều", Problem.NOT_A_SHARE),
        ("asked", True, None),
        ("asked", "yes", Problem.NOT_A_FLAG),
        ("asked", 1, Problem.NOT_A_FLAG),
        ("side", ">", None),
        ("side", "<", Problem.NOT_AN_OPTION),
        ("side", [], Problem.NOT_AN_OPTION),
        ("steps", [{"code": "a", "title": "A"}], None),
        ("steps", [], Problem.NOT_ROWS),
        ("steps", [{"code": ""}], Problem.NOT_ROWS),
        ("steps", [{"title": "A"}], Problem.NOT_ROWS),
        ("steps", "a", Problem.NOT_ROWS),
        ("steps", ["a"], Problem.NOT_ROWS),
    ],
)
def test_a_value_has_the_shape_of_its_rule(name, raw, problem):
    assert FIELDS[name].problem_with(raw) == problem


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"share": "0.9", "bound": "≥"}, None),
        ({"share": "0.85", "bound": ">", "none_unexcused": True}, None),
        ({"share": "0.9", "bound": "<"}, Problem.NOT_A_NORM),
        ({"share": "9", "bound": "≥"}, Problem.NOT_A_NORM),
        ({"share": "0.9", "bound": "≥", "colour": "red"}, Problem.NOT_A_NORM),
        ({"share": "0.9", "bound": "≥", "none_unexcused": "yes"}, Problem.NOT_A_NORM),
        ({"bound": "≥"}, Problem.NOT_A_NORM),
        ("0.9", Problem.NOT_A_NORM),
    ],
)
def test_a_norm_has_a_share_and_a_side(raw, problem):
    assert NORM.problem_with(raw) == problem


@pytest.mark.parametrize(
    ("bound", "value", "met"),
    [
        (">", Fraction(85, 100), False),
        (">", Fraction(8501, 10000), True),
        ("≥", Fraction(85, 100), True),
        ("≥", Fraction(8499, 10000), False),
        ("≤", Fraction(85, 100), True),
        ("≤", Fraction(86, 100), False),
        ("=", Fraction(85, 100), True),
        ("=", Fraction(86, 100), False),
    ],
)
def test_exactly_on_the_threshold_counts_as_its_side_says(bound, value, met):
    assert Norm(Fraction("0.85"), bound).is_met_by(value) is met


@pytest.mark.parametrize(
    ("scope", "expected"), [(CELL, 120), (DISTRICT, 120), (CITY, 90), (BESIDE, 90)]
)
def test_the_nearest_scope_wins(scope, expected):
    book = RuleBook([entry(90), entry(120, scope=DISTRICT)])

    assert book.in_force(SampleRules, scope, date(2024, 1, 1)).values.minutes == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 7, 5), None),
        (date(2018, 7, 6), 90),
        (date(2025, 10, 27), 90),
        (date(2025, 10, 28), 100),
        (date(2030, 1, 1), 100),
    ],
)
def test_the_value_of_the_day_counts_and_before_the_first_there_is_no_rule(day, expected):
    book = RuleBook([entry(90, last=date(2025, 10, 27)), entry(100, first=date(2025, 10, 28))])

    assert book.in_force(SampleRules, CELL, day).values.minutes == expected


def test_a_local_rule_holds_for_its_time_only():
    local = entry(60, scope=DISTRICT, first=date(2024, 1, 1), last=date(2024, 6, 30))
    book = RuleBook([entry(90), local])

    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1)]
    assert [book.in_force(SampleRules, CELL, day).values.minutes for day in days] == [
        90,
        60,
        60,
        90,
    ]


def test_every_value_names_its_source_and_what_has_none_names_none():
    answer = RuleBook([entry(90)]).in_force(SampleRules, CELL, date(2024, 1, 1))

    assert answer.source_of("minutes") == SOURCE
    assert answer.source_of("part") is None
    assert answer.values.part is None


def test_values_are_read_as_the_rules_compute_with_them():
    book = RuleBook(
        [
            entry("0.85", key="sample.part"),
            entry([{"code": "a"}, {"code": "b"}], key="sample.steps"),
            entry(False, key="sample.asked"),
        ]
    )

    values = book.in_force(SampleRules, CITY, date(2024, 1, 1)).values

    assert (values.part, values.steps, values.asked) == (Fraction(17, 20), ("a", "b"), False)


def test_a_target_and_a_criterion_are_kept_apart():
    book = RuleBook(
        [
            entry({"share": "0.9", "bound": "≥"}, key="targets.ATT"),
            entry({"share": "0.85", "bound": ">", "none_unexcused": True}, key="criteria.ATT"),
        ]
    )

    target = book.target("ATT", CELL, date(2024, 6, 30))
    criterion = book.criterion("ATT", CELL, date(2024, 6, 30))

    assert (target.share, target.bound, target.none_unexcused) == (Fraction(9, 10), "≥", False)
    assert (criterion.share, criterion.bound, criterion.none_unexcused) == (
        Fraction(17, 20),
        ">",
        True,
    )
    assert book.target("TASK", CELL, date(2024, 6, 30)) is None
    assert book.target("ATT", CELL, date(2017, 1, 1)) is None


def test_an_answer_is_found_once_for_all_places_under_the_same_scopes():
    book = RuleBook([entry(90), entry(120, scope=DISTRICT)])
    day = date(2024, 1, 1)

    assert book.scopes_over(CELL) == ("", DISTRICT)
    assert book.scopes_over(BESIDE) == ("",)
    assert book.in_force(SampleRules, CELL, day) is book.in_force(SampleRules, DISTRICT, day)


def test_nearest_finds_nothing_where_nothing_holds():
    assert nearest([entry(90)], ("",), date(2000, 1, 1)) is None
    assert nearest([entry(90, scope=BESIDE)], ("", DISTRICT), date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ((1, 10), (10, 20), True),
        ((1, 10), (11, 20), False),
        ((11, 20), (1, 10), False),
        ((1, None), (20, 21), True),
        ((20, None), (1, 19), False),
        ((1, None), (5, None), True),
    ],
)
def test_two_times_overlap_when_they_share_a_day(first, second, together):
    def on(number):
        return None if number is None else date(2024, 1, number)

    assert overlaps(on(first[0]), on(first[1]), on(second[0]), on(second[1])) is together


def test_a_list_is_edited_as_lines():
    rule = FIELDS["steps"]
    raw = [{"code": "a", "title": "Mở đầu"}, {"code": "b", "title": "Kết luận | biểu quyết"}]

    assert as_lines(rule, raw) == "a | Mở đầu\nb | Kết luận | biểu quyết"
    assert from_lines(rule, as_lines(rule, raw)) == raw
    assert from_lines(rule, "\n c \n") == [{"code": "c"}]


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2024, 6, 14), 1, date(2024, 6, 17)),
        (date(2024, 6, 13), 1, date(2024, 6, 14)),
        (date(2024, 6, 17), -1, date(2024, 6, 14)),
        (date(2024, 6, 15), 0, date(2024, 6, 15)),
        (date(2024, 6, 10), 10, date(2024, 6, 24)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day, number, expected):
    assert count_working_days(day, number, lambda d: d.weekday() < 5) == expected


def test_indicators_of_the_programme_may_have_a_target_and_a_criterion():
    for code in ("ATT", "MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "TASK", "TRAIN"):
        assert known_rules()[f"targets.{code}"].kind is ValueKind.NORM
        assert known_rules()[f"criteria.{code}"].kind is ValueKind.NORM


def test_a_whole_sheet_is_checked_and_read_by_its_own_app():
    def read(raw):
        if not raw["title"]:
            raise ValueError(raw)
        return raw["title"].upper()

    rule = sheet("A sheet", read, page="x:one", pages="x:all").metadata["rule"]

    assert rule.problem_with({"title": "phiếu"}) is None
    assert rule.read({"title": "phiếu"}) == "PHIẾU"
    for raw in ({"title": ""}, {}, [], "phiếu", None):
        assert rule.problem_with(raw) is Problem.NOT_A_SHEET
