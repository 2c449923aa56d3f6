"""One way in for every kind of document."""

from collections.abc import Callable
from pathlib import PurePath

from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine
from nennep.core.documents.markup import html_lines
from nennep.core.documents.office import docx_lines
from nennep.core.documents.plain import plain_lines, plain_text
from nennep.core.documents.portable import pdf_lines

MIB = 1024 * 1024
LARGEST = 20 * MIB
LONGEST = 20_000_000  # characters of one document

READERS: dict[str, Callable[[bytes], list[TextLine]]] = {
    ".txt": plain_lines,
    ".md": plain_lines,
    ".html": html_lines,
    ".htm": html_lines,
    ".docx": docx_lines,
    ".pdf": pdf_lines,
}
READABLE = frozenset(READERS)


def read_document(content: bytes, *, name: str) -> list[TextLine]:
    """The lines of the document in order, NFC, without empty ones at either end.

    Refused: what is not of the kind its name says, too large, locked, damaged, or without any text.
    """
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise refusals.unknown_kind(name)
    if len(content) > LARGEST:
        raise refusals.too_large(name, LARGEST // MIB)
    lines = reader(content)
    if sum(len(line.text) for line in lines) > LONGEST:
        raise refusals.too_large(name, LARGEST // MIB)
    if not any(line.text for line in lines):
        raise refusals.no_text(name)
    return lines


def text_of(content: bytes, lines: list[TextLine], *, name: str) -> str:
    """The document as one text, for those who point at places in it.

    A plain text is itself to the letter (NFC, one newline a line); of the others, their lines.
    """
    if READERS.get(PurePath(name).suffix.lower()) is plain_lines:
        return plain_text(content)
    return "\n".join(line.text for line in lines)
