from fractions import Fraction

import pytest

from nennep.quality.rules.presets import examples
from nennep.quality.rules.years import MonthResult, average, period_class, read_year


def year(classes, points=95, **more):
    """Twelve months, one letter each: good, fair, medium, poor, not held, unclassed."""
    names = {"g": "good", "f": "fair", "m": "medium", "p": "poor", "-": None, "?": None}
    return [
        MonthResult(
            is_held=letter != "-",
            klass=names[letter],
            points=Fraction(points) if names[letter] else None,
            **more,
        )
        for letter in classes
    ]


BINH_THUAN = [
    ("gggggggggggg", 95, "good"),
    ("ggggggggggff", 95, "good"),
    ("gggggggggfff", 95, None),  # nine months good
    ("gggggggggggm", 95, None),
    ("gggggggggggp", 95, None),
    ("ggggggggggg-", 95, None),  # one month not held
    ("ggggggggggg?", 95, "good"),  # held, not classed: nothing against it
    ("gggggggggggg", 89, None),
    ("gggggggggggg", 90, "good"),
]


@pytest.mark.parametrize(("months", "points", "klass"), BINH_THUAN)
def test_the_year_of_binh_thuan(months, points, klass):
    rules = read_year(examples()["rb3"].year)

    assert period_class(year(months, points), rules) == klass


def test_a_missed_thematic_meeting_costs_the_year():
    rules = read_year(examples()["rb3"].year)
    months = year("gggggggggggg", thematic_expected=1, thematic_held=1)

    assert period_class(months, rules) == "good"
    assert period_class([*months[:-1], MonthResult(klass="good", points=Fraction(95), thematic_expected=1)], rules) is None  # fmt: skip


PHU_THO = [
    ("gggggggfffff", "good"),
    ("ggggggffffff", "fair"),
    ("gggggggffffm", "fair"),
    ("gggggggffffp", None),
    ("gggggggffff?", None),  # a month without a class is not at least fair
    ("gggggggffff-", None),
]


@pytest.mark.parametrize(("months", "klass"), PHU_THO)
def test_the_year_of_phu_tho(months, klass):
    rules = read_year(examples()["rb4"].year)

    assert period_class(year(months), rules) == klass


def test_without_a_rule_or_without_a_class_nothing_is_said():
    rules = read_year(examples()["rb4"].year)

    assert period_class(year("gggggggggggg"), None) is None
    assert period_class(year("????????????"), rules) is None


def test_the_average_is_of_the_months_that_have_points():
    assert average(year("gg?-", 90)) == 90
    assert average(year("??")) is None


@pytest.mark.parametrize(
    "raw",
    [
        {"title": "", "classes": [{"class": "good"}]},
        {"title": "x", "classes": []},
        {"title": "x", "classes": [{"class": "best"}]},
        {"title": "x", "classes": [{"class": "fair"}, {"class": "good"}]},
        {"title": "x", "classes": [{"class": "good", "none_of": ["bad"]}]},
        {"title": "x", "classes": [{"class": "good", "at_least": {"bad": 1}}]},
    ],
)
def test_what_cannot_be_a_rule_of_the_year_is_refused(raw):
    with pytest.raises((ValueError, KeyError)):
        read_year(raw)
