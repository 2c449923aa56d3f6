"""Where sentences begin and end, and the clauses in them."""

import re

from nennep.statements.rules.plain import CAPITAL
from nennep.statements.rules.spans import Span

# A full stop inside 15.420, TP.HCM or Đ/c. Nguyễn ends nothing.
ENDS = re.compile(rf"[.!?…]+[”\"’')\]]*(?=\s+[\"“‘'(]?[{CAPITAL}0-9–-])|\n+")
SHORT_WORD = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|Tr|tr|TS|ThS|PGS|GS|Đ/c|đ/c|Đ|[A-ZĐ])$")
SHORT_REACH = 8
# “II. PHƯƠNG HƯỚNG NĂM 2023”, “3. Nhiệm vụ trọng tâm”, “PHƯƠNG HƯỚNG”: words without an end.
HEADING = re.compile(
    r"^[ *#-]*(?:(?:(?P<roman>[IVX]{1,4}|[A-H])|\d{1,2})[.)]\s+(?P<words>[^\n:;.]{3,100})"
    rf"|(?P<capitals>[{CAPITAL}][{CAPITAL} ,]{{5,80}}))$",
    re.MULTILINE,
)
# “Tỷ lệ đảng viên dự sinh hoạt: 90,5%” is one clause: what follows the colon is its number.
CLAUSE_ENDS = re.compile(r";|:\s(?!\s*(?:\w+:? ){0,2}\d)")


def sentences(text: str) -> list[Span]:
    """Every sentence and every line without one, in order, without spaces at the ends."""
    found, start = [], 0
    for end in ENDS.finditer(text):
        if not end.group().startswith("\n") and SHORT_WORD.search(
            text[max(start, end.start() - SHORT_REACH) : end.start()]
        ):
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


def sections(text: str, folded: str, heading: re.Pattern[str]) -> list[Span]:
    """What stands below a numbered heading of these words, up to the next heading of its rank."""
    heads = list(HEADING.finditer(text))
    found = []
    for place, head in enumerate(heads):
        begins = head.start("words") if head["words"] else head.start("capitals")
        if not heading.search(folded, begins, head.end()):
            continue
        is_high = head["roman"] or head["capitals"]
        following = (
            h.start() for h in heads[place + 1 :] if h["roman"] or h["capitals"] or not is_high
        )
        found.append(Span(head.end(), next(following, len(text))))
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
