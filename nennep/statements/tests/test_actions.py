from decimal import Decimal

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.statements import actions
from nennep.statements.actions import Correction
from nennep.statements.choices import Verdict
from nennep.statements.models import StatedFigure, WrittenReport
from nennep.statements.queries.stated import compared, confirmed_of, marked
from nennep.statements.tests.factories import HONG_HA
from nennep.tasks.tests.factories import committee_user, working_cell

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return working_cell().unit.parent


@pytest.fixture
def clerk(unit):
    return committee_user(unit.code)


@pytest.fixture
def report(unit, clerk):
    return actions.take_in_report(unit, name="so-ket.txt", content=HONG_HA.encode(), by=clerk)


def attendance(report):
    return report.figures.get(indicator="ATT")


def corrected(figure, **changes):
    said = {
        "indicator": figure.indicator, "value": figure.value, "bound": figure.bound,
        "of": figure.of, "as_of": figure.as_of,
    }  # fmt: skip
    return Correction(**said | changes)


def test_a_report_brings_every_figure_open_and_none_counts_yet(unit, report):
    assert report.figures.count() == 15
    assert set(report.figures.values_list("verdict", flat=True)) == {"open"}
    assert confirmed_of(unit) == []
    assert report.title == "Quận Hồng Hà: Hiệu quả sau 3 năm nâng cao chất lượng sinh hoạt chi bộ"


def test_the_same_file_again_is_the_report_already_there(unit, clerk, report):
    again = actions.take_in_report(unit, name="khac.txt", content=HONG_HA.encode(), by=clerk)

    assert again == report
    assert StatedFigure.objects.count() == 15
    assert TrailLine.objects.filter(verb="took in a report").count() == 1


def test_what_is_confirmed_is_a_stated_figure_of_that_unit(unit, clerk, report):
    assert actions.confirm_all(report, by=clerk) == 15
    assert actions.confirm_all(report, by=clerk) == 0

    stated = confirmed_of(unit)
    assert len(stated) == 15
    assert {figure.decided_by for figure in stated} == {clerk}


def test_a_rejected_figure_stays_rejected_when_all_are_confirmed(clerk, report):
    figure = attendance(report)
    actions.decide_figure(figure, verdict=Verdict.REJECTED, by=clerk)

    actions.confirm_all(report, by=clerk)

    figure.refresh_from_db()
    assert figure.verdict == "rejected"


def test_a_corrected_figure_keeps_what_the_reading_said(clerk, report):
    figure = attendance(report)
    change = corrected(figure, value=Decimal("91.6"), bound="≥")

    actions.decide_figure(figure, verdict=Verdict.CONFIRMED, correction=change, by=clerk)
    again = corrected(figure, value=Decimal("91.5"), bound="≥")
    actions.decide_figure(figure, verdict=Verdict.CONFIRMED, correction=again, by=clerk)

    figure.refresh_from_db()
    assert (figure.value, figure.bound) == (Decimal("91.5"), "≥")
    assert figure.as_read["value"] == "91.7"
    assert figure.as_read["bound"] == "="


def test_confirming_as_read_is_no_correction(clerk, report):
    figure = attendance(report)

    actions.decide_figure(figure, verdict=Verdict.CONFIRMED, correction=corrected(figure), by=clerk)

    figure.refresh_from_db()
    assert figure.as_read == {}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"indicator": "FARMS"}, "no_such_indicator"),
        ({"value": Decimal(101)}, "not_a_share"),
        ({"value": None}, "no_value"),
    ],
)
def test_a_correction_that_makes_no_figure_is_refused(clerk, report, changes, code):
    figure = attendance(report)

    with pytest.raises(Refusal) as refused:
        actions.decide_figure(
            figure, verdict=Verdict.CONFIRMED, correction=corrected(figure, **changes), by=clerk
        )
    assert refused.value.code == code
    figure.refresh_from_db()
    assert figure.is_open


def test_a_report_with_confirmed_figures_is_not_put_aside(clerk, report):
    actions.decide_figure(attendance(report), verdict=Verdict.CONFIRMED, by=clerk)

    with pytest.raises(Refusal) as refused:
        actions.put_aside(report, by=clerk)
    assert refused.value.code == "confirmed_figures"

    actions.decide_figure(attendance(report), verdict=Verdict.OPEN, by=clerk)
    actions.put_aside(report, by=clerk)
    assert not WrittenReport.objects.exists()
    assert not StatedFigure.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mat.txt", "TỐI MẬT\nChi bộ họp, 90% đảng viên dự".encode()),
        ("trong.txt", b" \n \n"),
        ("hong.docx", b"not a zip"),
    ],
)
def test_what_may_not_or_cannot_be_read_leaves_nothing(unit, clerk, name, content):
    with pytest.raises(Refusal):
        actions.take_in_report(unit, name=name, content=content, by=clerk)

    assert not WrittenReport.objects.exists()
    assert not TrailLine.objects.filter(verb="took in a report").exists()


def test_the_text_is_cut_at_its_figures_and_is_whole_again(report):
    pieces = list(marked(report, list(report.figures.all())))

    assert "".join(piece.text for piece in pieces) == report.text
    assert {piece.text for piece in pieces if piece.figures} >= {"91,7%", "61"}


def test_stated_and_counted_stand_side_by_side_and_are_never_mixed(unit, clerk):
    text = "Ngày 10/6/2024 hiện có 999 đảng viên. Khen thưởng 5 tập thể."
    report = actions.take_in_report(unit, name="a.txt", content=text.encode(), by=clerk)

    rows = {row.stated.indicator: row for row in compared(unit, list(report.figures.all()))}

    commended = rows["REWARD.collectives"]
    assert (commended.measured_value, commended.difference, commended.agrees) == (0, 5, False)
    counted = rows["ORG.members"]
    assert counted.measured_value == counted.measured.numerator
    assert counted.difference == 999 - counted.measured_value
    assert counted.agrees is False


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("tỷ lệ chi bộ hoàn thành tốt nhiệm vụ đạt 90%", "RANK.good"),
        ("tỷ lệ chi bộ hoàn thành xuất sắc nhiệm vụ đạt 15%", "RANK.excellent"),
    ],
)
def test_a_stated_level_of_the_year_stands_beside_the_same_level(unit, clerk, said, code):
    text = f"Đến ngày 10/6/2024, {said}."
    report = actions.take_in_report(unit, name="a.txt", content=text.encode(), by=clerk)

    (row,) = compared(unit, list(report.figures.filter(indicator="RANK")))

    assert row.measured.indicator.code == code
