import unicodedata
from datetime import date

import pytest

from nennep.statements.rules.reading import read_report
from nennep.statements.tests.factories import HONG_HA


@pytest.fixture(scope="module")
def report():
    return read_report(HONG_HA)


def stated(report):
    return [(f.indicator, f.value, f.bound, f.measure) for f in report.figures]


def test_every_figure_of_ours_is_found_and_no_other(report):
    assert stated(report) == [
        ("ORG.grassroots", 61, "=", "tổ chức cơ sở đảng"),
        ("ORG.members", 22500, "≈", "đảng viên"),
        ("ORG.cells", 612, "=", "chi bộ"),
        ("DOC", 13, "=", "kế hoạch"),
        ("DOC", 3, "=", "đề án"),
        ("DOC", 45, "=", "văn bản"),
        ("ATT", 91.7, "=", "%"),
        ("MTG_REG.cells", 98.5, "=", "%"),
        ("MTG_THEM.cells", 95, "=", "%"),
        ("SPEAK", 40, "≥", "%"),
        ("RANK", 92.3, "=", "%"),
        ("TRAIN", 1250, "=", "người"),
        ("REWARD.collectives", 12, "=", "tập thể"),
        ("REWARD.persons", 15, "=", "cá nhân"),
        ("EHB", 97.9, "=", "%"),
    ]


def test_a_number_of_other_things_is_listed_and_never_guessed(report):
    unplaced = [span.of(HONG_HA).strip() for span in report.unplaced]

    assert unplaced == [
        "4,2%", "12", "350", "45.000", "12.000", "120", "60 triệu", "100%", "15", "21.980/22.450",
    ]  # fmt: skip


def test_each_figure_shows_its_sentence_and_its_place(report):
    for figure in report.figures:
        sentence = figure.sentence_span.of(HONG_HA)
        assert figure.span.of(HONG_HA) in sentence
        assert "\n" not in sentence
        assert 0 <= figure.confidence <= 1


def test_whose_review_it_is_and_when(report):
    assert report.unit.name == "Đảng bộ quận Hồng Hà"
    assert report.event.kind == "sơ kết"
    assert report.event.day == date(2024, 8, 20)
    assert not report.event.year_inferred
    assert {figure.as_of for figure in report.figures} == {date(2024, 8, 20)}


def test_the_scheme_is_known_by_symbol_issuer_and_day(report):
    (scheme,) = report.schemes

    assert (scheme.symbol, scheme.issuer, scheme.day) == (
        "11-ĐA/TU",
        "Ban Thường vụ Thành ủy Hà Nội",
        date(2021, 12, 6),
    )


def test_who_spoke_is_named_as_the_report_names_them(report):
    speech = next(saying for saying in report.sayings if saying.kind == "speech")

    assert speech.speaker == "Ông Nguyễn Văn Bình, Bí thư Quận ủy"


def test_the_same_report_in_another_normal_form_is_the_same_report(report):
    again = read_report(unicodedata.normalize("NFC", unicodedata.normalize("NFD", HONG_HA)))

    assert again.figures == report.figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            (
                "100% chi bộ thực hiện nghiêm túc chế độ sinh hoạt thường kỳ hằng tháng và sinh hoạt"
                " chuyên đề theo quy định."
            ),
            [("MTG_REG.cells", 100), ("MTG_THEM.cells", 100)],
        ),
        (
            "100% chi bộ thực hiện đầy đủ nội dung, đúng quy trình các bước sinh hoạt.",
            [("MTG_STEP.cells", 100)],
        ),
        (
            "Tỷ lệ đảng viên tham gia sinh hoạt chi bộ định kỳ hằng tháng đạt bình quân từ 90% trở lên.",
            [("ATT", 90)],
        ),
        (
            "100% đảng viên đang công tác được chi bộ phân công nhiệm vụ cụ thể.",
            [("TASK", 100)],
        ),
        ("Khen thưởng 10 tập thể, cá nhân tiêu biểu.", [("REWARD.total", 10)]),
        (
            "Huyện ủy khen thưởng 5 tập thể, 5 cá nhân.",
            [("REWARD.collectives", 5), ("REWARD.persons", 5)],
        ),
        ("Số lượng chi bộ hoàn thành tốt nhiệm vụ hằng năm không ngừng tăng.", [("RANK", None)]),
        ("Tập huấn cho 100% Bí thư chi bộ trực thuộc Huyện ủy.", [("TRAIN", 100)]),
        ("Có 480 chi bộ trực thuộc đảng bộ cơ sở.", [("ORG.cells_under_committees", 480)]),
        ("Thành lập 34 chi bộ trực thuộc trong doanh nghiệp.", []),
        ("100% hộ gia đình đạt gia đình văn hóa.", []),
        ("Hội Phụ nữ có 5 tập thể tham gia hội thi.", []),
        ("Kết nạp 120 đảng viên.", []),
        ("100% hội viên phụ nữ tham gia sinh hoạt câu lạc bộ.", []),
        ("Sản lượng đạt 90%.", []),
    ],
)
def test_what_a_sentence_states(text, found):
    assert [(f.indicator, f.value) for f in read_report(text).figures] == found


