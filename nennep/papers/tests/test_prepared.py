import dataclasses
import datetime

import pytest

from nennep.papers.paper import (
    Annex,
    BulletList,
    Column,
    FillLine,
    Heading,
    KeyValues,
    NumberedList,
    Paragraph,
    Run,
    Table,
    runs,
    words,
)
from nennep.papers.prepared import (
    clean,
    counted_as,
    prepared,
    recipient_lines,
    roman,
    with_company,
)
from nennep.papers.profiles import profile_on, profiles
from nennep.papers.render import file_name
from nennep.papers.symbols import GAP, place_and_date, symbol_line
from nennep.papers.tests.samples import LETTER, MINUTES, RESOLUTION, VOTES, hostile_paper
from nennep.papers.typeface import face, in_even_lines, printed

NEWEST = profile_on(None)


@pytest.mark.parametrize(
    ("number", "line"),
    [(5, "Số 05-NQ/CB"), (12, "Số 12-NQ/CB"), (105, "Số 105-NQ/CB"), (None, f"Số {GAP * 6}-NQ/CB")],
)
def test_a_number_below_ten_is_padded_and_no_colon_stands_before_it(number, line):
    assert symbol_line(number, "NQ", "CB") == line


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (datetime.date(2026, 2, 3), "Hà Nội, ngày 03 tháng 02 năm 2026"),
        (datetime.date(2026, 3, 13), "Hà Nội, ngày 13 tháng 3 năm 2026"),
        (datetime.date(2026, 12, 9), "Hà Nội, ngày 09 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_are_padded(day, line):
    assert place_and_date("Hà Nội", day) == line


def test_a_date_not_yet_known_leaves_room_to_write_it():
    assert place_and_date("Hà Nội", None, year=2026).endswith("năm 2026")
    assert GAP * 8 in place_and_date("Hà Nội", None)


def test_the_guidance_of_the_day_is_used():
    assert [profile.symbol for profile in profiles()] == ["36-HD/VPTW", "05-HD/VPTW"]
    assert profile_on(datetime.date(2024, 6, 4)).symbol == "36-HD/VPTW"
    assert profile_on(datetime.date(2026, 5, 26)).symbol == "36-HD/VPTW"
    assert profile_on(datetime.date(2026, 5, 27)).symbol == "05-HD/VPTW"
    assert profile_on(datetime.date(1999, 1, 1)).symbol == "36-HD/VPTW"


def test_the_older_guidance_says_that_its_differences_are_not_known():
    older, newer = profiles()
    assert older.lettering == newer.lettering
    assert "chưa được nhập" in older.note
    assert (older.mark, newer.mark) == ("P", "P")


def test_headings_count_by_level_and_begin_again_below_a_new_one():
    blocks = [
        Heading("một"), Heading("a", 2), Heading("b", 2), Heading("c", 3), Heading("d", 4),
        Heading("hai"), Heading("e", 2), Heading("không số", 2, mark=""), Heading("f", 2),
        Annex("phụ lục", [Heading("lại từ đầu")]),
    ]  # fmt: skip
    shown = prepared(MINUTES.__class__(None, "X", blocks), NEWEST).blocks
    marks = [block.mark for block in shown if isinstance(block, Heading)]
    assert marks == ["I-", "1.", "2.", "a)", "-", "II-", "1.", "", "2."]
    assert shown[0].text == "MỘT"
    assert shown[-1].blocks[0].mark == "I-"


def test_letters_of_lists_follow_the_vietnamese_alphabet():
    assert [counted_as("a)", n) for n in (1, 4, 5, 6, 23, 24)] == [
        "a)",
        "d)",
        "đ)",
        "e)",
        "y)",
        "aa)",
    ]
    assert (counted_as("1.", 3), counted_as("(1)", 3)) == ("3.", "(3)")
    assert [roman(n) for n in (4, 9, 14)] == ["IV", "IX", "XIV"]


def test_recipients_end_with_a_full_stop_and_never_twice():
    lines = recipient_lines(RESOLUTION.recipients.lines, NEWEST)
    assert lines == ["- Đảng ủy xã (để báo cáo);", "- Các đồng chí đảng viên;", "- Lưu Chi bộ."]


def test_a_body_is_spelt_the_way_the_guidance_spells_it():
    assert prepared(LETTER, NEWEST).masthead.issuing_body == "Đảng ủy"


def test_text_is_composed_and_free_of_what_no_paper_can_hold():
    assert clean("Ha\u0300 Nô\u0323i\r\n\x00\x08\u202e\ud800") == "Hà Nội\n"


def test_a_row_that_does_not_fit_its_table_is_refused():
    with pytest.raises(ValueError, match="2 cells"):
        Table([Column("a"), Column("b")], [("chỉ một",)])


def test_words_of_several_styles_are_one_text():
    assert words(("a ", Run("b", bold=True))) == "a b"
    assert runs("") == ()


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_the_type_family_has_every_vietnamese_letter(style):
    import unicodedata

    letters = {
        unicodedata.normalize("NFC", letter + tone)
        for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    } | set("đĐ")
    assert len(letters) == 146
    assert not [letter for letter in letters if not face(style).covers(letter)]
    assert face(style).version == "Version 2.1.5"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Chi bộ thôn Đông", ["Chi bộ thôn Đông"]),
        ("Chi bộ Trạm Y tế xã Bắc Phú", ["Chi bộ Trạm Y tế", "xã Bắc Phú"]),
        (
            "Chi bộ Công ty trách nhiệm hữu hạn một thành viên Môi trường",
            ["Chi bộ Công ty trách", "nhiệm hữu hạn một", "thành viên Môi trường"],
        ),
        ("Tổ-dân-phố-viết-liền-một-mạch-không-có-chỗ-ngắt", None),
    ],
)
def test_a_long_name_is_broken_into_even_lines(name, lines):
    lettering = profile_on(None).lettering["issuing_body"]
    assert in_even_lines(name, lettering, 214).split("\n") == (lines or [name])


