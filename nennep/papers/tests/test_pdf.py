import dataclasses
import re
import shutil
import subprocess
import time

import pytest

from nennep.papers.paper import Book, Column, Heading, Paper, Paragraph, Picture, Table
from nennep.papers.pdf import as_svg, pages_of_contents, pdf, png_of_svg
from nennep.papers.tests.samples import (
    ALL,
    DAY,
    HEAD,
    LETTER,
    MINUTES,
    RESOLUTION,
    REVIEW,
    SVG,
    hostile_paper,
)

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="needs poppler: apt-get install poppler-utils"
)


def asked(tool, content, folder, *options):
    path = folder / "paper.pdf"
    path.write_bytes(content)
    order = {"pdftotext": [tool, *options, str(path), "-"]}.get(tool, [tool, *options, str(path)])
    return subprocess.run(order, capture_output=True, text=True, check=True).stdout


@needs_poppler
def test_one_type_family_is_embedded(tmp_path):
    lines = asked("pdffonts", pdf(REVIEW), tmp_path).splitlines()[2:]
    assert {re.sub(r"^[A-Z]{6}\+", "", line.split()[0]).split("-")[0] for line in lines} == {
        "LiberationSerif"
    }
    assert all("yes yes" in line for line in lines)


@needs_poppler
def test_every_vietnamese_letter_can_be_read_back(tmp_path):
    alphabet = "àáảãạ ằắẳẵặ ầấẩẫậ èéẻẽẹ ềếểễệ ìíỉĩị òóỏõọ ồốổỗộ ờớởỡợ ùúủũụ ừứửữự ỳýỷỹỵ đ"
    paper = Paper(None, "Thử", [Paragraph(alphabet), Paragraph(alphabet.upper())])
    shown = asked("pdftotext", pdf(paper), tmp_path).replace("\n", " ")
    assert alphabet in shown
    assert alphabet.upper() in shown


@needs_poppler
def test_pages_are_a4_and_an_annex_may_lie_on_its_side(tmp_path):
    told = asked("pdfinfo", pdf(REVIEW), tmp_path, "-f", "1", "-l", "99")
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", told)
    assert sizes[0] == ("595.276", "841.89")
    assert sizes[-1] == ("841.89", "595.276")
    assert "PDF version:     1.7" in told


@needs_poppler
def test_the_first_page_has_no_number_and_the_second_has(tmp_path):
    content = pdf(REVIEW)
    first = asked("pdftotext", content, tmp_path, "-f", "1", "-l", "1")
    second = asked("pdftotext", content, tmp_path, "-f", "2", "-l", "2")
    assert "1" not in first.splitlines()
    assert second.splitlines()[0] == "2"


@needs_poppler
def test_a_paper_says_what_it_was_given(tmp_path):
    shown = asked("pdftotext", pdf(RESOLUTION), tmp_path, "-layout")
    for line in (
        "ĐẢNG CỘNG SẢN VIỆT NAM", "CHI BỘ THÔN VỆ LINH", "Số 05-NQ/CB", "NGHỊ QUYẾT", "-----",
        "I- NHIỆM VỤ THÁNG 6", "Nơi nhận:", "- Lưu Chi bộ.", "T/M CHI BỘ", "BÍ THƯ",
    ):  # fmt: skip
        assert line in shown


@needs_poppler
def test_words_stay_words(tmp_path):
    shown = asked("pdftotext", pdf(hostile_paper()), tmp_path)
    assert "<script>alert(1)</script>" in shown
    assert '#import "x" $x$ *a* &amp;' in shown.replace("\n", " ")


@needs_poppler
@pytest.mark.parametrize("lines", range(24, 30))
def test_signatures_never_stand_alone_on_a_page(tmp_path, lines):
    """However long the text is: the page that is signed says something."""
    told = [Paragraph(f"Ý kiến thứ {number}.") for number in range(lines)]
    paper = dataclasses.replace(MINUTES, blocks=[*told, Paragraph("Cuộc họp kết thúc.")])
    pages = asked("pdftotext", pdf(paper), tmp_path).rstrip("\f").split("\f")
    assert "CHỦ TRÌ HỘI NGHỊ" in pages[-1]
    assert "Cuộc họp kết thúc." in pages[-1]
    assert f"Ý kiến thứ {lines - 1}." in pages[-1]


