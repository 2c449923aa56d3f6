"""Papers drawn up from a draft: what stands on them, in the official format."""

import io
from datetime import date

import pypdfium2
import pytest
from docx import Document as WordDocument
from docx.shared import Mm, Pt

from nennep.library.actions.documents import Entry, Wording, draft_document
from nennep.library.actions.issuing import issue_document
from nennep.library.queries.document_papers import blocks_of, document_paper
from nennep.library.tests.factories_registers import DAY, drafted, make_registers
from nennep.papers.paper import BulletList, Heading, Paragraph, Table, words
from nennep.papers.render import render

MM = 72 / 25.4  # points
TEXT = """Thực hiện Đề án số 11-ĐA/TU, chi bộ xây dựng kế hoạch như sau:
I- MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao chất lượng sinh hoạt.
- Bám sát thực tế.
- Có kết quả cụ thể.
II. NỘI DUNG
1. Quý III: vận động nhân dân phân loại rác tại nguồn.
| Tháng | Nội dung |
| 7 | Chuyên đề |
Điều 1. Các đồng chí đảng viên thi hành."""


def described(block):
    if isinstance(block, Heading):
        return ("heading", block.level, block.mark, words(block.text))
    if isinstance(block, BulletList):
        return ("list", *block.entries)
    if isinstance(block, Table):
        return ("table", *(column.title for column in block.columns), len(block.rows))
    assert isinstance(block, Paragraph)
    return ("paragraph", words(block.text))


def test_what_is_typed_line_by_line_becomes_parts_points_lists_and_tables():
    assert [described(block) for block in blocks_of(TEXT)] == [
        ("paragraph", "Thực hiện Đề án số 11-ĐA/TU, chi bộ xây dựng kế hoạch như sau:"),
        ("heading", 1, "I-", "MỤC ĐÍCH, YÊU CẦU"),
        ("heading", 2, "1.", "Mục đích"),
        ("paragraph", "Nâng cao chất lượng sinh hoạt."),
        ("list", "Bám sát thực tế.", "Có kết quả cụ thể."),
        ("heading", 1, "II-", "NỘI DUNG"),
        ("paragraph", "1. Quý III: vận động nhân dân phân loại rác tại nguồn."),
        ("table", "Tháng", "Nội dung", 1),
        ("paragraph", "Điều 1. Các đồng chí đảng viên thi hành."),
    ]


def test_a_column_that_numbers_the_rows_is_narrow():
    (table,) = blocks_of("| STT | Tập thể | Hình thức |\n| 1 | Chi bộ thôn Đông | Giấy khen |")
    assert [column.width for column in table.columns] == [0.3, 1, 1]


@pytest.mark.parametrize("text", ["", "|", "||", "- ", "| |\n|a|b|c|", "I-", "1.", "Điều 1."])
def test_no_line_is_too_strange(text):
    assert render_of(list(blocks_of(text)))


def render_of(blocks):
    from nennep.papers.paper import Paper

    return render(Paper(None, "Kế hoạch", blocks, day=DAY), "docx")


