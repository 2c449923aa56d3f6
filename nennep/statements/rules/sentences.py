"""Where sentences begin and end, and the clauses in them."""

import re

from nennep.statements.rules.spans import Span

# A full stop inside 15.420, TP.HCM or Đ/c. Nguyễn ends nothing.
ENDS = re.compile(r"[.!?…]+[”\"’')\]]*(?=\s+[\"“‘'(]?[A-ZĐÀ-ỸÁ-Ỵ0-9–-])|\n+")
SHORT_WORD = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|Tr|tr|TS|ThS|PGS|GS|Đ/c|đ/c|Đ|[A-ZĐ])$")
# “Tỷ lệ đảng viên dự sinh hoạt: 90,5%” is one clause: what follows the colon is its number.
CLAUSE_ENDS = re.compile(r";|:\s(?!\s*(?:\w+ ){0,2}\d)")


def sentences(text: str) -> list[Span]:
    """Every sentence and every line without one, in order, without spaces at the ends."""
    found, start = [], 0
    for end in ENDS.finditer(text):
        if not end.group().startswith("\n") and SHORT_WORD.search(text[start : end.start()]):
            continue
        found.append(_trimmed(text, start, end.end()))
        start = end.end()
    found.append(_trimmed(text, start, len(text)))
    return [span for span in found if span.start < span.end]


def clauses(text: str, sentence: Span) -> list[Span]:
    """The parts of a sentence that say something each: cut at semicolons and colons."""
    found, start = [], sentence.start
    for end in CLAUSE_ENDS.finditer(text, sentence.start, sentence.end):
        found.append(_trimmed(text, start, end.start()))
        start = end.end()
    found.append(_trimmed(text, start, sentence.end))
    return [span for span in found if span.start < span.end]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
