"""The handbook at the terminal: a file previewed and taken in, the shipped texts, the book."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.library.actions import load_handbook
from nennep.library.choices import RevisionState
from nennep.library.models import Entry, Revision
from nennep.library.queries.handbook_book import handbook_book
from nennep.papers.paper import Heading
from nennep.papers.xlsx import Sheet, SheetColumn, workbook
from nennep.regulations.actions import load_presets

pytestmark = pytest.mark.django_db

TOML = """
branch = "to-chuc"
[[entry]]
code = "to-dang"
question = "Tổ đảng do ai phụ trách?"
answer = "Do tổ trưởng phụ trách."
bases = [{ basis = "dieu-le-dang", mark = "C" }]
[[entry]]
code = "cam-nang-thanh-pho"
question = "Cẩm nang của thành phố ở đâu?"
link = "tochuc.hanoi.example"
[[entry]]
code = "sai"
question = "Mục này thiếu căn cứ?"
answer = "Có."
"""


@pytest.fixture(autouse=True)
def ground():
    load_presets(by=system_person())
    load_handbook(by=system_person())


def run(*words, ends=0):
    out, code = StringIO(), 0
    try:
        call_command("handbook", *map(str, words), stdout=out)
    except SystemExit as end:
        code = end.code
    assert code == ends
    return out.getvalue()


def test_a_file_is_shown_before_it_is_taken_in(tmp_path):
    file = tmp_path / "muc.toml"
    file.write_text(TOML)

    told = json.loads(run("import", file, "--json", ends=1))

    assert told == {
        "applied": False,
        "new": [
            {"line": 1, "code": "to-dang", "question": "Tổ đảng do ai phụ trách?"},
            {"line": 2, "code": "cam-nang-thanh-pho", "question": "Cẩm nang của thành phố ở đâu?"},
        ],
        "changed": [],
        "same": 0,
        "wrong": [
            {
                "line": 3,
                "code": "sai",
                "question": "Mục này thiếu căn cứ?",
                "problem": "thiếu văn bản căn cứ",
            }
        ],
    }
    assert not Entry.objects.filter(code="to-dang").exists()
    assert "Thêm --apply để nhập." in run("import", file, ends=1)


def test_what_is_taken_in_waits_for_publication_and_is_the_same_afterwards(tmp_path):
    file = tmp_path / "muc.toml"
    file.write_text(TOML)

    run("import", file, "--apply", ends=1)

    made = Revision.objects.get(entry__code="cam-nang-thanh-pho")
    assert (made.state, made.entry.current, made.text.link) == (
        RevisionState.REVIEW,
        None,
        "tochuc.hanoi.example",
    )
    again = json.loads(run("import", file, "--apply", "--json", ends=1))
    assert (again["new"], again["changed"], again["same"]) == ([], [], 2)
    file.write_text(TOML.replace("Do tổ trưởng", "Do chi ủy viên"))
    assert [
        row["code"] for row in json.loads(run("import", file, "--json", ends=1))["changed"]
    ] == ["to-dang"]


def test_a_workbook_is_read_by_its_headings(tmp_path):
    titles = ("Phần", "Câu hỏi", "Trả lời", "Các bước", "Căn cứ")
    rows = [
        ("Tổ chức chi bộ", "Ai là tổ trưởng?", "Người được cử.", "Cử.\nBáo cáo.", "38-HD/BTCTW"),
        ("Không có phần này", "Gì?", "Gì.", "", "38-HD/BTCTW"),
        ("Tổ chức chi bộ", "Ai ký?", "Bí thư.", "", "999-QĐ/TW"),
    ]
    sheet = Sheet("Mục", [SheetColumn(title) for title in titles], rows)
    file = tmp_path / "muc.xlsx"
    file.write_bytes(workbook([sheet]))

    told = json.loads(run("import", file, "--apply", "--json", ends=1))

    assert [row["code"] for row in told["new"]] == ["ai-la-to-truong"]
    assert [row["problem"] for row in told["wrong"]] == [
        "không có phần “Không có phần này” trong cẩm nang",
        "chưa có văn bản “999-QĐ/TW” trong danh sách căn cứ",
    ]
    text = Revision.objects.get(entry__code="ai-la-to-truong").text
    assert text.steps == ("Cử.", "Báo cáo.")
    assert [(cited.basis, cited.mark) for cited in text.bases] == [("hd-38-btctw-2025", "P")]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.toml", "đây không phải = = toml"), ("b.toml", "x = 1"), ("c.xlsx", "không phải bảng")],
)
def test_what_is_no_such_file_is_refused_in_words(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content)

    with pytest.raises(Refusal):
        run("import", file, "--json")
    with pytest.raises(Refusal, match="Không có tệp"):
        run("import", tmp_path / "khong-co.toml")


def test_the_shipped_texts_are_loaded_once():
    assert json.loads(run("update", "--json")) == {"added": 0, "updated": 0, "kept": 0}


def test_the_book_holds_every_published_entry_and_an_index(tmp_path):
    Entry.objects.filter(code="diem-danh").update(current=None)

    book = handbook_book(date(2026, 11, 1))

    asked = [b.text for paper in book.papers for b in paper.blocks if isinstance(b, Heading)]
    assert len(asked) == Entry.objects.published().count()
    assert "Điểm danh thế nào, trên giấy hay trên ứng dụng?" not in asked
    assert "38-HD/BTCTW" in str(book.papers[-1].blocks)
    run("book", "--out", tmp_path / "cam-nang.pdf")
    assert (tmp_path / "cam-nang.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(Refusal):
        run("book", "--out", tmp_path / "cam-nang.odt")
