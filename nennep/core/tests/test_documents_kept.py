import json
import subprocess
import sys

import pytest

from nennep.core.documents import read_kept
from nennep.core.documents.portable_apart import LARGEST_MEMORY
from nennep.core.refusal import Refusal
from nennep.core.tests import files


def test_a_pdf_comes_out_page_by_page_and_a_scan_has_pages_without_text():
    read = read_kept(files.pdf("Quy dinh mot", "Quy dinh hai"), name="a.pdf")
    assert (read.pages, read.page_texts) == (2, {1: "Quy dinh mot", 2: "Quy dinh hai"})
    scan = read_kept(files.pdf_of_many_pages(3), name="a.pdf")
    assert (scan.pages, scan.page_texts) == (3, {})


def test_everything_readable_of_a_word_file_comes_out():
    content = files.word(
        "Điều 1. Họp", header="Đầu trang", footer="Chân trang", box="Trong khung", split="Tách rời",
        title="Tên tệp",
    )  # fmt: skip
    read = read_kept(content, name="a.docx")

    assert "Điều 1. Họp" in read.page_texts[1].split("\n")
    assert "Trong khung" in read.page_texts[1].split("\n")
    assert "Đảng bộ xã Bình An" in read.page_texts[1].split("\n")
    assert "Tách rời" in read.page_texts[1].split("\n")
    assert {"Đầu trang", "Chân trang", "Tên tệp"} <= set(read.beside)


def test_the_words_of_a_workbook_and_its_heads_come_out():
    read = read_kept(
        files.sheet(("Chi bộ", "Có mặt"), ("Thôn Đông", 27), header="&CĐầu trang"), name="a.xlsx"
    )

    assert {"Chi bộ", "Có mặt", "Thôn Đông"} <= set(read.page_texts[1].split("\n"))
    assert "Đầu trang" in "\n".join(read.beside)


@pytest.mark.parametrize(
    ("content", "name"), [(files.PNG, "anh.PNG"), (files.JPEG, "a.jpg"), (files.JPEG, "a.jpeg")]
)
def test_a_photo_is_kept_as_what_it_is(content, name):
    assert read_kept(content, name=name).content_type.startswith("image/")


HOSTILE = [
    (b"", "a.pdf", "empty_file"),
    (b"MZ\x90", "a.exe", "unknown_kind"),
    (b"MZ\x90", "a.pdf", "another_kind"),
    (b"<html>", "a.docx", "another_kind"),
    (files.PNG, "a.jpg", "another_kind"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "unknown_kind"),
    (b"x", "khong-duoi", "unknown_kind"),
    (b"%PDF-" + b"x" * (20 * 1024 * 1024), "a.pdf", "document_too_large"),
    (b"%PDF-1.7 nothing", "a.pdf", "damaged_document"),
    (files.locked_pdf(), "a.pdf", "damaged_document"),
    (files.pdf_of_many_pages(10_000), "a.pdf", "too_many_pages"),
    (b"PK\x03\x04 nothing", "a.docx", "damaged_document"),
    (files.word("x"), "a.xlsx", "damaged_document"),
    (files.sheet(("x",)), "a.docx", "damaged_document"),
    (files.with_part(files.word("x"), "word/vbaProject.bin", b"x"), "a.docx", "macros"),
    (files.with_part(files.sheet(("x",)), "xl/VBAproject.bin", b"x"), "a.xlsx", "macros"),
    (
        files.with_part(files.word("x"), "bomb.xml", b"a" * 250_000_000),
        "a.docx",
        "damaged_document",
    ),
]


@pytest.mark.parametrize(("content", "name", "code"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_must_not_be_kept_is_refused_in_words(content, name, code):
    with pytest.raises(Refusal) as no:
        read_kept(content, name=name)
    assert no.value.code == code


# A process of its own: what one costs is told against a small one, not against that of all tests.
READ_AND_TELL = """
import json, resource, sys

import django

django.setup()
from nennep.core.documents import read_kept
from nennep.core.documents.portable_apart import LARGEST_MEMORY
from nennep.core.refusal import Refusal

def most(of):
    return resource.getrusage(of).ru_maxrss // 1024

bomb, before = sys.stdin.buffer.read(), most(resource.RUSAGE_SELF)
try:
    read_kept(bomb, name="a.pdf")
    code = ""
except Refusal as no:
    code = no.code
grown = most(resource.RUSAGE_SELF) - before
print(json.dumps({"code": code, "grown": grown, "child": most(resource.RUSAGE_CHILDREN)}))
"""


def test_a_pdf_that_unfolds_into_gigabytes_is_refused_and_costs_this_process_nothing():
    bomb = files.pdf_bomb()
    assert len(bomb) < 10_000
    done = subprocess.run(
        [sys.executable, "-c", READ_AND_TELL], input=bomb, capture_output=True, check=True
    )
    told = json.loads(done.stdout)

    assert told["code"] == "too_heavy"
    assert told["grown"] < 50  # MiB
    assert told["child"] < LARGEST_MEMORY // 1024**2