@needs_poppler
def test_a_book_counts_on_and_its_contents_tell_the_pages(tmp_path):
    book = Book("Sổ biên bản", [MINUTES, RESOLUTION, LETTER], "Năm 2024", HEAD, day=DAY)
    pages = pages_of_contents(book)
    assert pages == sorted(pages)
    assert pages[0] == 3
    content = pdf(book)
    contents = asked("pdftotext", content, tmp_path, "-layout", "-f", "2", "-l", "2")
    contents = contents.partition("MỤC LỤC")[2]
    assert [int(n) for n in re.findall(r"[. ]{9,}(\d+)$", contents, re.MULTILINE)] == pages
    for page, number in zip(pages, ("BIÊN BẢN", "NGHỊ QUYẾT", "Kính gửi"), strict=True):
        at = str(page)
        assert number in asked("pdftotext", content, tmp_path, "-f", at, "-l", at)


@needs_poppler
def test_a_book_may_list_the_headings_of_each_paper_with_their_pages(tmp_path):
    told = [
        block
        for number in range(9)
        for block in (Heading(f"Câu hỏi {number}", 2), Paragraph("Trả lời. " * 300))
    ]
    papers = [Paper(None, "Chuẩn bị", told, day=DAY), Paper(None, "Kết nạp", told[:2], day=DAY)]
    book = Book("Cẩm nang", papers, day=DAY, lists_headings=True)
    pages = pages_of_contents(book)
    content = pdf(book)
    told_contents = asked("pdftotext", content, tmp_path, "-layout", "-f", "2", "-l", "2")
    lines = re.findall(r"^ *(\d\.) +(.+?) [. ]{9,}(\d+)$", told_contents, re.MULTILINE)
    first = [(f"{number + 1}.", f"Câu hỏi {number}") for number in range(9)]

    assert [line[:2] for line in lines] == [
        ("1.", "Chuẩn bị"), *first, ("2.", "Kết nạp"), first[0],
    ]  # fmt: skip
    assert [int(line[2]) for line in lines] == pages
    for page, (_mark, title, _page) in zip(pages, lines, strict=True):
        on_page = asked("pdftotext", content, tmp_path, "-f", str(page), "-l", str(page))
        assert title.upper() in on_page.upper()


def test_it_declares_itself_pdf_a_and_the_same_paper_gives_the_same_bytes():
    made = [pdf(paper) for paper in ALL]
    assert all(b"pdfaid" in content for content in made)
    assert made == [pdf(paper) for paper in ALL]


def test_minutes_are_made_within_fifty_milliseconds():
    pdf(MINUTES)
    begun = time.process_time()
    for number in range(5):  # each another paper, so that nothing is merely remembered
        pdf(Paper(HEAD, f"Biên bản {number}", [*MINUTES.blocks, Paragraph(f"Lần {number}.")]))
    assert (time.process_time() - begun) / 5 < 0.05


def test_a_drawing_becomes_a_picture_and_nothing_outside_it_is_read():
    assert png_of_svg(SVG.decode()).startswith(b"\x89PNG")
    outside = SVG.replace(b"<rect", b'<image href="file:///etc/passwd" width="9"/><rect')
    emoji = SVG.replace(b"<text", '<text font-family="serif">😀</text><text'.encode())
    for drawing in (outside, emoji, b"no drawing", b"<svg"):
        picture = Picture(drawing, "Biểu đồ", "Hình 1")
        assert "passwd" not in as_svg(picture)
        assert pdf(Paper(None, "Thử", [picture])).startswith(b"%PDF")


def test_a_picture_of_dots_is_shown_as_it_is():
    picture = Picture(png_of_svg(SVG.decode()), "Biểu đồ")
    assert pdf(Paper(None, "Thử", [picture])).startswith(b"%PDF")


@needs_poppler
def test_a_row_with_room_to_write_in_is_taller_where_its_words_take_more_lines(tmp_path):
    def pages(cell, height):
        columns = [Column("TT", 0.1), Column("Chi bộ", 0.2), Column("Ký tên")]
        table = Table(columns, [["1", cell, ""]] * 24, row_height=height)
        told = asked("pdfinfo", pdf(Paper(None, "Danh sách", [table])), tmp_path)
        return int(re.search(r"Pages: +(\d+)", told)[1])

    long = "Chi bộ Trường Trung học cơ sở Thanh Xuân"
    assert [pages("Đông", height) for height in (0, 6, 20)] == [1, 1, 3]
    assert pages(long, 6) == pages(long, 0) > 1
