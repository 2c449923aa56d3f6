"""Files that may be kept: what they are by their bytes, how many pages, and every text in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine
from nennep.core.documents.office import sheet_texts, word_texts
from nennep.core.documents.portable import pdf_texts
from nennep.core.documents.reading import LARGEST, LONGEST, MIB

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """`lines` are the text, each with its page; `beside` what else can be read: heads, notes, titles."""

    content_type: str
    pages: int | None = None
    lines: list[TextLine] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Everything readable: page by page, then what stands beside."""
        return [*self.page_texts.values(), "\n".join(self.beside)]

    @property
    def page_texts(self) -> dict[int, str]:
        """The text of each page that has one; page 1 where the format has no pages."""
        pages: dict[int, list[str]] = {}
        for line in self.lines:
            pages.setdefault(line.page or 1, []).append(line.text)
        joined = {page: "\n".join(lines).strip() for page, lines in pages.items()}
        return {page: text for page, text in joined.items() if text}


def _pdf(content: bytes) -> KeptFile:
    pages, lines, beside = pdf_texts(content)
    return KeptFile("application/pdf", pages, lines, beside)


def _word(content: bytes) -> KeptFile:
    return KeptFile(WORD, None, *word_texts(content))


def _excel(content: bytes) -> KeptFile:
    return KeptFile(EXCEL, None, *sheet_texts(content))


def _jpeg(_content: bytes) -> KeptFile:
    return KeptFile("image/jpeg")


def _png(_content: bytes) -> KeptFile:
    return KeptFile("image/png")


ZIP = b"PK\x03\x04"
# By the ending of the name: how its bytes begin, and who reads it.
KINDS: dict[str, tuple[bytes, Callable[[bytes], KeptFile]]] = {
    ".pdf": (b"%PDF-", _pdf),
    ".docx": (ZIP, _word),
    ".xlsx": (ZIP, _excel),
    ".jpg": (b"\xff\xd8\xff", _jpeg),
    ".jpeg": (b"\xff\xd8\xff", _jpeg),
    ".png": (b"\x89PNG\r\n\x1a\n", _png),
}


def read_kept(content: bytes, *, name: str) -> KeptFile:
    """What the file is, by its bytes and its name, which have to agree; with everything readable.

    Refused: empty, larger than 20 MB, of another kind than its name says, damaged, locked, too many
    pages, with macros. A scan has no text and may be kept.
    """
    begins, reader = KINDS.get(PurePath(name).suffix.lower(), (b"", None))
    if reader is None:
        raise refusals.not_kept(name)
    if not content:
        raise refusals.empty(name)
    if len(content) > LARGEST:
        raise refusals.too_large(name, LARGEST // MIB)
    if not content.startswith(begins):
        raise refusals.another_kind(name)
    read = reader(content)
    if sum(len(text) for text in read.texts) > LONGEST:
        raise refusals.too_large(name, LARGEST // MIB)
    return read
