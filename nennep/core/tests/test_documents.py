import zipfile
from io import BytesIO

import pytest
from docx import Document

from nennep.core.documents import read_document
from nennep.core.refusal import Refusal


def texts(content, name):
    return [line.text for line in read_document(content, name=name)]


def docx(*paragraphs):
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Đảng viên"
    table.rows[0].cells[1].text = "15.420"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_text_comes_out_in_one_normal_form():
    assert texts("Chi bộ\r\nhọp".encode(), "a.txt") == ["Chi bộ", "họp"]
    assert texts("\ufeffChi bộ".encode("utf-16"), "a.txt")[0].endswith("Chi bộ")


def test_a_word_document_comes_out_paragraph_by_paragraph_and_cell_by_cell():
    assert texts(docx("Điều 1. Họp", "Mỗi tháng một lần."), "a.docx") == [
        "Điều 1. Họp",
        "Mỗi tháng một lần.",
        "Đảng viên",
        "15.420",
    ]


def test_a_page_comes_out_as_its_reader_sees_it():
    page = """<html><head><title>x</title></head><body><script>alert(1)</script>
    <h1>Sơ kết</h1><p>Đạt <b>90,5</b>%<br>trở lên &amp; hơn</p></body></html>"""

    assert texts(page.encode(), "a.html") == ["Sơ kết", "Đạt 90,5%", "trở lên & hơn"]


def test_a_pdf_comes_out_page_by_page():
    import typst

    source = b"#set page(height: 100pt, width: 300pt)\nQuy dinh mot\n#pagebreak()\nQuy dinh hai"
    lines = read_document(typst.compile(source), name="a.pdf")

    assert [(line.text, line.page) for line in lines if line.text] == [
        ("Quy dinh mot", 1),
        ("Quy dinh hai", 2),
    ]


def packed(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


ENTITY = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "no_text_in_document"),
        (b"\xff\x00\xfa", "a.txt", "unreadable_document"),
        (b"MZ", "a.exe", "unknown_kind"),
        (b"not a zip", "a.docx", "damaged_document"),
        (packed(x="<a/>"), "a.docx", "damaged_document"),
        (packed(word__document=ENTITY), "a.docx", "damaged_document"),
        (packed(word__document="<d>" + "a" * 40_000_000 + "</d>"), "a.docx", "damaged_document"),
        (b"%PDF-1.7 nothing", "a.pdf", "damaged_document"),
        (b"no pdf", "a.pdf", "damaged_document"),
        (b"x" * (20 * 1024 * 1024 + 1), "a.txt", "document_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_in_words(content, name, code):
    with pytest.raises(Refusal) as refused:
        read_document(content, name=name)

    assert refused.value.code == code
