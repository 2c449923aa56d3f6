"""DOCX: the paragraphs of the body, tables row by row, read as a stream of counted bytes."""

from io import BytesIO

from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine, lines_of
from nennep.core.refusal import Refusal
from nennep.core.sheets.limits import UPLOAD, Meter
from nennep.core.sheets.markup import LocalNames, read_whole
from nennep.core.sheets.package import Package

BODY = "word/document.xml"
BREAKS = frozenset({"br", "cr"})


class _Body:
    """Text runs joined into paragraphs. What was struck out under “track changes” is not read."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._runs: list[str] = []
        self._names = LocalNames()
        self._is_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = self._names[name]
        if local == "t":
            self._is_text = True
        elif local == "tab":
            self._runs.append("\t")
        elif local in BREAKS:
            self._runs.append("\n")

    def end(self, name: str) -> None:
        local = self._names[name]
        if local == "t":
            self._is_text = False
        elif local == "p":
            self.paragraphs.append("".join(self._runs))
            self._runs = []

    def text(self, text: str) -> None:
        if self._is_text:
            self._runs.append(text)


def docx_lines(content: bytes) -> list[TextLine]:
    body = _Body()
    try:
        package = Package(BytesIO(content), Meter(UPLOAD))
        if BODY not in package:
            raise refusals.damaged("Word")
        read_whole(package.chunks(BODY), body.start, body.end, body.text)
    except Refusal as refusal:
        raise refusals.damaged("Word") from refusal
    return lines_of("\n".join(body.paragraphs))
