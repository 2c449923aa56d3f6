"""What a review says: as data, as a Word file, as a workbook."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from nennep.accounts.queries import system_person
from nennep.core.periods import Period
from nennep.indicators import actions
from nennep.indicators.models import UnitMonth
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.indicators.tests.factories import explain, hold, month
from nennep.indicators.tests.factories_tree import TODAY, grow, hold_all
from nennep.organisation.tests.factories import refused
from nennep.papers.paper import Annex
from nennep.papers.render import render
from nennep.regulations.actions import withdraw_value
from nennep.regulations.models import RuleValue
from nennep.regulations.queries import RuleBook
from nennep.reports.queries.review import review
from nennep.reports.queries.review_files import review_json, review_workbook
from nennep.reports.queries.review_paper import review_paper
from nennep.reports.queries.wording import wording

pytestmark = pytest.mark.django_db
HALF = Period(month("2024-01"), month("2024-06"))


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    tree = grow()
    actions.rebuild(by=system_person())
    hold_all(tree.n1)
    hold_all(tree.n2, but=("2024-03",))
    hold_all(tree.f1, presences="ppuu", but=("2024-02", "2024-04"))
    explain(tree.n2, month("2024-03"), is_accepted=True)
    return tree


def text_of(docx):
    import re

    with zipfile.ZipFile(io.BytesIO(docx)) as files:
        xml = files.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)", each)) for each in paragraphs)


def test_a_review_says_every_figure_by_year_by_block_and_by_unit(tree):
    found = review(tree.district, Period(month("2024-01"), month("2024-06")), stated="nửa năm")

    told = review_json(found)

    assert told["unit"] == "DIST"
    assert told["stated_period"] == "nửa năm"
    assert (told["first_day"], told["last_day"]) == ("2024-01-01", "2024-06-13")
    codes = {each["code"] for each in told["indicators"]}
    assert {"ORG.cells", "MTG_REG", "MTG_REG.cells", "ATT", "MTG_STEP.cells"} <= codes
    assert [year["year"] for year in told["by_year"]] == [2024]
    assert [block["block"] for block in told["by_block"]] == ["residential"]
    assert sorted(unit["code"] for unit in told["units"]) == ["FAR", "NEAR"]
    assert [unit["code"] for unit in told["need_attention"]] == ["FAR"]
    assert told["steps"]["declared"] + told["steps"]["proven"] > 0


def test_what_did_well_met_every_target_and_what_did_not_is_named_with_its_reason(tree):
    hold(tree.n2, month("2024-03"), "pppp")
    hold_all(tree.n1, first="2024-06", last="2024-06")

    found = review(tree.district, HALF)

    assert [below.unit.code for below in found.need_attention] == ["FAR"]
    assert "NEAR" not in [below.unit.code for below in found.need_attention]


def test_nothing_that_is_missing_is_hidden(tree):
    lines = " ".join(review_json(review(tree.district, HALF))["missing"])

    assert "2 kỳ sinh hoạt thường kỳ đã hết thời gian" in lines
    assert "chưa đến hạn" in lines
    assert "11-ĐA/TU" in lines
    assert "tập huấn" in lines
    assert "Chưa đạt: chi bộ sinh hoạt thường kỳ đủ các tháng 33,3% (1/3), chỉ tiêu 100%;" in lines
    assert "chưa đối chiếu văn bản gốc: 11-ĐA/TU; 12-HD/BTCTW." in lines


def test_the_word_file_reads_as_a_report_and_holds_the_facts(tree):
    found = review(
        tree.district, HALF, stated="6 tháng", days=(date(2024, 1, 6), date(2024, 6, 13))
    )

    text = text_of(render(review_paper(found), "docx"))

    for fact in [
        "Sơ kết 6 tháng thực hiện Đề án số 11-ĐA/TU của Ban Thường vụ Thành ủy Hà",
        "từ ngày 6-1-2024 đến ngày 13-6-2024",
        "ĐẶC ĐIỂM TÌNH HÌNH",
        "Tổng số 12 đảng viên",
        "tổ chức 12/15 kỳ phải sinh hoạt, đạt 80%",
        "PHỤ LỤC 1",
        "A, ngày 13 tháng 6 năm 2024",
        "&gt; 85%**",
        "** Quy định còn yêu cầu không có đảng viên vắng không lý do.",
        "* Chưa đối chiếu văn bản gốc.",
        "Đảng bộ xã Xa",
        "T/M BAN THƯỜNG VỤ",
    ]:
        assert fact in text, fact


def test_a_review_tells_the_classes_of_the_cells_of_the_superior_and_the_gap(tree):
    unscored = text_of(render(review_paper(review(tree.district, HALF)), "docx"))
    UnitMonth.objects.filter(unit=tree.district, month=month("2024-02")).update(
        self_good=6, self_fair=2, official_good=3, official_fair=1, gap_judged=4, gap_above=1
    )

    text = text_of(render(review_paper(review(tree.district, HALF)), "docx"))

    assert "Chi bộ tự xếp loại: tốt 75% (6/8); khá 25% (2/8); trung bình 0% (0/8)" in text
    assert "Cấp trên xếp loại chính thức 4/8 buổi, đạt 50%: tốt 75% (3/4)" in text
    assert "1/4 buổi chi bộ tự xếp cao hơn cấp trên, chiếm 25%" in text
    assert "Chi bộ tự xếp loại:" not in unscored


def test_the_internal_annex_comes_last_so_that_it_can_be_taken_off(tree):
    annexes = [b for b in review_paper(review(tree.district, HALF)).blocks if isinstance(b, Annex)]

    assert [annex.label for annex in annexes] == ["PHỤ LỤC 1", "PHỤ LỤC 2", "PHỤ LỤC 3"]
    assert "lưu nội bộ" in annexes[-1].title


def test_what_no_target_names_is_held_against_the_rule(tree):
    target = RuleValue.objects.get(key="targets.ATT")
    withdraw_value(target, last_day=date(2023, 12, 31), by=system_person())

    told = review_json(review(tree.far, HALF))

    assert [each["code"] for each in told["need_attention"]] == ["F1"]
    assert (
        "tỷ lệ tham gia 50%, chưa đạt tiêu chuẩn của quy định" in told["need_attention"][0]["why"]
    )
    assert "50% (6/12), quy định > 85%, không có đảng viên vắng không lý do" in told["missing"][0]


def test_the_same_review_gives_the_same_bytes(tree):
    found = review(tree.district, HALF)

    for form in ("docx", "pdf"):
        assert render(review_paper(found), form) == render(review_paper(found), form)


def test_the_workbook_opens_and_holds_numerator_and_denominator(tree):
    book = openpyxl.load_workbook(io.BytesIO(review_workbook(review(tree.district, HALF))))

    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert len(book.worksheets) >= 4
    rows = {row[1]: row for row in first}
    assert rows["MTG_REG"][2:5] == [12, 15, 0.8]
    assert rows["ATT"][6:9] == [
        "> 85%, không có đảng viên vắng không lý do",
        "Chưa đạt",
        "11-ĐA/TU (chưa đối chiếu văn bản gốc); 12-HD/BTCTW (chưa đối chiếu văn bản gốc)",
    ]
    assert rows["TIME.minutes"][4] == "95,0"
    assert (rows["ORG.cells"][2], rows["ORG.cells"][4], rows["ORG.cells"][7]) == (3, None, None)
    assert rows["MTG_REG"][7] == "Không có quy định"
    assert [sheet.title for sheet in book.worksheets] == [
        "Kết quả", "Theo năm", "Theo loại hình", "Theo đơn vị", "Cần quan tâm",
    ]  # fmt: skip


def test_the_real_days_lie_in_the_first_and_the_last_month(tree):
    refused(
        "day_outside_period",
        lambda: review(tree.district, HALF, days=(date(2023, 12, 6), None)),
    )
    refused(
        "day_outside_period",
        lambda: review(tree.district, HALF, days=(None, date(2024, 5, 13))),
    )


def test_a_review_of_a_cell_speaks_of_its_meetings_only(tree):
    text = text_of(render(review_paper(review(tree.n1, HALF)), "docx"))

    assert "Chi bộ Một là một chi bộ." in text
    assert "T/M CHI BỘ" in text
    assert "tổ chức cơ sở đảng" not in text


def test_a_review_of_three_units_costs_no_more_than_of_one(tree, django_assert_max_num_queries):
    RuleBook.load()
    with django_assert_max_num_queries(40) as few:
        review(tree.far, HALF)
    with django_assert_max_num_queries(len(few.captured_queries)):
        review(tree.district, HALF)


def test_every_figure_has_a_source_that_a_footnote_can_name():
    sources = wording("review")["notes"]["sources"]
    roots = {code.partition(".")[0].partition("_")[0] for code in BY_CODE}

    assert roots - set(sources) == set()