@pytest.fixture
def registers(db, monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    return make_registers()


def plan(registers, kind="plan", unit=None, body="cell", **wording):
    unit = unit or registers.cell
    by = registers.secretary if unit.is_cell else registers.officer
    told = Entry(
        kind=kind, subject="Sinh hoạt chuyên đề quý III", body=body, signer="Nguyễn Văn An",
        signer_post="Bí thư",
    )  # fmt: skip
    wording = Wording(body=TEXT, **({"recipients": "Đảng ủy xã\nLưu Chi bộ"} | wording))
    draft = draft_document(unit, entry=told, wording=wording, by=by)
    return issue_document(draft, day=DAY, by=by)


def opened(document):
    content = render(document_paper(document, document.draft), "docx")
    return WordDocument(io.BytesIO(content))


def head_of(word):
    cells = word.tables[0].rows[0].cells
    return [[line.text for line in cell.paragraphs if line.text] for cell in cells]


def test_a_cells_plan_has_the_official_head_margins_and_sizes(registers):
    word = opened(plan(registers))

    assert head_of(word) == [
        ["ĐẢNG BỘ XÃ BÌNH AN", "CHI BỘ THÔN ĐÔNG", "*", "Số 01-KH/CB"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "Bình An, ngày 03 tháng 6 năm 2024"],
    ]
    section = word.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    wanted = (20, 20, 30, 15)
    assert all(abs(a - Mm(b)) < Mm(0.1) for a, b in zip(margins, wanted, strict=True))
    lines = [line.text for line in word.paragraphs]
    assert lines[:3] == ["KẾ HOẠCH", "Sinh hoạt chuyên đề quý III", "-----"]
    sizes = {
        name: word.styles[name].font.size for name in ("Title", "Body Text", "Symbol", "Party")
    }
    assert sizes == {"Title": Pt(16), "Body Text": Pt(14), "Symbol": Pt(14), "Party": Pt(15)}
    signed = [line.text for table in word.tables for row in table.rows for cell in row.cells
              for line in cell.paragraphs]  # fmt: skip
    assert signed.index("T/M CHI BỘ") < signed.index("BÍ THƯ") < signed.index("Nguyễn Văn An")
    assert "- Đảng ủy xã;" in signed
    assert "- Lưu Chi bộ." in signed


def test_a_standing_committee_signs_under_the_committees_head(registers):
    word = opened(plan(registers, "scheme", registers.district, "standing"))

    assert head_of(word)[0] == ["THÀNH ỦY HÀ NỘI", "HUYỆN ỦY PHÚC THỌ", "*", "Số 01-ĐA/HU"]
    assert head_of(word)[1][1] == "Phúc Thọ, ngày 03 tháng 6 năm 2024"
    assert "T/M BAN THƯỜNG VỤ" in all_words(word)


def test_a_grassroots_committee_signs_as_a_collective(registers):
    word = opened(plan(registers, "resolution", registers.commune, "committee"))

    assert head_of(word)[0] == ["ĐẢNG BỘ HUYỆN PHÚC THỌ", "ĐẢNG ỦY XÃ BÌNH AN", "*", "Số 01-NQ/ĐU"]
    assert "T/M ĐẢNG ỦY" in all_words(word)


def test_an_official_letter_has_no_kind_but_about_what_and_to_whom(registers):
    word = opened(plan(registers, "letter", addressee="Đảng ủy xã Bình An"))

    head, _right = head_of(word)
    assert head[3:] == ["Số 01-CV/CB", "về việc sinh hoạt chuyên đề quý III"]
    assert word.paragraphs[0].text == "Kính gửi: Đảng ủy xã Bình An"
    assert "- Như trên;" in all_words(word)


def test_a_submission_is_addressed_with_respect(registers):
    word = opened(plan(registers, "submission", addressee="Đảng ủy xã Bình An"))

    assert "Kính trình: Đảng ủy xã Bình An" in all_words(word)
    assert word.paragraphs[0].text == "TỜ TRÌNH"


def test_a_draft_leaves_room_for_its_number_and_day_and_says_what_it_is(registers):
    draft = drafted(registers)
    paper = document_paper(draft, draft.draft)

    assert paper.masthead.symbol.replace("\u00a0", "") == "Số -KH/CB"
    assert "năm 2024" in paper.masthead.place_and_date
    assert paper.footer == "Dự thảo, chưa ban hành"


def test_the_format_is_that_of_its_day(registers):
    assert document_paper(plan(registers), plan(registers).draft).day == DAY
    assert date(2026, 5, 27) > DAY


def test_the_pdf_is_an_a4_page_with_the_words_inside_the_margins(registers):
    issued = plan(registers)
    document = pypdfium2.PdfDocument(render(document_paper(issued, issued.draft), "pdf"))
    page = document[0]
    width, height = page.get_size()
    words_there = page.get_textpage()
    left, bottom, right, top = 30, 20, 15, 20

    assert (round(width / MM), round(height / MM)) == (210, 297)
    boxes = [words_there.get_rect(n) for n in range(words_there.count_rects())]
    assert min(box[0] for box in boxes) >= (left - 1) * MM
    assert max(box[2] for box in boxes) <= width - (right - 1) * MM
    assert min(box[1] for box in boxes) >= (bottom - 1) * MM
    assert max(box[3] for box in boxes) <= height - (top - 2) * MM
    said = words_there.get_text_bounded()
    for part in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 01-KH/CB", "KẾ HOẠCH", "T/M CHI BỘ", "Nơi nhận:"):
        assert part in said


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_same_document_gives_the_same_bytes(registers, form):
    issued = plan(registers)
    paper = document_paper(issued, issued.draft)
    assert render(paper, form) == render(paper, form)


def all_words(word):
    lines = [line.text for line in word.paragraphs]
    for table in word.tables:
        lines += [line.text for row in table.rows for cell in row.cells for line in cell.paragraphs]
    return lines
