"""How well reports are read: of what is told, how much is right; of what is there, how much is told.

`reports/worked_on` are reports of one author after which the vocabulary was mended, `reports/held_out`
that author's last round, for which nothing was mended, `reports/other_hand` those of a second author;
what each round gave at first stands in docs/algorithms. Beside `NAME.txt` stands `NAME.stated`: what a
careful reader found before the program read it, `INDICATOR BOUND VALUE` a line, then `@DAY` and `~PERIOD`
where the report tells them; empty for a report that states nothing of ours.
"""

import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from nennep.statements.rules.reading import read_report

REPORTS = Path(__file__).parents[1] / "reports"


def as_line(figure):
    value = figure.trend if figure.value is None else f"{float(figure.value):.10g}"
    return f"{figure.indicator} {figure.bound} {value}"


def as_read(path):
    return read_report(unicodedata.normalize("NFC", path.read_text()))


def stated(path):
    """Each line as its figure, and the days and periods that are told of it."""
    for line in path.with_suffix(".stated").read_text().splitlines():
        words = line.split()
        yield " ".join(words[:3]), words[3:]


def tallied(folder):
    """Right, told, there."""
    right = told = there = 0
    for path in sorted((REPORTS / folder).glob("*.txt")):
        expected = Counter(figure for figure, _when in stated(path))
        found = Counter(map(as_line, as_read(path).figures))
        right += (expected & found).total()
        told += found.total()
        there += expected.total()
    return right, told, there


@pytest.mark.parametrize(
    ("folder", "count", "precision", "recall"),
    [
        ("worked_on", 40, Fraction(98, 100), Fraction(98, 100)),
        ("held_out", 5, Fraction(90, 100), Fraction(95, 100)),
        ("other_hand", 50, Fraction(98, 100), Fraction(97, 100)),
    ],
)
def test_what_is_told_is_right_and_what_is_there_is_told(folder, count, precision, recall):
    right, told, there = tallied(folder)

    assert len(list((REPORTS / folder).glob("*.txt"))) == count
    assert Fraction(right, told) >= precision
    assert Fraction(right, there) >= recall


def test_a_figure_holds_on_the_day_and_for_the_period_that_the_report_tells():
    told = {
        (path.stem, figure, sign)
        for path in (REPORTS / "other_hand").glob("*.txt")
        for figure, when in stated(path)
        for sign in when
    }
    found = {
        (path.stem, as_line(figure), sign)
        for path in (REPORTS / "other_hand").glob("*.txt")
        for figure in as_read(path).figures
        for sign in (f"@{figure.as_of}", f"~{figure.period}")
    }

    assert len(told) > 30
    assert told <= found


@pytest.mark.parametrize(
    "name",
    [
        *(
            f"worked_on/{name}.txt"
            for name in ("nong-thon-moi", "mat-tran", "hoi-nong-dan", "tin-doan")
        ),
        *(
            f"other_hand/{name}.txt"
            for name in (
                "hoi-nghi-phu-nu",
                "huyen-doan",
                "cuu-chien-binh",
                "nong-dan-2",
                "nghi-quyet-ke-hoach",
            )
        ),
    ],
)
def test_a_report_of_farms_unions_and_households_states_nothing_of_ours(name):
    report = as_read(REPORTS / name)

    assert report.figures == []
    assert report.unplaced
