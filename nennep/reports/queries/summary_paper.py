"""The review on one page, for those who sit in the hall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nennep.core.text import vn_date, vn_number
from nennep.organisation.queries import place_of
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Column,
    Masthead,
    Note,
    Paper,
    Paragraph,
    Table,
)
from nennep.papers.symbols import place_and_date
from nennep.programmes.rules import Position
from nennep.reports.choices import ContributionKind
from nennep.reports.queries.findings import Findings, Line
from nennep.reports.queries.programme_chapters import stated_text, title_of
from nennep.reports.queries.review_words import period_text
from nennep.reports.queries.wording import fill, in_vietnamese, norm_text, with_fraction, wording

LINES_OF_A_KIND = 3  # what fits beside the table on one page
MOST_TARGETS, MOST_STATED = 8, 2


@in_vietnamese
def summary_paper(found: Findings) -> Paper:
    unit, parent = found.of.unit, found.of.unit.parent
    return Paper(
        Masthead(
            superior_body=committee_name(parent.name) if parent else "",
            issuing_body=committee_name(unit.name),
            place_and_date=place_and_date(place_of(unit) or "…", found.review.as_of),
        ),
        wording("review")["one_page"]["kind_title"],
        list(_blocks(found)),
        summary=title_of(found),
        day=found.review.as_of,
        file_stem=f"tom-tat-{unit.code}-{found.of.last_day:%Y-%m}",
    )


def _blocks(found: Findings) -> Iterator[Any]:
    words = wording("review")["one_page"]
    counts = {
        "members": vn_number(found.figure("ORG.members").numerator),
        "cells": vn_number(found.figure("ORG.cells").numerator),
        "grassroots": vn_number(found.figure("ORG.grassroots").numerator),
        "met": vn_number(found.met),
        "all": vn_number(len(found.asked_lines)),
        "unit": found.of.unit.name,
        "period": period_text(found.review),
    }
    yield Paragraph(fill(words["lead"], {}, **counts))
    yield _table(found)
    if found.is_something_chosen:
        yield _said(found)
    told = fill(words["source"], {}, as_of=vn_date(found.review.as_of))
    if found.stated:
        rows = found.stated[:MOST_STATED]
        said = "; ".join(f"{row.name.lower()} {stated_text(row.stated)}" for row in rows)
        told = f"{fill(words['stated'], {}, told=said)} {told}"
    yield Note(told)


def _said(found: Findings) -> Table:
    """The chosen lines of the three kinds beside one another."""
    words = wording("review")["one_page"]
    heads = [Column(words[kind.value], align=Align.LEFT) for kind in ContributionKind]
    lines = ([line.text for line in found.chosen(kind)] for kind in ContributionKind)
    cells = ["\n".join(f"- {text}" for text in each[:LINES_OF_A_KIND]) or "–" for each in lines]
    return Table(heads, [tuple(cells)], is_dense=True)


def _table(found: Findings) -> Table:
    words = wording("review")["columns"]
    heads = [
        Column(words["indicator"], width=7, align=Align.LEFT),
        Column(words["target"], width=2.2, align=Align.CENTER),
        Column(words["result"], width=4.6, align=Align.CENTER),
        Column(words["verdict"], width=2.2, align=Align.CENTER),
    ]
    return Table(heads, [_row(line) for line in found.asked_lines[:MOST_TARGETS]], is_dense=True)


def _row(line: Line) -> tuple[str, ...]:
    verdicts = wording("review")["verdicts"]
    told = {Position.MET: verdicts["met"], Position.MISSED: verdicts["missed"]}
    return (
        line.name,
        norm_text(line.figure.target) if line.figure else "–",
        with_fraction(line.figure) if line.figure else "–",
        told.get(line.position, verdicts["nothing_to_divide"]) if line.position else "–",
    )
