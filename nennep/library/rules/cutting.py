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
    """A piece of a document: the headings above it, its own heading, its words, its page."""

    path: str
    heading: str
    text: str
    page: int | None = None


def cut(lines: list[TextLine], longest: int = LONGEST) -> list[Part]:
    """The parts of a document in order; nothing of its text is lost or said twice."""
    parts: list[Part] = []
    for path, heading, page, body in _points(lines):
        texts = list(_in_lengths(body, longest)) or [""]
        parts += [Part(path, heading, text, page) for text in texts if text or heading]
    return parts


def _points(lines: list[TextLine]) -> Iterator[tuple[str, str, int | None, list[str]]]:
    above: list[tuple[int, str]] = []
    heading, page, body = "", lines[0].page if lines else None, list[str]()
    for line in lines:
        level = level_of(line.text)
        if level is None:
            body.append(line.text)
            continue
        if heading or any(text.strip() for text in body):
            yield _path(above, heading), heading, page, body
        above = [(lev, title) for lev, title in above if lev < level]
        heading, page, body = line.text.strip(), line.page, []
        above.append((level, heading))
    if heading or any(text.strip() for text in body):
        yield _path(above, heading), heading, page, body


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


def _in_lengths(body: list[str], longest: int) -> Iterator[str]:
    """Whole paragraphs up to about `longest` words; a longer paragraph in parts of that length."""
    kept: list[str] = []
    count = 0
    for paragraph in body:
        words = paragraph.split()
        if kept and count + len(words) > longest:
            yield "\n".join(kept)
            kept, count = [], 0
        if len(words) > longest:
            yield from _long(paragraph, longest)
        elif words:
            kept.append(paragraph.strip())
            count += len(words)
    if kept:
        yield "\n".join(kept)


def _long(paragraph: str, longest: int) -> Iterator[str]:
    """Cut between words, every character between them kept."""
    starts = [found.start() for found in re.finditer(r"\S+", paragraph)][::longest]
    ends = [*starts[1:], len(paragraph)]
    yield from (paragraph[a:b].strip() for a, b in zip(starts, ends, strict=True))
