"""Word and Excel files: the text people read, and what stands beside it, as a stream of counted bytes."""

import re
from collections.abc import Collection
from io import BytesIO

from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine, lines_of
from nennep.core.refusal import Refusal
from nennep.core.sheets.limits import UPLOAD, Meter
from nennep.core.sheets.markup import LocalNames, read_whole
from nennep.core.sheets.package import Package

WORD, EXCEL = "word/document.xml", "xl/workbook.xml"
# Heads, feet, notes and remarks of a text; the properties that programs show as its title.
BESIDE_WORD = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
PROPERTIES = "docProps/core.xml"
SHEETS = re.compile(r"xl/(?:sharedStrings|worksheets/\w+)\.xml")
MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|macrosheets/)", re.IGNORECASE)
BREAKS = frozenset({"br", "cr"})
TITLES = frozenset({"title", "subject", "keywords", "description", "category"})
HEADS = frozenset(
    {f"{which}{place}" for which in ("odd", "even", "first") for place in ("Header", "Footer")}
)
HEAD_CODES = re.compile(r'&"[^"]*"|&\d+|&[A-Z]')


class _Texts:
    """Runs of text joined into paragraphs, an inner one (a text box) apart from the one around it.

    What was struck out under “track changes” is not read, nor the copy of a drawing that programs
    write beside it for older ones.
    """

    def __init__(self, holders: Collection[str], texts: Collection[str]) -> None:
        self.paragraphs: list[str] = []
        self._holders, self._texts = holders, texts
        self._open: list[list[str]] = []
        self._names = LocalNames()
        self._is_text = False
        self._copies = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = self._names[name]
        if local == "Fallback":
            self._copies += 1
        if local in self._holders:
            self._open.append([])
        if local in self._texts:
            self._is_text = True
        elif local == "tab":
            self._add("\t")
        elif local in BREAKS:
            self._add("\n")

    def end(self, name: str) -> None:
        local = self._names[name]
        if local == "Fallback":
            self._copies -= 1
        if local in self._texts:
            self._is_text = False
        if local in self._holders and self._open:
            paragraph = "".join(self._open.pop())
            if not self._copies:
                self.paragraphs.append(paragraph)

    def text(self, text: str) -> None:
        if self._is_text:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)


def docx_lines(content: bytes) -> list[TextLine]:
    """The paragraphs of the body, tables row by row."""
    return word_texts(content)[0]


def word_texts(content: bytes) -> tuple[list[TextLine], list[str]]:
    """The body, and the texts beside it."""
    package = opened(content, WORD, "Word")
    try:
        body = _read(package, WORD, ("p",), ("t",))
        beside = [
            paragraph
            for name in package.names
            if BESIDE_WORD.fullmatch(name)
            for paragraph in _read(package, name, ("p",), ("t",))
        ]
        beside += _titles(package)
    except Refusal as refusal:
        raise refusals.damaged("Word") from refusal
    return lines_of("\n".join(body)), beside


def sheet_texts(content: bytes) -> tuple[list[TextLine], list[str]]:
    """The words of all cells, and the heads and feet of the sheets."""
    package = opened(content, EXCEL, "Excel")
    words: list[str] = []
    beside: list[str] = []
    try:
        for name in package.names:
            if SHEETS.fullmatch(name):
                words += _read(package, name, ("si", "is"), ("t",))
                heads = _read(package, name, HEADS, HEADS)
                beside += [HEAD_CODES.sub("\n", head) for head in heads]
        beside += _titles(package)
    except Refusal as refusal:
        raise refusals.damaged("Excel") from refusal
    return lines_of("\n".join(words)), beside


def opened(content: bytes, part: str, program: str) -> Package:
    """The package, if it is what it says and carries no program."""
    try:
        package = Package(BytesIO(content), Meter(UPLOAD))
    except Refusal as refusal:
        raise refusals.damaged(program) from refusal
    if any(MACROS.search(name) for name in package.names):
        raise refusals.macros()
    if part not in package:
        raise refusals.damaged(program)
    return package


def _titles(package: Package) -> list[str]:
    return _read(package, PROPERTIES, TITLES, TITLES) if PROPERTIES in package else []


def _read(
    package: Package, name: str, holders: Collection[str], texts: Collection[str]
) -> list[str]:
    found = _Texts(holders, texts)
    read_whole(package.chunks(name), found.start, found.end, found.text)
    return found.paragraphs
