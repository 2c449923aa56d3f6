"""A document is cut at its numbered points: the point is what is found, shown and cited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nennep.core.documents import TextLine

LONGEST = 260  # words of a piece, about; a longer point is shown in parts
# PHẦN, CHƯƠNG, MỤC, Điều; I., II-; 1., 1.2., 6.3.1; a), đ)
LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"^(?:PHẦN|Phần)\s+(?:THỨ\s+)?\S+")),
    (1, re.compile(r"^(?:CHƯƠNG|Chương)\s+\S+")),
    (2, re.compile(r"^(?:MỤC|Mục)\s+\S+")),
    (3, re.compile(r"^(?:Điều|ĐIỀU)\s+\d+")),
    (4, re.compile(r"^[IVXL]{1,6}\s*[.\-–]\s*\S")),
    (5, re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\s*[.)\-–]?\s+\S")),
)
HEADING_WORDS = 40  # a longer line is a paragraph that begins with a number
POINT_WORDS = 25  # and a short one that ends as a sentence does is a paragraph too
FIRST_OF_POINTS = 4
SENTENCE_ENDS = (".", ";", ":", ",", "?", "!", "/.")


@dataclass(frozen=True)
class Part:
    """A piece of a document: the headings above it, its own heading, its words, where it begins."""

    path: str
    heading: str
    text: str
    page: int | None = None


def cut(lines: list[TextLine], longest: int = LONGEST) -> list[Part]:
    """The parts of a document in order; nothing of its text is lost or said twice."""
    parts: list[Part] = []
    for path, heading, page, body in _points(lines):
        texts = list(_in_lengths(body, longest)) or [("", page)]
        for place, (text, begins) in enumerate(texts):
            if text or heading:
                on = page if heading and place == 0 else begins
                parts.append(Part(path, heading, text, on))
    return parts


def _points(lines: list[TextLine]) -> Iterator[tuple[str, str, int | None, list[TextLine]]]:
    above: list[tuple[int, str]] = []
    heading, page, body = "", lines[0].page if lines else None, list[TextLine]()
    for line in lines:
        if body and _is_another_text(body[-1], line):
            yield _path(above, heading), heading, page, body
            above, heading, page, body = [], "", line.page, []
        level = level_of(line.text)
        if level is None:
            body.append(line)
            continue
        if heading or any(each.text.strip() for each in body):
            yield _path(above, heading), heading, page, body
        above = [(lev, title) for lev, title in above if lev < level]
        heading, page, body = line.text.strip(), line.page, []
        above.append((level, heading))
    if heading or any(each.text.strip() for each in body):
        yield _path(above, heading), heading, page, body


def _is_another_text(before: TextLine, line: TextLine) -> bool:
    """Pages begin, end, or count from the front again: what follows is a file of its own."""
    if before.page is None or line.page is None:
        return before.page != line.page
    return line.page < before.page


def _path(above: list[tuple[int, str]], heading: str) -> str:
    return "; ".join(title for _level, title in above if title != heading)


def level_of(line: str) -> int | None:
    """How deep a heading is, 0 the highest; None for a line that is none."""
    stripped = line.strip()
    if not stripped or len(stripped.split()) > HEADING_WORDS:
        return None
    found = next((level for level, pattern in LEVELS if pattern.match(stripped)), None)
    if found is None or found < FIRST_OF_POINTS:
        return found
    is_sentence = stripped.endswith(SENTENCE_ENDS) or len(stripped.split()) > POINT_WORDS
    return None if is_sentence else found


def _in_lengths(body: list[TextLine], longest: int) -> Iterator[tuple[str, int | None]]:
    """Whole paragraphs up to about `longest` words, and the page each begins on.

    A longer paragraph comes in parts of that length.
    """
    kept: list[TextLine] = []
    count = 0
    for paragraph in body:
        words = paragraph.text.split()
        if kept and count + len(words) > longest:
            yield _joined(kept), kept[0].page
            kept, count = [], 0
        if len(words) > longest:
            yield from ((part, paragraph.page) for part in _long(paragraph.text, longest))
        elif words:
            kept.append(paragraph)
            count += len(words)
    if kept:
        yield _joined(kept), kept[0].page


def _joined(lines: list[TextLine]) -> str:
    return "\n".join(line.text.strip() for line in lines)


def _long(paragraph: str, longest: int) -> Iterator[str]:
    """Cut between words, every character between them kept."""
    starts = [found.start() for found in re.finditer(r"\S+", paragraph)][::longest]
    ends = [*starts[1:], len(paragraph)]
    yield from (paragraph[a:b].strip() for a, b in zip(starts, ends, strict=True))
