"""What stands ready for a review: counted, asked and stated, each by itself."""

from fractions import Fraction

import pytest

from nennep.indicators.tests.factories_tree import TODAY
from nennep.organisation.tests.factories import make_committee
from nennep.programmes.rules import Position
from nennep.reports.actions import contribute
from nennep.reports.choices import ContributionKind
from nennep.reports.queries.findings import findings
from nennep.reports.queries.steps import steps_of
from nennep.reports.queries.tables_on_page import block_table, year_table
from nennep.reports.tests.factories import STATED, asked, begun, confirmed_report, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return district()


def test_each_target_stands_beside_what_is_counted(tree):
    found = findings(begun(tree))

    lines = {line.code: line for line in found.lines}
    held = lines["MTG_REG.cells"]
    assert (held.figure.pair, held.position) == ((1, 3), Position.MISSED)
    assert (held.asked.symbol, held.asked.aim.share) == ("11-ĐA/TU", 1)
    assert lines["MTG_REG"].figure.pair == (12, 15)
    assert (lines["MTG_REG"].asked, lines["MTG_REG"].position) == (None, None)
    assert found.met == sum(line.position == Position.MET for line in found.lines)


def test_a_stated_figure_stands_apart_with_its_difference(tree):
    confirmed_report(tree)

    found = findings(begun(tree))

    attendance = next(line for line in found.lines if line.code == "ATT")
    (stated,) = attendance.stated
    assert attendance.figure.pair == (42, 48)
    assert (stated.stated.value, stated.difference) == (93, 93 - Fraction(4200, 48))
    assert attendance.differs
    documents = next(line for line in found.lines if line.code == "DOC")
    assert (documents.figure, documents.stated[0].stated.value) == (None, 29)


def test_what_is_stated_of_another_time_is_left_out(tree):
    confirmed_report(tree, STATED.replace("10/6/2024", "10/6/2023"))
    assert findings(begun(tree)).stated == []


def test_years_and_blocks_stand_side_by_side(tree):
    found = findings(begun(tree))

    years, blocks = year_table(found), block_table(found)
    assert list(years.heads) == ["2024\n(tháng 1–6)"]
    rows = {line.code: [figure.pair for figure in row] for line, row in years.rows}
    assert rows["MTG_REG"] == [(12, 15)]
    assert len(blocks.heads) == 1
    assert {line.code: row[0].pair for line, row in blocks.rows}["MTG_REG"] == (12, 15)


def test_each_step_says_how_it_stands(tree, on_day):
    review = begun(tree)
    states = [step.state for step in steps_of(findings(review))]
    assert states == ["done", "done", "todo", "todo", "todo"]

    review, contributors = asked(tree)
    confirmed_report(tree)
    for each in contributors.values():
        contribute(each, lines={ContributionKind.WORKED: ["Họp gọn"]}, by=tree.clerk)
    states = [step.state for step in steps_of(findings(review))]
    assert states == ["done", "attention", "done", "attention", "todo"]


def test_a_day_that_is_past_with_answers_missing_wants_a_look(tree, on_day):
    review, _contributors = asked(tree)
    on_day(review.due_on.replace(day=21))
    assert steps_of(findings(review))[2].state == "attention"


def test_more_units_and_more_answers_cost_no_more_questions(tree, django_assert_max_num_queries):
    review, contributors = asked(tree)
    findings(review)
    with django_assert_max_num_queries(80) as few:
        findings(review)
    for number in range(3):
        make_committee(f"Đảng bộ xã {number}", parent=tree.district, code=f"X{number}")
    for each in contributors.values():
        contribute(each, lines={ContributionKind.WORKED: ["Họp gọn"]}, by=tree.clerk)
    with django_assert_max_num_queries(len(few.captured_queries)):
        findings(review)
