"""Numbers as Vietnamese reports write them, with their bound: 15.420; 90,5%; gần 500.000; từ 90% trở lên."""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from nennep.statements.rules.plain import pattern, plain
from nennep.statements.rules.spans import Places, Span

# A number that stands by itself: no part of a word, a date, a time, a symbol or a longer number.
DIGITS = re.compile(
    r"(?<![\w.,/:–-])(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(?P<rest>\d+))?(?!\d)"
    r"(?P<scale>\s*(?:nghin|ngan|trieu))?"
    r"(?P<percent>\s*(?:%|phan tram))?(?![\w]*[/:]\d)(?!-\d)(?!\.\d)(?!-[a-z]{1,4}/)"
)
# “480/480 chi bộ”: so many of so many. What could be a day and a month is none.
RATIO = re.compile(
    r"(?<!thang )(?<!nam )(?<![\w.,/:–-])(?P<part>\d{1,3}(?:\.\d{3})+|\d+)\s*/\s*(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?![\w/%-]|\.\d)"
)
# “90-95%”, “90% - 95%”: two shares, where a day, a time or a symbol has no sign of per cent.
SHARES = re.compile(
    r"(?<![\w.,/:–-])(?P<low>\d{1,3}(?:,\d+)?)(?P<sign>\s*%)?\s*[-–]\s*(?P<high>\d{1,3}(?:,\d+)?\s*(?:%|phan tram))"
)
LAST_MONTH = 12
# What may be counted as “7/7 chi bộ”, and is then no seventh of July.
COUNTED = pattern(
    r"\s*(?:tổ chức|đảng bộ|chi,? ?đảng bộ|chi bộ|đảng viên|đồng chí|bí thư|cấp ủy|chi ủy)"
)
# “toàn bộ 92 chi bộ đã …”, “cả 412 chi bộ đều …”: all of them, which is a share.
ALL_OF = pattern(
    r"(?<!\w)(?:toàn bộ|tất cả|toàn thể|cả)(?: các)? (?P<whole>\d{1,3}(?:\.\d{3})+|\d+)"
    r"(?=\s+(?:chi bộ|đảng viên|tổ chức|bí thư)(?: \w+){0,3}? (?:đã|đều|được|thực hiện|duy trì)\b)"
)
SCALES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000}
REACH = 24  # characters before a number in which its bound stands
FAR_REACH = 60  # … in which it is said that something changed

AT_LEAST, AT_MOST, ABOUT, EXACTLY = "≥", "≤", "≈", "="
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (AT_MOST, pattern(r"\b(?:không quá|không vượt quá|dưới|tối đa|nhiều nhất|chưa đến|chưa tới|cao nhất)\s*$")),
    (AT_LEAST, pattern(r"(?:\b(?:không dưới|ít nhất|tối thiểu|hơn|trên|thấp nhất)|≥|>=|>)\s*$")),
    (ABOUT, pattern(r"(?:\b(?:gần|khoảng|xấp xỉ|ước|chừng|ngót|gần như)|≈)\s*$")),
    (AT_MOST, pattern(r"(?:≤|<=|<)\s*$")),
)  # fmt: skip
UPWARDS = pattern(r"^\s*(?:trở lên|và cao hơn|trở lên)")
DOWNWARDS = pattern(r"^\s*trở xuống")
# “từ 92% đến 95%”, “92% đến 95%”: at least the one, at most the other; not so “tăng từ 92% đến 95%”.
CHANGED = pattern(r"(?:tăng|giảm|nâng)[^;.]{0,40}$")
FROM_SHARE = pattern(r"^\s*(?:đến|tới|-|–)\s*[\d,]+\s*%")
TO_SHARE = pattern(r"[\d,]+\s*%\s*(?:đến|tới|-|–)\s*$")
FROM = pattern(r"\btừ\s*$")
TO = pattern(r"^\s*(?:đến|tới|-|–)\s*\d")
FROM_TO = pattern(r"\btừ\s*[\d.,]+\s*%?\s*(?:\w+\s*)?(?:đến|tới|-|–)\s*$")
# “vượt 90%” is more than that; “vượt 3%” is by how much.
BEYOND, MOSTLY = pattern(r"vượt\s*$"), re.compile(r"[5-9]\d(?:,\d+)?\s*%")
NOT_UNDER = pattern(r"không (?:dưới|ít hơn)\s*$")


@dataclass(frozen=True)
class Number:
    value: Fraction
    is_percent: bool
    bound: str
    span: Span

    @property
    def as_float(self) -> int | float:
        return int(self.value) if self.value.denominator == 1 else float(self.value)


def numbers(text: str) -> list[Number]:
    """The numbers of a text (NFC), in order, each with its bound."""
    folded = plain(text)
    written = [_of_digits(folded, found) for found in DIGITS.finditer(folded)]
    written += [n for found in RATIO.finditer(folded) for n in _of_ratio(folded, found)]
    written += [_of_all(found) for found in ALL_OF.finditer(folded)]
    written += [n for found in SHARES.finditer(folded) for n in _of_shares(found)]
    written = list({number.span.start: number for number in written}.values())
    taken = Places(number.span for number in written)
    spoken = [n for n in _in_words(text, folded) if not taken.is_met_by(n.span)]
    return sorted([*written, *spoken], key=lambda number: number.span)


