"""Years and blocks of a review beside one another, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nennep.indicators.queries.figures import Figure
from nennep.organisation.choices import Block
from nennep.reports.queries.findings import Findings, Line
from nennep.reports.queries.review_tables import year_label


@dataclass(frozen=True)
class Across:
    """One row for each indicator, one column for each year or block."""

    heads: Sequence[str]
    rows: Sequence[tuple[Line, Sequence[Figure | None]]]


def year_table(found: Findings) -> Across:
    heads = [year_label(y.year, y.period.first, y.period.last) for y in found.years]
    return Across(heads, [(line, line.years) for line in found.lines if line.figure])


def block_table(found: Findings) -> Across:
    blocks = found.review.by_block
    heads = [str(Block(block).label) for block in blocks]
    rows = [
        (line, [figures.get(line.code) for figures in blocks.values()])
        for line in found.lines
        if line.figure
    ]
    return Across(heads, rows)
