import dataclasses
import io
import re
import time
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from nennep.papers.docx import docx
from nennep.papers.paper import Book, Column, Heading, Masthead, Paper, Paragraph, Table
from nennep.papers.tests.samples import (
    ALL,
    DAY,
    HEAD,
    LETTER,
    MINUTES,
    RESOLUTION,
    REVIEW,
    hostile_paper,
)


def opened(paper):
    return Document(io.BytesIO(docx(paper)))


def all_text(document):
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def near(length, millimetres):
    return abs(length - Mm(millimetres)) < Mm(0.1)


def test_the_sheet_is_a4_with_the_margins_of_the_guidance():
    section = opened(MINUTES).sections[0]
    assert near(section.page_width, 210)
    assert near(section.page_height, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(near(given, wanted) for given, wanted in zip(margins, (20, 20, 30, 15), strict=True))


def test_the_page_number_stands_ten_millimetres_from_the_top_and_not_on_page_one():
    section = opened(MINUTES).sections[0]
    assert near(section.header_distance, 10)
    assert section.different_first_page_header_footer
    line = section.header.paragraphs[0]
    assert "PAGE" in line._p.xml
    assert (line.style.font.size, line.style.paragraph_format.alignment) == (Pt(14), 1)
    assert section.first_page_header.is_linked_to_previous


@pytest.mark.parametrize(
    ("style", "size", "is_bold", "is_italic"),
    [
        ("Party", 15, True, False),
        ("Superior body", 14, False, False),
        ("Issuing body", 14, True, False),
        ("Symbol", 14, False, False),
        ("Place and date", 14, False, True),
        ("Title", 16, True, False),
        ("Subtitle", 14, True, False),
        ("Letter summary", 12, False, True),
        ("Body Text", 14, False, False),
        ("Heading 1", 14, True, False),
        ("Authority", 14, True, False),
        ("Post", 14, False, False),
        ("Name", 14, True, False),
        ("Recipients", 12, False, False),
        ("Urgency", 14, True, False),
    ],
)
def test_every_component_has_its_size_and_style(style, size, is_bold, is_italic):
    font = opened(RESOLUTION).styles[style].font
    assert (font.size, font.bold, font.italic) == (Pt(size), is_bold, is_italic)
    fonts = font._element.rPr.rFonts
    names = {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert names == {"Times New Roman"}


def test_body_lines_are_justified_indented_and_exactly_spaced():
    form = opened(MINUTES).styles["Body Text"].paragraph_format
    assert form.line_spacing == Pt(20)
    assert form.line_spacing_rule == 4  # exactly
    assert form.space_after == Pt(6)
    assert near(form.first_line_indent, 10)
    assert form.alignment == 3


def test_the_head_names_both_sides_and_the_symbol():
    cells = opened(RESOLUTION).tables[0].rows[0].cells
    left = [line.text for line in cells[0].paragraphs]
    assert left == ["ĐẢNG BỘ XÃ PHÙ LINH", "CHI BỘ THÔN VỆ LINH", "*", "Số 05-NQ/CB"]
    right = [line.text for line in cells[1].paragraphs]
    assert right == ["ĐẢNG CỘNG SẢN VIỆT NAM", "", "Phù Linh, ngày 04 tháng 6 năm 2024"]


def test_the_rule_is_as_long_as_the_title():
    cell = opened(RESOLUTION).tables[0].rows[0].cells[1]
    form = cell.paragraphs[1].paragraph_format
    length = cell.width - form.left_indent - form.right_indent
    assert abs(length - Pt(206.67)) < Pt(0.3)
    assert "w:pBdr" in cell.paragraphs[1]._p.xml


def test_a_long_place_and_date_gets_the_room_it_needs():
    line = "Thành phố Hồ Chí Minh, ngày 04 tháng 6 năm 2024"
    paper = Paper(Masthead("Đảng bộ", "Chi bộ", place_and_date=line), "Thông báo", [])
    usual, wide = (opened(p).tables[0].rows[0].cells[1].width for p in (RESOLUTION, paper))
    assert near(usual, 165 * 0.53)
    assert wide > usual


def test_titles_end_with_five_hyphens():
    lines = [line.text for line in opened(RESOLUTION).paragraphs]
    assert lines[:3] == ["NGHỊ QUYẾT", "Sinh hoạt chi bộ tháng 6 năm 2024", "-----"]


def test_a_letter_has_its_summary_under_the_number_and_no_title():
    document = opened(LETTER)
    left = [line.text for line in document.tables[0].rows[0].cells[0].paragraphs]
    assert left[-2:] == ["về việc chuẩn bị sinh hoạt chuyên đề", "KHẨN"]
    assert document.paragraphs[0].text == "Kính gửi: Các chi bộ trực thuộc"


def test_recipients_stand_beside_the_signature():
    left, right = opened(RESOLUTION).tables[-1].rows[0].cells
    assert left.paragraphs[0].text == "Nơi nhận:"
    assert left.paragraphs[-1].text == "- Lưu Chi bộ."
    assert [line.text for line in right.paragraphs] == ["T/M CHI BỘ", "BÍ THƯ", "Nguyễn Văn An"]


def test_nothing_parts_the_last_words_from_the_signatures():
    ended = dataclasses.replace(MINUTES, blocks=[Paragraph("Mở đầu. " * 40), Paragraph("Hết.")])
    *_, last, room = opened(ended).paragraphs[:-1]
    assert (last.text, room.text) == ("Hết.", "")
    assert last.paragraph_format.keep_with_next
    assert room.paragraph_format.keep_with_next


def test_rows_to_be_filled_in_by_hand_are_not_divided_between_pages():
    columns, rows = [Column("TT"), Column("Việc")], [("1", ""), ("2", ""), ("3", "")]
    tables = [
        opened(Paper(None, "Mẫu", [Table(columns, rows, row_height=height)])).tables[0]
        for height in (0, 9, 60)
    ]
    kept = [
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        for table in tables
    ]
    assert kept == [[True, None, None, None], [True, True, True, None], [True, None, None, None]]


def test_minutes_are_signed_on_both_sides():
    left, right = opened(MINUTES).tables[-1].rows[0].cells
    assert (left.paragraphs[0].text, right.paragraphs[0].text) == (
        "NGƯỜI GHI BIÊN BẢN",
        "CHỦ TRÌ HỘI NGHỊ",
    )


def test_table_headers_repeat_and_rows_are_not_divided():
    table = opened(REVIEW).tables[2]
    heads = [row for row in table.rows if row._tr.xpath("w:trPr/w:tblHeader")]
    assert len(heads) == 2
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    assert table.rows[0].cells[2].text == "Đảng viên"


def test_an_annex_may_lie_on_its_side():
    sections = opened(REVIEW).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    ]  # fmt: skip
    assert near(sections[2].page_width, 297)


def test_the_same_paper_gives_the_same_bytes():
    assert [docx(paper) for paper in ALL] == [docx(paper) for paper in ALL]


def test_properties_name_a_body_and_never_a_person():
    content = docx(MINUTES)
    properties = Document(io.BytesIO(content)).core_properties
    assert properties.author == "Chi bộ thôn Vệ Linh"
    assert properties.last_modified_by == ""
    assert properties.created.date() == DAY
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_words_stay_words():
    shown = all_text(opened(hostile_paper()))
    assert "<script>alert(1)</script> =1+1" in shown
    assert "\x00" not in shown


def test_a_book_has_a_cover_contents_and_two_sided_margins():
    book = Book("Sổ biên bản", [MINUTES, RESOLUTION], "Năm 2024", HEAD, day=DAY)
    document = opened(book)
    shown = all_text(document)
    assert "SỔ BIÊN BẢN" in shown
    assert "2. Nghị quyết Sinh hoạt chi bộ tháng 6 năm 2024 " in shown
    xml = document.element.body.xml
    assert "PAGEREF paper_1" in xml
    assert 'w:name="paper_1"' in xml
    assert "mirrorMargins" in document.settings.element.xml


def test_a_book_may_list_the_headings_of_each_paper():
    """Each line leads to a place, and each place stands once."""
    paper = Paper(None, "Chuẩn bị", [Heading("Câu một", 2), Heading("Câu hai", 2)], day=DAY)
    book = Book("Cẩm nang", [paper, paper], day=DAY, lists_headings=True)
    xml = opened(book).element.body.xml
    led_to = re.findall(r'w:hyperlink w:anchor="(\w+)"', xml)
    places = re.findall(r'bookmarkStart w:id="(\d+)" w:name="(\w+)"', xml)

    assert led_to == ["paper_0", "paper_0_0", "paper_0_1", "paper_1", "paper_1_0", "paper_1_1"]
    assert [name for _number, name in places] == led_to
    assert re.findall(r"PAGEREF (\w+)", xml) == led_to
    assert len({number for number, _name in places}) == len(places)


def test_a_long_review_is_made_within_half_a_second():
    docx(REVIEW)
    begun = time.process_time()
    docx(REVIEW)
    assert time.process_time() - begun < 0.5