def _of_digits(folded: str, found: re.Match[str]) -> Number:
    whole = re.sub(r"[. ]", "", found["whole"])
    value = Fraction(int(whole))
    if found["rest"]:
        value += Fraction(int(found["rest"]), 10 ** len(found["rest"]))
    if found["scale"]:
        value *= SCALES[found["scale"].strip()]
    span = Span(*found.span())
    return Number(value, bool(found["percent"]), bound_of(folded, span), span)


def _of_ratio(folded: str, found: re.Match[str]) -> list[Number]:
    part, whole = (int(found[name].replace(".", "")) for name in ("part", "whole"))
    is_day = whole <= LAST_MONTH and not COUNTED.match(folded, found.end())
    if is_day or part > whole or not whole:
        return []
    span = Span(*found.span())
    share = Fraction(round(Fraction(10_000 * part, whole)), 100)
    return [Number(share, is_percent=True, bound=bound_of(folded, span), span=span)]


def _of_all(found: re.Match[str]) -> Number:
    return Number(Fraction(100), is_percent=True, bound=EXACTLY, span=Span(*found.span("whole")))


def _of_shares(found: re.Match[str]) -> list[Number]:
    sides = (("low", AT_LEAST), ("high", AT_MOST))
    return [
        Number(
            Fraction(re.sub(r"[^\d,]", "", found[name]).replace(",", ".")),
            is_percent=True,
            bound=bound,
            span=Span(*found.span(name)),
        )
        for name, bound in sides
    ]


def bound_of(folded: str, span: Span) -> str:
    """What the words around a number make of it."""
    before = folded[max(0, span.start - REACH) : span.start]
    after = folded[span.end : span.end + REACH]
    is_range = not CHANGED.search(folded[max(0, span.start - FAR_REACH) : span.start])
    if is_range and (FROM_SHARE.match(after) or (FROM.search(before) and TO.match(after))):
        return AT_LEAST
    if is_range and (TO_SHARE.search(before) or FROM_TO.search(before)):
        return AT_MOST
    if UPWARDS.match(after):
        return AT_LEAST
    if DOWNWARDS.match(after):
        return AT_MOST
    if NOT_UNDER.search(before) or (BEYOND.search(before) and MOSTLY.match(folded, span.start)):
        return AT_LEAST
    return next((bound for bound, words in BEFORE if words.search(before)), EXACTLY)


# --- in words -------------------------------------------------------------------------------------

# With their accents: without them “từ” is four, “sau” is six and “trạm” a hundred.
ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
TENS = {"mười": 10, "mươi": 10}
SIZES = {"trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}
FILLERS = frozenset({"linh", "lẻ"})
NUMERALS = frozenset({*ONES, *TENS, *SIZES, *FILLERS})
BEGINNINGS = frozenset({*ONES, "mười"})
WORD = re.compile(r"[^\W\d_]+")
SPOKEN_SHARE = re.compile(r"\s+phan tram\b")
# One word alone counts collectives, persons and documents; of other nouns it is seldom a number.
ONE_WORD = re.compile(
    r"\s+(?:tập thể|cá nhân|(?P<document>văn bản|kế hoạch|hướng dẫn|công văn|nghị quyết|chỉ thị))\b",
    re.IGNORECASE,
)


def _in_words(text: str, folded: str) -> list[Number]:
    """Numbers of at least two words that hold a size: “mười lăm nghìn bốn trăm hai mươi”."""
    found, run = list[Number](), list[re.Match[str]]()
    for word in WORD.finditer(text):
        if run and _goes_on(text, run[-1], word):
            run.append(word)
            continue
        found += _number_of(run, text, folded)
        run = [word] if word.group().lower() in BEGINNINGS else []
    return found + _number_of(run, text, folded)


def _goes_on(text: str, last: re.Match[str], word: re.Match[str]) -> bool:
    return text[last.end() : word.start()].isspace() and word.group().lower() in NUMERALS


def _number_of(run: list[re.Match[str]], text: str, folded: str) -> list[Number]:
    words = [word.group().lower() for word in run]
    value = spoken_value(words)
    if value is None and len(words) == 1:
        value = _of_one_word(words[0], text, run[0].end())
    if value is None:
        return []
    share = SPOKEN_SHARE.match(folded, run[-1].end())
    span = Span(run[0].start(), share.end() if share else run[-1].end())
    return [Number(Fraction(value), bool(share), bound=bound_of(folded, span), span=span)]


def _of_one_word(word: str, text: str, end: int) -> int | None:
    """“một kế hoạch” names a plan, and counts none."""
    counted = ONE_WORD.match(text, end)
    if counted is None or (counted["document"] and word == "một"):
        return None
    return ONES.get(word)


def spoken_value(words: list[str]) -> int | None:
    """Below a thousand million; None where the words are no number (“năm năm”), and for what counts
    little else than nouns (“một”, “hai”).
    """
    if not any(word in TENS or word in SIZES for word in words):
        return None
    if any(a in ONES and b in ONES for a, b in pairwise(words)):
        return None
    total, below, last = 0, 0, 0
    for word in words:
        if word in ONES:
            last = ONES[word]
            below += last
        elif word in TENS:
            below += last * 9 if last else 10
            last = 0
        elif word == "trăm":
            below += last * 99
            last = 0
        elif word in SIZES:
            total += max(below, 1) * SIZES[word]
            below, last = 0, 0
    return total + below
