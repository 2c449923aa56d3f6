"""Damaged, hostile and very long files: an answer in words, soon, and nothing kept of what is refused."""

import io
import time
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.statements.actions import take_in_report
from nennep.statements.models import StatedFigure, WrittenReport
from nennep.statements.queries.files import read_file
from nennep.statements.rules.reading import read_report
from nennep.statements.tests.factories import HONG_HA
from nennep.tasks.tests.factories import committee_user, working_cell

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PAGE = 500  # words
SOON = 10  # seconds of the processor for sixty pages
AT_ONCE = 0.3  # … for one news item


def docx(lines, prolog=""):
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{NAMESPACE}">'
            f"<w:body>{paragraphs}</w:body></w:document>",
        )
    return content.getvalue()


GOOD = docx(HONG_HA.splitlines())
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def zip_bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", b" " * 300_000_000)
    return content.getvalue()


def kept():
    return (
        WrittenReport.objects.count(),
        StatedFigure.objects.count(),
        TrailLine.objects.filter(verb="took in a report").count(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b""),
        ("a.docx", GOOD[: len(GOOD) // 2]),
        ("a.docx", docx(["Chi bộ"], BOMB)),
        ("a.docx", docx(["Chi bộ"], FETCH)),
        ("a.docx", docx([])),
        ("a.docx", zip_bomb()),
        ("a.pdf", b"%PDF-1.7\n1 0 obj << /Length 99999999 >> stream"),
        ("a.pdf", GOOD),
        ("a.txt", b"\x00\x01\x02" * 50),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.txt", "TUYỆT MẬT\nChi bộ có 20 đảng viên.".encode()),
        ("a.exe", b"MZ"),
    ],
    ids=[
        "empty",
        "half",
        "bomb of entities",
        "entity of a file",
        "no text",
        "zip bomb",
        "broken pdf",
        "zip as pdf",
        "control characters",
        "script alone",
        "secret",
        "unknown kind",
    ],
)
def test_what_is_refused_is_refused_in_words_and_nothing_of_it_is_kept(name, content):
    unit = working_cell().unit.parent
    before = kept()

    with pytest.raises(Refusal) as refused:
        take_in_report(unit, name=name, content=content, by=committee_user(unit.code))

    assert str(refused.value.message).endswith(".")
    assert kept() == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=12))
def test_a_file_with_bytes_changed_is_read_or_refused_in_words(changes):
    content = bytearray(GOOD)
    for place, byte in changes:
        content[place] = byte
    try:
        report = read_file(bytes(content), name="a.docx")
    except Refusal:
        return
    for figure in report.figures:
        assert figure.sentence_span.holds(figure.span)
        assert figure.sentence_span.end <= len(report.text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789.,/%-–:;() \nđảngviêchbộtừIX", max_size=300))
def test_any_text_is_read_and_every_span_lies_in_it(text):
    report = read_report(text)

    spans = [f.span for f in report.figures] + report.unplaced
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "text",
    ["1 " * 100_000, "a; 1 chi bộ " * 40_000, "ngày 1/1 " * 30_000, "A. " * 100_000,
     "I. PHƯƠNG HƯỚNG\n" * 20_000, "từ" + " " * 200_000 + "9%", "mười " * 50_000],
    ids=["digits", "clauses", "days", "initials", "headings", "spaces", "words"],
)  # fmt: skip
def test_a_text_made_to_keep_the_reader_busy_does_not(text):
    begun = time.process_time()
    read_report(text)
    assert time.process_time() - begun < SOON


def test_sixty_pages_of_word_are_read_soon_and_it_is_told_how_far():
    told = []
    lines = HONG_HA.splitlines() * (60 * PAGE // len(HONG_HA.split()) + 1)
    content = docx(lines)
    begun = time.process_time()

    read_file(content, name="a.docx", tell=lambda done, total: told.append((done, total)))

    assert time.process_time() - begun < SOON
    assert len(told) > 5
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_news_item_is_read_at_once():
    read_report(HONG_HA)
    begun = time.process_time()
    read_report(HONG_HA)
    assert time.process_time() - begun < AT_ONCE
