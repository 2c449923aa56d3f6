"""The annex tables of a programme's review as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nennep.core.text import vn_date
from nennep.papers.xlsx import Sheet, SheetColumn
from nennep.reports.queries.findings import Findings
from nennep.reports.queries.programme_chapters import sentence_of, stated_text, title_of
from nennep.reports.queries.review_files import review_workbook
from nennep.reports.queries.review_words import verdict_text
from nennep.reports.queries.wording import in_vietnamese, norm_words, with_fraction, wording


@in_vietnamese
def programme_workbook(found: Findings) -> bytes:
    """The figures of the months, and beside them what was stated, carried out and said."""
    more = [_figures(found), _adopted(found), _contributions(found)]
    return review_workbook(found.review, more, title_of(found))


def _sheet(name: str, columns: Sequence[tuple[str, int]], rows: list[list[Any]]) -> Sheet:
    words = wording("review")
    heads = [SheetColumn(words["columns"][title], width=width) for title, width in columns]
    return Sheet(
        words["sheets"][name], columns=heads, rows=rows, heading=words["annexes"][name], notes=[]
    )


def _figures(found: Findings) -> Sheet:
    """Measured and stated in columns of their own."""
    columns = [
        ("indicator", 46), ("target", 16), ("measured", 26), ("verdict", 14), ("stated", 30),
        ("difference", 14), ("source", 70),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for line in found.lines:
        figure = line.figure
        own = [
            line.name,
            norm_words(figure.target) if figure else "–",
            with_fraction(figure) if figure else "–",
            verdict_text(figure) if figure and line.asked else "",
        ]
        rows.extend(
            [*own, stated_text(r.stated), _difference(r.difference), sentence_of(r.stated)]
            for r in line.stated
        )
        if not line.stated:
            rows.append([*own, "", "", ""])
    return _sheet("programme", columns, rows)


def _difference(value: Any) -> Any:
    return "" if value is None else round(float(value), 1)


def _adopted(found: Findings) -> Sheet:
    rows = [
        [each.unit.name, each.document or "–", vn_date(each.since) if each.since else ""]
        for each in found.below
    ]
    return _sheet("adopted", [("unit", 46), ("document", 40), ("since", 16)], rows)


def _contributions(found: Findings) -> Sheet:
    """Every line that came in, and who has not answered."""
    words = wording("review")["one_page"]
    rows = [
        [line.contributor.unit.name, words[line.kind], line.text, "x" if line.is_chosen else ""]
        for line in found.contributions
    ]
    silent = wording("review")["annexes"]["not_answered"]
    rows += [[each.unit.name, silent, "", ""] for each in found.not_answered]
    columns = [("unit", 46), ("kind", 24), ("line", 90), ("reported", 14)]
    return _sheet("contributions", columns, rows)
