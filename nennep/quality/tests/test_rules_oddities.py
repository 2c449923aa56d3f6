"""What deserves a second look: by table, without a database."""

from datetime import date
from fractions import Fraction
from random import Random
from time import perf_counter

import pytest

from nennep.quality.choices import OddityKind
from nennep.quality.rules.likeness import likeness, shingles, words_of
from nennep.quality.rules.oddities import (
    HeldMeeting,
    OddityRules,
    findings,
    open_above_on,
    points_of,
)

RULES = OddityRules(
    alike_share=Fraction("0.85"), alike_runs=5, short_minutes=15,
    full_meetings=3, full_members=10, equal_scores=3, own_days=30,
)  # fmt: skip
SAID = "Đồng chí An đề nghị sửa đường ngõ ba trước mùa mưa và vận động nhân dân hiến đất mở ngõ"
SYLLABLES = [
    "chi",
    "bộ",
    "thôn",
    "xóm",
    "đường",
    "ngõ",
    "dân",
    "vận",
    "hiến",
    "đất",
    "mở",
    "rộng",
    "sửa",
    "chữa",
    "mùa",
    "mưa",
    "học",
    "tập",
    "quỹ",
    "thu",
]


def found(rules=RULES, minutes=95, **more):
    return {(each.kind, each.measure) for each in findings(rules, minutes=minutes, **more)}


def held(*meetings):
    """(present, required) and points, month by month from January."""
    return [
        HeldMeeting(date(2024, number, 1), present, required, points)
        for number, (present, required, points) in enumerate(meetings, 1)
    ]


def spoken(seed, words):
    """Somebody's words: drawn, so that two people say different things."""
    chance = Random(seed)
    return " ".join(chance.choice(SYLLABLES) for _ in range(words))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("a b c d", "a b c d", Fraction(1)),
        ("a b c d", "A, b c; đ", Fraction(1)),  # capitals, marks and accents make no other word
        ("a b c d", "a b c e", Fraction(1, 3)),
        ("a b c d", "e f g h", Fraction(0)),
        ("a b", "a b", Fraction(0)),  # too short for a run of words
        ("", "", Fraction(0)),
    ],
)
def test_texts_are_as_alike_as_the_runs_of_words_they_share(one, other, share):
    assert likeness(shingles([one]), shingles([other])) == share


def test_no_run_of_words_goes_from_one_text_into_the_next():
    assert shingles(["a b", "c d"]) == frozenset()
    assert words_of("Ngõ 3 – “hiến đất”…") == ["ngo", "3", "hien", "dat"]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(2, {(OddityKind.VERY_SHORT, 2)}), (15, {(OddityKind.VERY_SHORT, 15)}), (16, set())],
)
def test_a_meeting_of_a_few_minutes_is_noticed(minutes, expected):
    assert found(minutes=minutes) == expected


def test_minutes_like_last_months_are_noticed_and_others_not():
    same, other = shingles([SAID]), shingles([spoken(1, 30)])

    assert found(written=same, before=same) == {(OddityKind.MINUTES_ALIKE, Fraction(1))}
    assert found(written=same, before=other) == set()
    assert found(written=shingles(["a b c d"]), before=shingles(["a b c d"])) == set()  # too short


FULL, MISSED, SMALL = (12, 12, ()), (11, 12, ()), (4, 4, ())


@pytest.mark.parametrize(
    ("year", "count"),
    [
        ((FULL, FULL), 0),
        ((FULL, FULL, FULL), 3),
        ((MISSED, FULL, FULL, FULL), 3),
        ((FULL, FULL, FULL, FULL), 0),  # told once when the number is reached …
        ((FULL,) * 6, 6),  # … and again when it is reached once more
        ((FULL, FULL, FULL, MISSED), 0),
        ((SMALL, SMALL, SMALL), 0),
    ],
)
def test_always_everybody_present_is_told_once_each_time_the_number_is_reached(year, count):
    expected = {(OddityKind.ALWAYS_FULL, Fraction(count))} if count else set()
    assert found(year=held(*year)) == expected


ONE, TWO, NONE = (1, 2, (("1", "5"), ("2", "9"))), (1, 2, (("1", "4"), ("2", "9"))), (1, 2, ())


@pytest.mark.parametrize(
    ("year", "count"),
    [
        ((ONE, ONE, ONE), 3),
        ((ONE, ONE), 0),
        ((ONE, TWO, ONE), 0),
        ((TWO, ONE, ONE, ONE), 3),
        ((ONE, NONE, ONE, ONE), 0),
        ((NONE, NONE, NONE), 0),
    ],
)
def test_points_that_never_change_are_noticed(year, count):
    expected = {(OddityKind.SCORES_EQUAL, Fraction(count))} if count else set()
    assert found(year=held(*year)) == expected


def test_what_no_rule_names_is_not_looked_for():
    same = shingles([SAID])
    assert found(OddityRules(), minutes=1, year=held(FULL, FULL, FULL), written=same, before=same) == set()  # fmt: skip
    assert open_above_on(date(2024, 6, 3), OddityRules()) is None
    assert open_above_on(date(2024, 6, 3), RULES) == date(2024, 7, 3)


def test_a_sheet_without_points_has_none_to_compare():
    assert points_of({"1": [True, "fact"], "2": [False, "person", "x"]}) == ()
    assert points_of({"2": ["4.5", "person"], "1": [3, "fact"]}) == (("1", "3"), ("2", "4.5"))


def test_minutes_of_29_members_are_compared_within_milliseconds():
    """Each of 29 members says 80 words; the best of five runs, so that a busy machine does not decide."""
    now = [spoken(number, 80) for number in range(29)]
    last = [spoken(number + 100, 80) for number in range(29)]

    def once():
        began = perf_counter()
        likeness(shingles(now), shingles(last))
        return perf_counter() - began

    assert min(once() for _ in range(5)) < 0.02
