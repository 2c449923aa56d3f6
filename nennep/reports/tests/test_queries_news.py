"""Drafts made of the figures of two districts state what the press reports of June 2024 state.

The figures are put in place of those counted (programme.md §2); what the draft says is read back by
the product's own reader of reports.
"""

import re
from dataclasses import replace
from datetime import date

import pytest

from nennep.indicators.tests.factories_tree import TODAY
from nennep.organisation.models import Unit
from nennep.papers.render import render
from nennep.programmes.actions import register_programme
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.rules import Position
from nennep.recognition.queries.ratings import YearLevels
from nennep.regulations.models import Basis
from nennep.reports.actions import ask_for, begin_review, choose, contribute
from nennep.reports.choices import ContributionKind
from nennep.reports.models import Contribution
from nennep.reports.queries.findings import findings
from nennep.reports.queries.news import news_of, news_paper
from nennep.reports.tests.factories import confirmed_report, district, terms
from nennep.reports.tests.test_views_outcomes import notes_of
from nennep.statements.rules.reading import read_report

pytestmark = pytest.mark.django_db
HELD = {"MTG_REG": (15_904, 16_180), "MTG_THEM": (4_925, 5_151)}
SOC_SON = {
    "ORG.grassroots": (87, None), "ORG.members": (15420, None), "ORG.cells": (527, None),
    "ORG.grassroots_cells": (47, None), "ORG.cells_under_committees": (480, None),
    "TRAIN.secretary": (527, 527), "EHB": (15420, 15420), "DISS.cells": (527, 527),
    "MTG_REG.cells": (391, 527), "MTG_THEM.cells": (401, 527), "MTG_STEP.cells": (264, 527),
    "ATT": (401_364, 431_875), "TASK": (7_332, 8_496), "SUP.visits": (2_785, None), **HELD,
}  # fmt: skip
PHUC_THO = {
    "ORG.grassroots": (58, None), "ORG.members": (6300, None), "ORG.cells": (240, None),
    "ORG.grassroots_cells": (32, None), "ORG.cells_under_committees": (208, None),
    "ATT": (170_755, 180_591), "DISS.cells": (240, 240), "TRAIN.secretary": (240, 240),
    "EHB": (6300, 6300), "TASK_DONE": (20_556, 21_526), **HELD,
    **dict.fromkeys(("MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "TASK"), (240, 240)),
}  # fmt: skip
MISSED = {"MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "TASK"}
SHORT, LONG = 360, 440  # syllables of an item of about 400
REWARDED = """Huyện A khen thưởng

Ngày 13/6/2024, Huyện ủy A sơ kết 3 năm thực hiện Đề án số 11-ĐA/TU.
Huyện ủy A khen thưởng 5 tập thể, 5 cá nhân.
"""
SAID = {
    ContributionKind.WORKED: ["Tài liệu gửi trước buổi sinh hoạt, đảng viên phát biểu nhiều hơn."],
    ContributionKind.NOT_WORKED: ["Đảng viên làm việc xa khó tham gia đều các kỳ sinh hoạt."],
    ContributionKind.PROPOSAL: [
        "Thành ủy sớm ban hành cuốn cẩm nang công tác tổ chức xây dựng đảng để bí thư chi bộ tra cứu."
    ],
}


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return district()


def draft(tree, name, scheme, counted, held_on, *, missed=frozenset()):
    """The draft of a district of this name, whose figures are these."""
    own = register_programme(
        tree.district, kind=ProgrammeKind.SCHEME, basis=Basis.objects.get(code=scheme),
        carries_out=tree.programme, by=tree.clerk,
    )  # fmt: skip
    review = begin_review(
        tree.district, terms=terms(tree, programme=own, stated="3 năm", held_on=held_on),
        by=tree.clerk,
    )  # fmt: skip
    speak(review, by=tree.clerk)
    review.unit.name, review.unit.parent = name, Unit(name="Đảng bộ thành phố Hà Nội")
    found = findings(review)
    figures = dict(found.review.figures)
    for code, (numerator, denominator) in counted.items():
        figures[code] = replace(figures[code], numerator=numerator, denominator=denominator)
    years = [replace(year, figures=figures) for year in found.review.by_year]
    lines = [
        replace(line, figure=figures.get(line.code), position=stands(line, counted, missed))
        for line in found.lines
    ]
    levels = [YearLevels(year, {"good": 188 + year - 2021}) for year in (2021, 2022, 2023)]
    counts = replace(found.review, figures=figures, by_year=years)
    return replace(found, lines=lines, review=counts, levels=levels)


def stands(line, counted, missed):
    if not line.asked or line.code not in counted:
        return line.position
    return Position.MISSED if line.code in missed else Position.MET


def speak(review, *, by):
    """A commune tells what worked and what did not; the district asks for a handbook."""
    ask_for(review, due_on=date(2024, 6, 20), by=by)
    for each in review.contributors.select_related("unit"):
        kinds = [ContributionKind.PROPOSAL] if each.unit == review.unit else [*SAID][:2]
        contribute(each, lines={kind: SAID[kind] for kind in kinds}, by=by)
    lines = Contribution.objects.filter(contributor__review=review)
    choose(review, lines=[line.pk for line in lines], by=by)


def soc_son(tree):
    confirmed_report(tree, REWARDED)
    return draft(
        tree, "Đảng bộ huyện Sóc Sơn", "da-01-hu-soc-son", SOC_SON, date(2024, 6, 13), missed=MISSED
    )


def phuc_tho(tree):
    confirmed_report(tree)
    return draft(tree, "Đảng bộ huyện Phúc Thọ", "da-13-hu-phuc-tho", PHUC_THO, date(2024, 6, 14))


def read_back(found):
    read = read_report(news_of(found).text)
    return read, {(each.indicator, each.value or each.trend, each.bound) for each in read.figures}


def test_the_draft_of_soc_son_states_what_the_press_states(tree):
    read, figures = read_back(soc_son(tree))

    assert read.unit.name == "Đảng bộ huyện Sóc Sơn"
    assert (read.event.kind, read.event.day) == ("sơ kết", date(2024, 6, 13))
    assert [(each.symbol, each.day) for each in read.schemes] == [
        ("11-ĐA/TU", date(2021, 12, 6)),
        ("01-ĐA/HU", None),
    ]
    assert figures == {
        ("ORG.grassroots", 87, "="), ("ORG.members", 15420, "="), ("TRAIN", 100, "="),
        ("ORG.grassroots_cells", 47, "="), ("ORG.cells_under_committees", 480, "="),
        ("EHB", 100, "="), ("RANK", "up", "="), ("ATT", 90, "≥"), ("TASK", 86.3, "="),
        ("MTG_REG", 98.3, "="), ("MTG_REG.cells", 74.2, "="), ("MTG_THEM.cells", 76.1, "="),
        ("MTG_STEP.cells", 50.1, "="),
        ("REWARD.collectives", 5, "="), ("REWARD.persons", 5, "="),
    }  # fmt: skip
    assert [each.kind for each in read.sayings] == ["dissemination", "request"]


def test_the_draft_of_phuc_tho_states_what_the_press_states(tree):
    read, figures = read_back(phuc_tho(tree))

    assert (read.event.kind, read.event.day) == ("sơ kết", date(2024, 6, 14))
    assert [each.symbol for each in read.schemes] == ["11-ĐA/TU", "13-ĐA/HU"]
    assert figures == {
        ("ORG.grassroots", 58, "="), ("ORG.members", 6300, "="), ("TRAIN", 100, "="),
        ("ORG.grassroots_cells", 32, "="), ("ORG.cells_under_committees", 208, "="),
        ("DOC", 29, "="), ("MTG_REG.cells", 100, "="), ("MTG_THEM.cells", 100, "="),
        ("MTG_STEP.cells", 100, "="), ("ATT", 90, "≥"), ("TASK", 100, "="), ("RANK", "up", "="),
        ("EHB", 100, "="), ("MTG_REG", 15_904, "="), ("MTG_THEM", 4_925, "="),
    }  # fmt: skip
    assert [each.kind for each in read.sayings] == ["dissemination", "targets_met", "request"]


@pytest.mark.parametrize("district_of", [soc_son, phuc_tho])
def test_a_draft_is_about_as_long_as_an_item_of_the_press(tree, district_of):
    text = news_of(district_of(tree)).text

    assert SHORT <= len(text.split()) <= LONG


def test_what_is_nought_is_left_out_or_said_in_words(tree):
    nothing = {
        **SOC_SON, "ORG.grassroots_cells": (0, None), "ORG.grassroots": (40, None),
        "MTG_THEM.cells": (0, 527), "EHB": (0, 15420), "DISS.cells": (0, 527),
        "TRAIN.secretary": (0, 527), "SUP.visits": (0, None),
    }  # fmt: skip
    found = draft(
        tree, "Đảng bộ huyện Sóc Sơn", "da-01-hu-soc-son", nothing, date(2024, 6, 13), missed=MISSED
    )

    text = news_of(found).text

    assert "Chưa chi bộ nào tổ chức sinh hoạt chuyên đề đủ các quý." in text
    assert "40 tổ chức cơ sở đảng, đều là đảng bộ cơ sở, với 480 chi bộ trực thuộc." in text
    assert not re.search(r"(?<![\d.,])0(?:%| )", text)
    assert "Sổ tay" not in text


def test_who_edits_the_draft_finds_numerator_denominator_and_source_below_it(tree):
    notes = notes_of(render(news_paper(phuc_tho(tree)), "docx"))

    assert any("94,6% (170.755/180.591)" in note for note in notes)
