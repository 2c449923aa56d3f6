"""How well reports are read: of what is told, how much is right; of what is there, how much is told.

`reports/worked_on` are reports after which the vocabulary was mended, `reports/held_out` the last
round, for which nothing was mended; what each round gave at first stands in docs/algorithms. Beside `NAME.txt` stands `NAME.stated`: what a careful reader found before the
program read it, `INDICATOR BOUND VALUE` a line, empty for a report that states nothing of ours.
"""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from nennep.statements.rules.reading import read_report

REPORTS = Path(__file__).parents[1] / "reports"


def as_line(figure):
    value = figure.trend if figure.value is None else f"{float(figure.value):.10g}"
    return f"{figure.indicator} {figure.bound} {value}"


def tallied(folder):
    """Right, told, there."""
    right = told = there = 0
    for path in sorted((REPORTS / folder).glob("*.txt")):
        expected = Counter(path.with_suffix(".stated").read_text().splitlines())
        found = Counter(map(as_line, read_report(path.read_text()).figures))
        right += (expected & found).total()
        told += found.total()
        there += expected.total()
    return right, told, there


@pytest.mark.parametrize(
    ("folder", "count", "precision", "recall"),
    [
        ("worked_on", 40, Fraction(98, 100), Fraction(98, 100)),
        ("held_out", 5, Fraction(90, 100), Fraction(95, 100)),
    ],
)
def test_what_is_told_is_right_and_what_is_there_is_told(folder, count, precision, recall):
    right, told, there = tallied(folder)

    assert len(list((REPORTS / folder).glob("*.txt"))) == count
    assert Fraction(right, told) >= precision
    assert Fraction(right, there) >= recall


@pytest.mark.parametrize("name", ["nong-thon-moi", "mat-tran", "hoi-nong-dan", "tin-doan"])
def test_a_report_of_farms_unions_and_households_states_nothing_of_ours(name):
    report = read_report((REPORTS / "worked_on" / f"{name}.txt").read_text())

    assert report.figures == []
    assert report.unplaced