def test_headline_and_body_that_disagree_are_both_told():
    report = read_report(
        "Khen thưởng 10 tập thể, cá nhân\n\nHuyện ủy khen thưởng 5 tập thể, 5 cá nhân."
    )

    assert [(f.indicator, f.value) for f in report.figures] == [
        ("REWARD.total", 10),
        ("REWARD.collectives", 5),
        ("REWARD.persons", 5),
    ]


def test_a_year_that_is_left_out_is_inferred_from_the_scheme_and_told_so():
    text = (
        "Ngày 13-6, Huyện ủy Sóc Sơn sơ kết 3 năm thực hiện Đề án số 11-ĐA/TU ngày 6-12-2021 của"
        " Ban Thường vụ Thành ủy Hà Nội."
    )

    event = read_report(text).event

    assert event.day == date(2024, 6, 13)
    assert event.year_inferred
    assert "6-12-2021" in text[event.evidence.start :]
    assert event.evidence.of(text).startswith("11-ĐA/TU")


def test_a_day_that_begins_the_paragraph_after_a_scheme_is_the_day_of_the_review():
    headed = "Huyện A: Sơ kết Đề án số 11-ĐA/TU\n\nNgày 10/6/2024, Huyện ủy A sơ kết Đề án.\n"
    wrapped = "Ngày 13-6-2024, Huyện ủy A sơ kết Đề án số 11-ĐA/TU\nngày 6-12-2021.\n"

    assert read_report(headed).event.day == date(2024, 6, 10)
    assert read_report(wrapped).event.day == date(2024, 6, 13)


def test_the_post_of_who_speaks_is_no_other_organisation():
    report = read_report(
        "Huyện ủy Sơn Nam sơ kết Đề án.\n"
        "Bí thư Huyện ủy Lê Văn Tám cho biết, tỷ lệ đảng viên dự sinh hoạt đạt từ 90% trở lên."
    )

    assert stated(report) == [("ATT", 90, "≥", "%")]
    assert report.unit.name == "Đảng bộ huyện Sơn Nam"


def test_years_told_one_after_another_are_of_the_same():
    report = read_report(
        "Năm 2021, tỷ lệ chi bộ sinh hoạt chuyên đề mới đạt 78%; năm 2022 đạt 88,5%; năm 2023 là 96%."
    )

    told = [(f.indicator, f.value, f.period) for f in report.figures]
    assert told == [
        ("MTG_THEM.cells", 78, "2021"),
        ("MTG_THEM.cells", 88.5, "2022"),
        ("MTG_THEM.cells", 96, "2023"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thời gian mỗi buổi sinh hoạt chi bộ không dưới 90 phút theo hướng dẫn.",
        "Quy định hiện hành yêu cầu 100% chi bộ sinh hoạt thường kỳ hằng tháng.",
        "Ở chi bộ doanh nghiệp, tỷ lệ đảng viên dự sinh hoạt chỉ đạt 82,5%.",
        "Mục tiêu là hết năm 2024 không còn chi bộ yếu kém.",
        "Tại huyện Mê Sở, có 99% chi bộ sinh hoạt hằng tháng; tỷ lệ đảng viên dự sinh hoạt đạt 91%.",
        "Các huyện khen thưởng 310 tập thể của đảng bộ cơ sở.",
    ],
)
def test_a_norm_an_aim_and_a_part_are_no_figures_of_the_whole(sentence):
    report = read_report(f"Đảng bộ huyện Sông Đà có nhiều đổi mới.\n{sentence}")

    assert report.figures == []


def test_the_figure_of_the_whole_is_read_behind_that_of_a_part():
    report = read_report(
        "Tỷ lệ đảng viên dự sinh hoạt ở chi bộ vùng cao mới đạt 83%; tính chung toàn tỉnh là 89,7%."
    )

    assert stated(report) == [("ATT", 89.7, "=", "%")]


def test_commended_are_counted_where_they_are_given_a_paper():
    """Without its mark “tặng” is “tăng”, by how much something grew."""
    report = read_report("Huyện ủy tặng Giấy khen, tặng 13 tập thể, 17 cá nhân của các chi bộ.")

    assert [(f.indicator, f.value) for f in report.figures] == [
        ("REWARD.collectives", 13),
        ("REWARD.persons", 17),
    ]


def test_each_month_in_a_row_has_its_period():
    report = read_report(
        "Tỷ lệ đảng viên dự sinh hoạt: tháng 7/2025: 90,1%; tháng 8/2025: 91%; quý III/2025: 90,6%."
    )

    assert [(f.value, f.period) for f in report.figures] == [
        (90.1, "2025-07"),
        (91, "2025-08"),
        (90.6, "2025-07/2025-09"),
    ]
