"""Whose review it is, what was held and when. A year that is left out is inferred, and told so."""

import re
from dataclasses import dataclass
from datetime import date

from nennep.statements.rules.dates import Day, days
from nennep.statements.rules.plain import pattern, plain
from nennep.statements.rules.schemes import Scheme
from nennep.statements.rules.sentences import sentences
from nennep.statements.rules.spans import Span

REVIEW = pattern(r"(?:sơ kết|tổng kết)")
YEARS = pattern(r"(?P<years>\d{1,2}|một|hai|ba|bốn|năm)\s+năm\s+(?:triển khai |thực hiện |qua )")
WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
NAME = r"((?: (?!tổ|đã|sơ|tổng|có|về|và|trong|được|hiện)[A-ZĐÀ-Ỹ][\wÀ-ỹ]*){1,4})"
# What people write, and the organisation it is: the committee acts for its whole organisation.
UNITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Đảng bộ ((?:huyện|quận|thành phố|tỉnh|thị xã|xã|phường|thị trấn)" + NAME + ")"), "Đảng bộ {}"),
    (re.compile(r"[Hh]uyện [uủ][yỷ]" + NAME), "Đảng bộ huyện{}"),
    (re.compile(r"[Qq]uận [uủ][yỷ]" + NAME), "Đảng bộ quận{}"),
    (re.compile(r"[Tt]hị [uủ][yỷ]" + NAME), "Đảng bộ thị xã{}"),
    (re.compile(r"[Tt]hành [uủ][yỷ]" + NAME), "Đảng bộ thành phố{}"),
    (re.compile(r"[Đđ]ảng [uủ][yỷ] ((?:xã|phường|thị trấn)" + NAME + ")"), "Đảng bộ {}"),
)  # fmt: skip
LEAD = 6  # sentences in which the organiser and the day stand


@dataclass(frozen=True)
class NamedUnit:
    name: str
    span: Span


@dataclass(frozen=True)
class Event:
    """`evidence` is where an inferred year comes from."""

    kind: str
    day: date | None
    span: Span
    year_inferred: bool
    evidence: Span | None


def event(text: str, named: list[Scheme]) -> Event | None:
    folded = plain(text)
    for sentence in sentences(text):
        found = REVIEW.search(folded, sentence.start, sentence.end)
        if found is None:
            continue
        kind = "sơ kết" if found.group().startswith("so") else "tổng kết"
        span = Span(*found.span())
        return _dated(text, folded, kind, span, named)
    return None


def _dated(text: str, folded: str, kind: str, span: Span, named: list[Scheme]) -> Event:
    said = [d for d in days(folded) if not _belongs_to_a_scheme(folded, d)]
    lead_ends = _lead_end(text)
    in_lead = [day for day in said if day.span.start < lead_ends]
    full = next((day for day in in_lead if day.year), None)
    short = next((day for day in in_lead if not day.year), None)
    if short is not None:
        year, evidence = _year_for(short, full, folded, named)
        return Event(kind, short.on(year) if year else None, span, bool(year), evidence)
    if full is not None:
        return Event(kind, full.on(full.year or 0), span, year_inferred=False, evidence=None)
    return Event(kind, None, span, year_inferred=False, evidence=None)


def _lead_end(text: str) -> int:
    lead = sentences(text)[:LEAD]
    return lead[-1].end if lead else 0


def _belongs_to_a_scheme(folded: str, day: Day) -> bool:
    """“11-ĐA/TU ngày 6-12-2021” dates the scheme, not the conference."""
    return re.search(r"/[a-z]{1,8},?\s+ngay\s+$", folded[: day.span.start][-30:]) is not None


def _year_for(
    short: Day, full: Day | None, folded: str, named: list[Scheme]
) -> tuple[int | None, Span | None]:
    """From a full date with the same day and month; else from the scheme's day and “3 năm”."""
    if full is not None and (full.day, full.month) == (short.day, short.month):
        return full.year, full.span
    dated = next((scheme for scheme in named if scheme.day), None)
    years = YEARS.search(folded)
    if dated is not None and dated.day is not None and years is not None:
        count = WORDS.get(years["years"]) or int(years["years"])
        return dated.day.year + count, Span(dated.span.start, max(dated.span.end, years.end()))
    if full is not None:
        return full.year, full.span
    return None, None


def unit(text: str) -> NamedUnit | None:
    """The organisation whose review it is: the organiser named first, by its full name."""
    found = [
        (match.start(), form.format(match.group(1)), Span(*match.span()))
        for words, form in UNITS
        for match in words.finditer(text)
        if not _is_owner(plain(text), match.start())
    ]
    if not found:
        return None
    _start, name, span = min(found)
    return NamedUnit(" ".join(name.split()), span)


def _is_owner(folded: str, start: int) -> bool:
    """“của Ban Thường vụ Thành ủy Hà Nội” says whose the scheme is."""
    before = folded[max(0, start - 24) : start]
    return re.search(r"(?:cua|ban thuong vu|thuoc|de nghi|trung uong)\s+$", before) is not None