@pytest.mark.parametrize(
    "last",
    [
        Paragraph("Cuộc họp kết thúc."),
        KeyValues([("Kết thúc", "21 giờ"), ("Cuối", "hết")]),
        BulletList(["Việc một", "Việc cuối"]),
        NumberedList(["Việc một", "Việc cuối"], start=4),
        FillLine("Kết thúc lúc"),
        VOTES,
    ],
)
def test_the_last_words_are_kept_with_the_signatures(last):
    paper = dataclasses.replace(MINUTES, blocks=[Heading("Kết thúc"), last])
    alone = dataclasses.replace(paper, signatures=None)
    assert with_company(paper)[-1].keeps_with_next
    assert with_company(alone) == (Heading("Kết thúc"), last)


def test_a_list_that_ends_a_paper_says_the_same():
    paper = dataclasses.replace(MINUTES, blocks=[NumberedList(["a", "b"], start=4)])
    assert [words(block.text) for block in with_company(paper)] == ["4. a", "5. b"]


def test_two_short_last_lines_go_together_and_a_long_one_alone():
    short, long = Paragraph("Một câu ngắn."), Paragraph("Một câu dài. " * 12)
    kept = [
        [block.keeps_with_next for block in with_company(dataclasses.replace(MINUTES, blocks=told))]
        for told in ([short, short, short], [short, short, long])
    ]
    assert kept == [[False, True, True], [False, False, True]]


def test_a_sign_the_family_lacks_is_an_empty_square():
    assert printed("Tốt 😀 汉\nxong") == "Tốt □ □\nxong"


def test_file_names_are_plain():
    assert file_name(MINUTES, "docx") == "bien-ban-chi-bo-thon-ve-linh-2024-06-04.docx"
    assert file_name(LETTER, "pdf").startswith("cong-van-dang-u")
    name = file_name(hostile_paper(), "pdf")
    assert name.removesuffix(".pdf").replace("-", "").isalnum()
    assert name.isascii()
