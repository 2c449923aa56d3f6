"""Entries in a file, compared with the handbook: what is new, changed, the same or wrong.

TOML as it ships (`branch`, then `[[entry]]`), or a workbook with these headings, one entry a row:
Phần, Câu hỏi, Trả lời, Các bước, Lưu ý, Căn cứ, Địa chỉ. Steps, notes and documents stand one a line in
their cell; documents by number and symbol. An entry may only lead to an address.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from nennep.core.refusal import Refusal
from nennep.core.sheets.book import open_book
from nennep.core.text import fold
from nennep.library.models import Branch, Entry
from nennep.library.queries.handbook import whole_revisions
from nennep.library.rules.handbook import EntryText, entry_text, flaws, slug_of
from nennep.regulations.choices import Mark
from nennep.regulations.models import Basis

HEADINGS = {
    "phan": "branch",
    "cau hoi": "question",
    "tra loi": "answer",
    "cac buoc": "steps",
    "luu y": "notes",
    "can cu": "bases",
    "dia chi": "link",
}
LISTS = ("steps", "notes")
FLAW_WORDS = {
    "question": "thiếu câu hỏi",
    "answer": "thiếu câu trả lời (hoặc địa chỉ)",
    "bases": "thiếu văn bản căn cứ",
    "shape": "mức chắc chắn không đúng",
    "fact": "con số thiếu phần",
    "fact_basis": "con số có văn bản không nằm trong căn cứ của mục",
    "number": "con số không có căn cứ",
}


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry of the file. `line` is its row, or its place in a TOML; `problem` is empty if it is well."""

    line: int
    branch: str
    code: str
    text: EntryText
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file in would do."""

    new: list[ReadEntry]
    changed: list[ReadEntry]
    same: list[ReadEntry]
    wrong: list[ReadEntry]


def preview(name: str, content: bytes, *, within: Collection[str] | None = None) -> Preview:
    """Raises Refusal where the file cannot be read at all. `within`: the branches that are written."""
    entries = [*_judged(read_entries(name, content), within)]
    well = [each for each in entries if not each.problem]
    found = whole_revisions().filter(entry__code__in=[each.code for each in well])
    texts: dict[str, set[EntryText]] = {}
    for revision in found.filter(state__in=("draft", "review", "published")):
        if revision.is_open or revision.entry.current_id == revision.pk:
            texts.setdefault(revision.entry.code, set()).add(revision.text)
    known = set(Entry.objects.values_list("code", flat=True))
    return Preview(
        new=[each for each in well if each.code not in known],
        changed=[e for e in well if e.code in known and e.text not in texts.get(e.code, set())],
        same=[each for each in well if each.text in texts.get(each.code, set())],
        wrong=[each for each in entries if each.problem],
    )


def content_of(path: Path) -> bytes:
    if not path.is_file():
        raise Refusal(f"Không có tệp “{path}”.", code="no_such_file")
    return path.read_bytes()


def read_entries(name: str, content: bytes) -> list[ReadEntry]:
    is_toml = name.lower().endswith(".toml")
    return list(_of_toml(name, content) if is_toml else _of_sheet(name, content))


def _judged(entries: list[ReadEntry], within: Collection[str] | None) -> Iterator[ReadEntry]:
    branches = set(Branch.objects.filter(branches__isnull=True).values_list("code", flat=True))
    bases = set(Basis.objects.values_list("code", flat=True))
    seen: set[str] = set()
    for each in entries:
        problem = each.problem or _problem(each, branches, bases)
        if not problem and within is not None and each.branch not in within:
            problem = "phần này do người khác viết"
        if not problem and each.code in seen:
            problem = "câu hỏi này đã có ở dòng trên"
        seen.add(each.code)
        yield ReadEntry(each.line, each.branch, each.code, each.text, problem)


def _problem(each: ReadEntry, branches: set[str], bases: set[str]) -> str:
    if each.branch not in branches:
        return f"không có phần “{each.branch}” trong cẩm nang"
    if unknown := [cited.basis for cited in each.text.bases if cited.basis not in bases]:
        return f"chưa có văn bản “{unknown[0]}” trong danh sách căn cứ"
    return next((FLAW_WORDS[flaw] for flaw, _what in flaws(each.text)), "")


def _of_toml(name: str, content: bytes) -> Iterator[ReadEntry]:
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"Không đọc được “{name}”: {error}", code="bad_file") from error
    rows = table.get("entry", [])
    if not isinstance(rows, list) or not rows:
        raise Refusal(f"“{name}” không có mục [[entry]] nào.", code="no_entries")
    for line, row in enumerate(rows, 1):
        branch = str(row.get("branch", table.get("branch", "")))
        yield _read(line, branch, str(row.get("code", "")), row)


def _read(line: int, branch: str, code: str, row: Mapping[str, Any]) -> ReadEntry:
    try:
        text = entry_text(row)
    except ValueError:
        return ReadEntry(line, branch, code, EntryText(), "mục này viết không đúng khuôn")
    return ReadEntry(line, branch, code or slug_of(fold(text.question)), text)


def _of_sheet(name: str, content: bytes) -> Iterator[ReadEntry]:
    book = open_book(BytesIO(content))
    rows = book.rows(book.sheets[0])
    heads: dict[str, int] = {}
    places = _branch_places()
    bases = _symbols()
    for row in rows:
        if not heads:
            heads = _heads(row.values)
            continue
        told = {key: str(row.at(column) or "").strip() for key, column in heads.items()}
        if any(told.values()):
            yield _of_row(row.number, told, places, bases)
    if not heads:
        raise Refusal(
            f"“{name}” không có dòng tiêu đề: Phần, Câu hỏi, Trả lời, Căn cứ.",
            code="no_headings",
        )


def _heads(values: Any) -> dict[str, int]:
    found = {
        HEADINGS[name]: column
        for column, value in enumerate(values)
        if (name := fold(str(value or "")).strip()) in HEADINGS
    }
    return found if {"branch", "question"} <= set(found) else {}


def _of_row(
    line: int, told: dict[str, str], places: Mapping[str, str], bases: Mapping[str, str]
) -> ReadEntry:
    symbols = [each.strip() for each in told.get("bases", "").splitlines() if each.strip()]
    table = {
        "question": told.get("question", ""),
        "answer": told.get("answer", ""),
        "link": told.get("link", ""),
        "bases": [
            {"basis": bases.get(symbol.upper(), symbol), "mark": Mark.PROBABLE}
            for symbol in symbols
        ],
    }
    table |= {name: told.get(name, "").splitlines() for name in LISTS}
    branch = told.get("branch", "")
    return _read(line, places.get(fold(branch), branch), "", table)


def _branch_places() -> dict[str, str]:
    """The branches by their folded titles and by their codes."""
    rows = Branch.objects.values_list("code", "title")
    return {fold(title): code for code, title in rows} | {code: code for code, _title in rows}


def _symbols() -> dict[str, str]:
    """Bases by their symbols; where a symbol stands twice, the newest document."""
    rows = Basis.objects.order_by("issued_on", "id").values_list("symbol", "code")
    return {symbol.upper(): code for symbol, code in rows}
