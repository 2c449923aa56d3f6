"""G13: bad input gets a clear error. Files that people hand in are changed at random, many times.

A changed file is read, or refused in words; no other exception, no longer than a person waits. XML
is changed inside its package as well, so that more is met than a damaged zip. What is kept as text
is looked for on the pages in `tests/test_permission_matrix.py` and the templates escape it; the
corpus here is files alone.
"""

import io
import random
import sys
import zipfile
from datetime import date
from time import monotonic

import docx
import openpyxl
import pytest

from nennep.core.documents.reading import read_document
from nennep.core.refusal import Refusal
from nennep.core.sheets.book import open_book
from nennep.core.sheets.filling import Form
from nennep.core.sheets.tables import read_table
from nennep.imports.choices import Kind
from nennep.imports.queries.shapes import shape_of
from nennep.quality.choices import FormKind
from nennep.quality.queries.office_forms import fill_form, find_form_head

pytestmark = pytest.mark.assure
TIMES = 1_500
LONGEST = 10  # seconds for one small file
WICKED = [
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"&b;", b"]]>", b"\0", b"<", b"&",
    b"\xff\xfe", b'r="ZZZ9999999"', b"99999999999999999999", b"NaN", b"-1e999", b"=cmd|' /C calc'!A1",
    "Ệ".encode("utf-16"), b"</sheetData>", b"<c/>", b"../../etc/passwd", b"<x:row>" * 200,
]  # fmt: skip


def workbook():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["DANH SÁCH ĐẢNG VIÊN"])
    page.append(["STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Chi bộ", "Điểm"])
    for number in range(12):
        page.append(
            [number, f"Nguyễn Văn {number}", date(1960, 1, 1 + number), "6-12-2021", "CB1", 8.5]
        )
    page.merge_cells("A1:F1")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def empty_form():
    book = openpyxl.Workbook()
    book.active.append(["BIỂU XẾP LOẠI"])
    book.active.append(["STT", "Chi bộ", "Ngày", "Điểm", "Cộng"])
    book.active.append([None, None, None, None, "=SUM(D3:D9)"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def letter():
    paper = docx.Document()
    paper.add_heading("Báo cáo sơ kết", 1)
    for number in range(10):
        paper.add_paragraph(f"Chi bộ {number} có 29 đảng viên, dự 92,4%.")
    paper.add_table(2, 2).cell(0, 0).text = "Ô"
    content = io.BytesIO()
    paper.save(content)
    return content.getvalue()


def changed(content: bytes, dice: random.Random) -> bytes:
    """Bytes turned, cut out, doubled, or something wicked put between them."""
    body = bytearray(content)
    for _ in range(dice.choice([1, 1, 2, 8])):
        place = dice.randrange(len(body) or 1)
        length = dice.choice([1, 1, 4, 40, 400])
        how = dice.randrange(4)
        if how == 0 and body:
            body[place] ^= 1 << dice.randrange(8)
        elif how == 1:
            del body[place : place + length]
        elif how == 2:
            body[place:place] = body[place : place + length]
        else:
            body[place:place] = dice.choice(WICKED)
    return bytes(body)


def changed_within(content: bytes, dice: random.Random) -> bytes:
    """The same of one part of the package, packed again."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        victim = dice.choice(before.namelist())
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, changed(part, dice) if name == victim else part)
    return out.getvalue()


def take_roll(content):
    table = read_table(open_book(io.BytesIO(content)), shape_of(Kind.MEMBERS), "")
    return sum(1 for _row in table.rows())


def fill(content):
    found = find_form_head(Form(content), FormKind.MONTH)
    lines = [{"unit": "Chi bộ thôn Đông", "points": 80, "day": date(2024, 6, 3)}]
    return fill_form(content, found.sheet.name, found.head.last, found.columns, lines)


def read_letter(content):
    return read_document(content, name="bao-cao.docx")


CSV = "STT,Họ và tên,Ngày sinh,Ngày vào Đảng,Chi bộ\n1,Nguyễn Văn An,6-12-1960,6-12-2021,CB1\n" * 5


@pytest.mark.parametrize(
    ("what", "content", "take", "change"),
    [
        ("roll, package", workbook(), take_roll, changed),
        ("roll, XML", workbook(), take_roll, changed_within),
        ("form, package", empty_form(), fill, changed),
        ("form, XML", empty_form(), fill, changed_within),
        ("roll, CSV", CSV.encode(), take_roll, changed),
        ("report, package", letter(), read_letter, changed),
        ("report, XML", letter(), read_letter, changed_within),
    ],
)
def test_a_file_changed_at_random_is_read_or_refused_in_words(what, content, take, change, capsys):
    dice, crashes = random.Random(13), []
    refused, wordless, slowest = 0, 0, 0.0
    for number in range(TIMES):
        bad = change(content, dice)
        begun = monotonic()
        try:
            take(bad)
        except Refusal as no:
            refused += 1
            wordless += not no.message.strip()
        except Exception as error:  # noqa: BLE001 -- any other is what is looked for
            crashes.append(f"{number}: {error!r}")
        slowest = max(slowest, monotonic() - begun)

    with capsys.disabled():
        sys.stdout.write(
            f"\nG13: {what}: {TIMES} changed files, {refused} refused, {len(crashes)} crashes, "
            f"slowest {slowest:.1f} s\n"
        )
    assert (crashes, wordless) == ([], 0)
    assert 0 < refused < TIMES or what == "roll, CSV"
    assert slowest < LONGEST
