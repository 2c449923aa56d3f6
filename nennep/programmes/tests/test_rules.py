from datetime import date
from fractions import Fraction

import pytest

from nennep.programmes.rules import Aim, Asked, Position, binding, keeps, position

NINETY, WHOLE = Fraction(9, 10), Fraction(1)


def asked(share, symbol, bound="≥", **more):
    return Asked("ATT", Aim(bound, share), symbol, "", is_confirmed=False, **more)


@pytest.mark.parametrize(
    ("lower", "higher", "kept"),
    [
        (("≥", "0.9"), ("≥", "0.9"), True),
        (("≥", "0.95"), ("≥", "0.9"), True),
        (("=", "1"), ("≥", "0.9"), True),
        (("≥", "0.85"), ("≥", "0.9"), False),
        (("≤", "0.95"), ("≥", "0.9"), False),
        (("=", "1"), ("=", "1"), True),
        (("≥", "1"), ("=", "1"), True),
        (("≥", "0.99"), ("=", "1"), False),
        (("≤", "0.1"), ("≤", "0.2"), True),
        (("≤", "0.3"), ("≤", "0.2"), False),
        (("≥", "0.1"), ("≤", "0.2"), False),
    ],
)
def test_a_lower_programme_keeps_a_higher_target_or_loosens_it(lower, higher, kept):
    one, other = (Aim(bound, Fraction(share)) for bound, share in (lower, higher))

    assert keeps(one, other) is kept


def test_the_lowest_target_binds_where_it_keeps_those_above():
    found = binding([[asked(Fraction("0.95"), "13-ĐA/HU")], [asked(NINETY, "11-ĐA/TU")]])

    assert found["ATT"].symbol == "13-ĐA/HU"


def test_a_looser_target_binds_only_where_it_says_why():
    silent = binding([[asked(Fraction("0.8"), "13-ĐA/HU")], [asked(NINETY, "11-ĐA/TU")]])
    said = binding(
        [
            [asked(Fraction("0.8"), "13-ĐA/HU", looser_because="Chi bộ công nhân đi ca")],
            [asked(NINETY, "11-ĐA/TU")],
        ]
    )

    assert (silent["ATT"].symbol, said["ATT"].symbol) == ("11-ĐA/TU", "13-ĐA/HU")


def test_what_only_the_higher_programme_asks_binds_below_too():
    assert binding([[], [asked(NINETY, "11-ĐA/TU")]])["ATT"].symbol == "11-ĐA/TU"


@pytest.mark.parametrize(
    ("value", "due", "stands"),
    [
        (None, None, Position.UNKNOWN),
        (NINETY, None, Position.MET),
        (Fraction(8, 10), None, Position.MISSED),
        (Fraction(8, 10), date(2024, 12, 31), Position.UNDER_WAY),
        (Fraction(8, 10), date(2024, 6, 13), Position.UNDER_WAY),
        (Fraction(8, 10), date(2024, 6, 12), Position.MISSED),
    ],
)
def test_how_a_unit_stands_to_a_target_on_a_day(value, due, stands):
    assert position(Aim("≥", NINETY), value, due, date(2024, 6, 13)) == stands
