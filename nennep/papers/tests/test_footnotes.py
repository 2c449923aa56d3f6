"""A number with its source at the foot of the page, in each form of a paper."""

import dataclasses
import io
import re
import shutil
import subprocess
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml

from nennep.papers.paper import BulletList, Column, Paper, Paragraph, Run, Table, noted
from nennep.papers.render import render
from nennep.papers.tests.samples import DAY, HEAD, HOSTILE, RESOLUTION

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTED = Paper(
    HEAD,
    "Báo cáo",
    day=DAY,
    blocks=[
        Paragraph(("Tỷ lệ tham gia đạt ", noted("92,4%", "Sổ điểm danh."), ".")),
        BulletList([("Có ", Run("29", bold=True, note='Sổ "văn bản" & <sổ>.'), " văn bản.")]),
        Table([Column("Kết quả")], [((noted("87", "Cây tổ chức."),),)]),
    ],
)


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return {name: files.read(name).decode() for name in files.namelist() if "xml" in name}


def test_word_numbers_them_in_the_order_they_are_read():
    parts = parts_of(render(NOTED, "docx"))

    called = re.findall(r'<w:footnoteReference w:id="([^"]*)"/>', parts["word/document.xml"])
    whole = parse_xml(parts["word/footnotes.xml"].encode())
    told = {
        note.get(f"{W}id"): "".join(t.text for t in note.iter(f"{W}t")).strip() for note in whole
    }
    assert called == ["1", "2", "3"]
    assert told == {
        "-1": "", "0": "", "1": "Sổ điểm danh.", "2": 'Sổ "văn bản" & <sổ>.', "3": "Cây tổ chức.",
    }  # fmt: skip
    assert "footnotes.xml" in parts["word/_rels/document.xml.rels"]
    assert "footnotes+xml" in parts["[Content_Types].xml"]
    styles = Document(io.BytesIO(render(NOTED, "docx"))).styles
    assert {"footnote text", "footnote reference"} <= {style.name for style in styles}


def test_a_word_file_without_them_has_no_such_part():
    assert "word/footnotes.xml" not in parts_of(render(RESOLUTION, "docx"))


def test_a_page_lists_them_below_the_paper():
    shown = render(NOTED, "html")

    assert '92,4%<sup class="paper-call">1</sup>' in shown
    assert '<strong>29</strong><sup class="paper-call">2</sup>' in shown
    listed = re.search(r'<ol class="paper-footnotes">(.*)</ol>', shown)[1]
    assert listed == (
        "<li>Sổ điểm danh.</li><li>Sổ &quot;văn bản&quot; &amp; &lt;sổ&gt;.</li>"
        "<li>Cây tổ chức.</li>"
    )
    assert "paper-footnotes" not in render(RESOLUTION, "html")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
def test_a_pdf_sets_them_at_the_foot_of_the_page(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(render(NOTED, "pdf"))
    order = ["pdftotext", "-layout", str(path), "-"]
    shown = subprocess.run(order, capture_output=True, text=True, check=True).stdout
    assert shown.index("92,4%") < shown.index("Sổ điểm danh.") < shown.index("Cây tổ chức.")


def test_hostile_notes_are_words():
    paper = dataclasses.replace(NOTED, blocks=[Paragraph((noted("1", HOSTILE),))])

    assert "<script" not in render(paper, "html")
    assert "&lt;script&gt;alert(1)" in parts_of(render(paper, "docx"))["word/footnotes.xml"]
    assert render(paper, "pdf").startswith(b"%PDF")


def test_the_same_paper_with_footnotes_gives_the_same_bytes():
    assert render(NOTED, "docx") == render(NOTED, "docx")
