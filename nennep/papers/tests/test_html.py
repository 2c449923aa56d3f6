import re

import pytest

from nennep.papers.drawings import qr_svg, safe_svg
from nennep.papers.paper import Book
from nennep.papers.render import content_type, render, respond, respond_bytes
from nennep.papers.tests.samples import (
    HEAD,
    LETTER,
    MINUTES,
    RESOLUTION,
    REVIEW,
    SVG,
    hostile_paper,
)


def test_a_preview_says_what_the_paper_says():
    shown = render(RESOLUTION, "html")
    for words in ("Số 05-NQ/CB", "I- NHIỆM VỤ THÁNG 6", "T/M Chi bộ", "- Lưu Chi bộ.", "-----"):
        assert words in shown
    assert 'lang="vi"' in shown


def test_a_preview_has_no_style_script_or_address_of_its_own():
    for paper in (MINUTES, RESOLUTION, REVIEW, LETTER, hostile_paper()):
        shown = render(paper, "html")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|<img|<iframe|href=", shown)


def test_hostile_words_are_words():
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in render(hostile_paper(), "html")


def test_a_book_is_previewed_paper_by_paper():
    shown = render(Book("Sổ", [MINUTES, RESOLUTION], masthead=HEAD), "html")
    assert shown.count("<article") == 2


def test_column_groups_span_their_columns():
    shown = render(REVIEW, "html")
    assert '<th scope="colgroup" colspan="2">Đảng viên</th>' in shown
    assert '<th scope="col" rowspan="2">TT</th>' in shown


def test_a_drawing_keeps_its_shapes_and_loses_the_rest():
    bad = SVG.replace(
        b"<rect",
        b'<script>x()</script><style>*{}</style><a href="javascript:x()"><rect/></a>'
        b'<image href="http://x/"/><g onclick="x()" style="x" fill="url(#a)"/><rect',
    )
    shown = safe_svg(bad)
    assert "#A61B29" in shown
    assert not re.search("script|style|href|onclick|url|image", shown)
    assert safe_svg(b"<html/>") == ""
    assert safe_svg(b"no drawing") == ""
    assert safe_svg(b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>') == ""


def test_a_code_is_the_same_drawing_each_time():
    assert qr_svg("https://example.org/x") == qr_svg("https://example.org/x")


def test_a_download_has_a_plain_name_and_a_type():
    response = respond(RESOLUTION, "docx")
    name = "nghi-quyet-chi-bo-thon-ve-linh-2024-06-04.docx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == content_type("docx")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert respond(RESOLUTION, "pdf", is_inline=True)["Content-Disposition"].startswith("inline")
    odd = respond_bytes(b"", 'a"\r\nX: y/../', "xlsx")["Content-Disposition"]
    assert odd == 'attachment; filename="a-x-y.xlsx"'


def test_no_other_form_is_made():
    with pytest.raises(ValueError, match="docx, pdf or html"):
        render(MINUTES, "odt")
