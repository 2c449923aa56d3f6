"""Drafts made of the figures of two districts state what the press reports of June 2024 state.

The figures are put in place of those counted (programme.md §2); what the draft says is read back by
the product's own reader of reports.
"""

from dataclasses import replace
from datetime import date

import pytest

from nennep.indicators.tests.factories_tree import TODAY
from nennep.papers.render import render
from nennep.programmes.actions import register_programme
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.rules import Position
from nennep.recognition.queries.ratings import YearLevels
from nennep.regulations.models import Basis
from nennep.reports.actions import begin_review
from nennep.reports.queries.findings import findings
from nennep.reports.queries.news import news_of, news_paper
from nennep.reports.tests.factories import confirmed_report, district, terms
from nennep.reports.tests.test_views_outcomes import notes_of
from nennep.statements.rules.reading import read_report

pytestmark = pytest.mark.django_db
ALL_DONE = dict.fromkeys(("MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "TASK"), (240, 240))
SOC_SON = {
    "ORG.grassroots": (87, None), "ORG.members": (15420, None), "ORG.cells": (527, None),
    "ORG.grassroots_cells": (47, None), "ORG.cells_under_committees": (480, None),
    "TRAIN.secretary": (527, 527), "EHB": (15420, 15420), "DISS.cells": (527, 527),
}  # fmt: skip
PHUC_THO = {"ATT": (170_755, 180_591), "DISS.cells": (240, 240), **ALL_DONE}
REWARDED = """Huyện A khen thưởng

Ngày 13/6/2024, Huyện ủy A sơ kết 3 năm thực hiện Đề án số 11-ĐA/TU.
Huyện ủy A khen thưởng 5 tập thể, 5 cá nhân.
"""


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return district()


def draft(tree, name, scheme, counted, held_on):
    """The draft of a district of this name, whose figures are these."""
    own = register_programme(
        tree.district, kind=ProgrammeKind.SCHEME, basis=Basis.objects.get(code=scheme),
        carries_out=tree.programme, by=tree.clerk,
    )  # fmt: skip
    review = begin_review(
        tree.district, terms=terms(tree, programme=own, stated="3 năm", held_on=held_on),
        by=tree.clerk,
    )  # fmt: skip
    review.unit.name = name
    found = findings(review)
    figures = dict(found.review.figures)
    for code, (numerator, denominator) in counted.items():
        figures[code] = replace(figures[code], numerator=numerator, denominator=denominator)
    years = [replace(year, figures=figures) for year in found.review.by_year]
    lines = [
        replace(
            line,
            figure=figures.get(line.code),
            position=Position.MET if line.asked and line.code in counted else line.position,
        )
        for line in found.lines
    ]
    return replace(
        found,
        lines=lines,
        review=replace(found.review, figures=figures, by_year=years),
        levels=[YearLevels(year, {"good": 400 + year - 2020}) for year in (2021, 2022, 2023)],
    )


def read_back(found):
    read = read_report(news_of(found).text)
    return read, {(each.indicator, each.value, each.bound) for each in read.figures}


def test_the_draft_of_soc_son_states_what_the_press_states(tree):
    confirmed_report(tree, REWARDED)
    found = draft(tree, "Đảng bộ huyện Sóc Sơn", "da-01-hu-soc-son", SOC_SON, date(2024, 6, 13))

    read, figures = read_back(found)

    assert read.unit.name == "Đảng bộ huyện Sóc Sơn"
    assert (read.event.kind, read.event.day) == ("sơ kết", date(2024, 6, 13))
    assert [(each.symbol, each.day) for each in read.schemes] == [
        ("11-ĐA/TU", date(2021, 12, 6)),
        ("01-ĐA/HU", None),
    ]
    assert {
        ("ORG.grassroots", 87, "="), ("ORG.members", 15420, "="), ("TRAIN", 100, "="),
        ("ORG.grassroots_cells", 47, "="), ("ORG.cells_under_committees", 480, "="),
        ("EHB", 100, "="), ("RANK", None, "="),
        ("REWARD.collectives", 5, "="), ("REWARD.persons", 5, "="),
    } <= figures  # fmt: skip
    assert next(each.trend for each in read.figures if each.indicator == "RANK") == "up"
    assert "dissemination" in {each.kind for each in read.sayings}


def test_the_draft_of_phuc_tho_states_what_the_press_states(tree):
    confirmed_report(tree)
    found = draft(tree, "Đảng bộ huyện Phúc Thọ", "da-13-hu-phuc-tho", PHUC_THO, date(2024, 6, 14))

    read, figures = read_back(found)

    assert (read.event.kind, read.event.day) == ("sơ kết", date(2024, 6, 14))
    assert [each.symbol for each in read.schemes] == ["11-ĐA/TU", "13-ĐA/HU"]
    assert {
        ("DOC", 29, "="), ("MTG_REG.cells", 100, "="), ("MTG_THEM.cells", 100, "="),
        ("MTG_STEP.cells", 100, "="), ("ATT", 90, "≥"), ("TASK", 100, "="),
    } <= figures  # fmt: skip


def test_who_edits_the_draft_finds_numerator_denominator_and_source_below_it(tree):
    found = draft(tree, "Đảng bộ huyện Phúc Thọ", "da-13-hu-phuc-tho", PHUC_THO, date(2024, 6, 14))

    notes = notes_of(render(news_paper(found), "docx"))

    assert any("94,6% (170.755/180.591)" in note for note in notes)
