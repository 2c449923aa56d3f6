"""Whole reports of invented places, each with every figure that a careful reader finds in it.

Beside `NAME.txt` stands `NAME.figures`: a line a figure, and the numbers that are none of ours.
"""

from pathlib import Path

import pytest

from nennep.statements.rules.reading import read_report

REPORTS = sorted((Path(__file__).parents[1] / "reports").glob("*.txt"))


def as_line(figure) -> str:
    value = (
        figure.trend
        if figure.value is None
        else f"{figure.value:g}"
        if isinstance(figure.value, float)
        else figure.value
    )
    period = f" ({figure.period})" if figure.period else ""
    return f"{figure.indicator} {figure.bound} {value} {figure.measure}, {figure.of}{period}"


def as_lines(report) -> list[str]:
    held = report.event.day.isoformat() if report.event else "-"
    others = "; ".join(" ".join(span.of(report.text).split()) for span in report.unplaced)
    return [
        f"{report.unit.name}, {held}",
        *(f"[{scheme.symbol}] {scheme.issuer or '-'}" for scheme in report.schemes),
        *map(as_line, report.figures),
        f"không xếp: {others}",
    ]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_gives_the_figures_a_careful_reader_finds_and_no_other(path):
    expected = path.with_suffix(".figures").read_text().splitlines()

    assert as_lines(read_report(path.read_text())) == expected
