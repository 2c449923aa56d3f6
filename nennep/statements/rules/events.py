"""Whose review it is, what was held and when. A year that is left out is inferred, and told so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from nennep.statements.rules.dates import Day, days
from nennep.statements.rules.plain import CAPITAL, pattern, plain
from nennep.statements.rules.schemes import AFTER_ISSUER, Scheme
from nennep.statements.rules.sentences import sentences
from nennep.statements.rules.spans import Span

REVIEW = pattern(r"(?:sơ kết(?! quả)|tổng kết)")  # “một số kết quả” is none
YEARS = pattern(r"(?P<years>\d{1,2}|một|hai|ba|bốn|năm)\s+năm\s+(?:triển khai |thực hiện |qua )")
WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
NAME = rf"((?: [{CAPITAL}][\wÀ-ỹ]*){{1,4}})"
# An organisation of no place: “Đảng bộ Trường Đại học …”, up to what is told of it.
OF_A_BODY = (
    r"((?:Khối|Trường|Tổng công ty|Công ty|Tập đoàn|Bệnh viện|Bộ [Cc]hỉ huy|Quân sự|Công an|(?:các )?[Kk]hu công nghiệp)"
    r"(?! (?:có|hiện|đã|được|và)\b)(?: [\wÀ-ỹ-]+){1,9}?)(?= (?:có|hiện|đã|đánh giá|tổ chức|sơ kết|tổng kết|gồm|ban hành|lãnh đạo|họp|rút)\b|\s*[,.:;()\n])"
)
# What people write, and the organisation it is: the committee acts for its whole organisation.
UNITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Đảng bộ ((?:huyện|quận|thành phố|tỉnh|thị xã|xã|phường|thị trấn)" + NAME + ")"), "Đảng bộ {}"),
    (re.compile(r"[Hh]uyện [uủ][yỷ]" + NAME), "Đảng bộ huyện{}"),
    (re.compile(r"[Qq]uận [uủ][yỷ]" + NAME), "Đảng bộ quận{}"),
    (re.compile(r"[Tt]hị [uủ][yỷ]" + NAME), "Đảng bộ thị xã{}"),
    (re.compile(r"[Tt]hành [uủ][yỷ]" + NAME), "Đảng bộ thành phố{}"),
    (re.compile(r"[Tt]ỉnh [uủ][yỷ]" + NAME), "Đảng bộ tỉnh{}"),
    (re.compile(r"[Đđ]ảng [uủ][yỷ] ((?:xã|phường|thị trấn)" + NAME + ")"), "Đảng bộ {}"),
)  # fmt: skip
BODY = (re.compile(r"Đảng (?:bộ|[uủ][yỷ]) " + OF_A_BODY), "Đảng bộ {}")
# “Huyện Cẩm Thủy: …”: a headline that names the place.
HEADLINE = re.compile(r"\A\s*((?:Huyện|Quận|Thị xã|Thành phố|Xã|Phường|Thị trấn)" + NAME + r"):")
# “Tại xã Yên Viên, …”: what follows is told of that place.
PLACE = re.compile(r"(?:[Tt]ại|[Ởở]) ((?:huyện|quận|thị xã|xã|phường|thị trấn)" + NAME + ")")
CAPITALS = rf"((?: [{CAPITAL}]{{2,}}){{1,4}})"
HEADINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"HUYỆN [UỦ][YỶ]" + CAPITALS), "Đảng bộ huyện{}"),
    (re.compile(r"QUẬN [UỦ][YỶ]" + CAPITALS), "Đảng bộ quận{}"),
    (re.compile(r"THỊ [UỦ][YỶ]" + CAPITALS), "Đảng bộ thị xã{}"),
    (re.compile(r"THÀNH [UỦ][YỶ]" + CAPITALS), "Đảng bộ thành phố{}"),
    (re.compile(r"TỈNH [UỦ][YỶ]" + CAPITALS), "Đảng bộ tỉnh{}"),
    *(
        (re.compile(rf"(?:ĐẢNG [UỦ][YỶ]|ĐẢNG BỘ) {kind.upper()}" + CAPITALS), f"Đảng bộ {kind}{{}}")
        for kind in ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn")
    ),
)  # fmt: skip
PARTS_OF_A_LINE = re.compile(r"(?:[^\s–-]|\s(?![–-]\s)|\S[–-]|[–-]\S)+")  # between dashes
HEAD_LINES = 8  # of a report, in which its organisation stands
SCHEME_DAY = re.compile(r"/[a-z]{1,8},?(?:(?!\n\s*\n)\s)+ngay\s+$")
OWNER = pattern(
    r"(?:của|ban thường vụ|thuộc|đề nghị|trung ương|bí thư|bí thư thường trực|ủy viên|chủ tịch)\s+$"
)
SECRETARY = pattern(r"(?:bí thư|bí thư thường trực)\s+$")
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


def event(text: str, named: list[Scheme], known: Mapping[str, date]) -> Event | None:
    """`known` are the days of well-known schemes, by symbol, for a text that leaves them out."""
    folded = plain(text)
    named = [replace(scheme, day=scheme.day or known.get(scheme.symbol)) for scheme in named]
    for sentence in sentences(text):
        found = REVIEW.search(folded, sentence.start, sentence.end)
        if found is None:
            continue
        kind = "sơ kết" if found.group().startswith("so") else "tổng kết"
        span = Span(*found.span())
        return _dated(text, folded, kind, span, named)
    return None


def dated(text: str) -> date | None:
    """The first full day at the head of a text that tells of no review, and belongs to no scheme."""
    folded, ends = plain(text), _lead_end(text)
    return next(
        (
            day.on(day.year)
            for day in days(folded)
            if day.year and day.span.start < ends and not _belongs_to_a_scheme(folded, day)
        ),
        None,
    )


def _dated(text: str, folded: str, kind: str, span: Span, named: list[Scheme]) -> Event:
    said = [d for d in days(folded) if not _belongs_to_a_scheme(folded, d)]
    lead_ends = _lead_end(text)
    in_lead = [day for day in said if day.span.start < lead_ends]
    full = [day for day in in_lead if day.year]
    short = next((day for day in in_lead if not day.year), None)
    if short is not None:
        year, evidence = _year_for(short, full, folded, named)
        return Event(kind, short.on(year) if year else None, span, bool(year), evidence)
    if full:
        return Event(kind, full[0].on(full[0].year or 0), span, year_inferred=False, evidence=None)
    return Event(kind, None, span, year_inferred=False, evidence=None)


def _lead_end(text: str) -> int:
    lead = sentences(text)[:LEAD]
    return lead[-1].end if lead else 0


def _belongs_to_a_scheme(folded: str, day: Day) -> bool:
    """“11-ĐA/TU ngày 6-12-2021” dates the scheme, not the conference; a new paragraph does not."""
    return SCHEME_DAY.search(folded[: day.span.start][-30:]) is not None


def _year_for(
    short: Day, full: list[Day], folded: str, named: list[Scheme]
) -> tuple[int | None, Span | None]:
    """From a full date with the same day and month; else from the scheme's day and “3 năm”; else from
    the latest day of the head.
    """
    same = next((day for day in full if (day.day, day.month) == (short.day, short.month)), None)
    if same is not None:
        return same.year, same.span
    dated = next((scheme for scheme in named if scheme.day), None)
    years = YEARS.search(folded)
    if dated is not None and dated.day is not None and years is not None:
        count = WORDS.get(years["years"]) or int(years["years"])
        end = max(_end_of_day(folded, dated), years.end())
        return dated.day.year + count, Span(dated.span.start, end)
    latest = max(full, key=lambda day: (day.year, day.month, day.day), default=None)
    return (latest.year, latest.span) if latest is not None else (None, None)


def _end_of_day(folded: str, scheme: Scheme) -> int:
    """Where the day that stands behind the symbol ends, where the text has it."""
    reach = folded[scheme.span.end : scheme.span.end + AFTER_ISSUER]
    own = next((d.span.end for d in days(reach) if d.year and d.on(d.year) == scheme.day), 0)
    return scheme.span.end + own


def unit(text: str) -> NamedUnit | None:
    """The organisation whose review it is: the organiser named first, by its full name.

    A report names it at its head in capitals, below the organisation it belongs to.
    """
    headed = _headed(text)
    if headed is not None:
        return headed
    named = _named(text, (*UNITS, BODY))
    return named[0] if named else _placed(text)


def _placed(text: str) -> NamedUnit | None:
    """Where no organisation acts: the place a headline begins with, or whose secretary speaks."""
    if match := HEADLINE.match(text):
        place = match.group(1)
        return NamedUnit(f"Đảng bộ {place[0].lower()}{place[1:]}", Span(*match.span(1)))
    owned = _named(text, UNITS, is_owner=True)
    return next((each for each in owned if SECRETARY.search(plain(text[: each.span.start]))), None)


def units_and_places(text: str) -> list[NamedUnit]:
    """Every organisation, or place of one, of which something is told, in order."""
    return _named(text, (*UNITS, (PLACE, "Đảng bộ {}")))


def _named(
    text: str, kinds: tuple[tuple[re.Pattern[str], str], ...], *, is_owner: bool = False
) -> list[NamedUnit]:
    folded = plain(text)
    found = [
        (match.start(), form.format(match.group(1)), Span(*match.span()))
        for words, form in kinds
        for match in words.finditer(text)
        if _is_owner(folded, match.start()) is is_owner
    ]
    return [NamedUnit(" ".join(name.split()), span) for _start, name, span in sorted(found)]


def _headed(text: str) -> NamedUnit | None:
    """The last organisation in the capitals of the first lines."""
    found, start = None, 0
    for line in text.split("\n")[:HEAD_LINES]:
        for part in PARTS_OF_A_LINE.finditer(line):
            for words, form in HEADINGS:
                if match := words.fullmatch(part.group().strip(" *")):
                    at = start + part.start() + part.group().index(match.group())
                    name = form.format(match.group(1).title())
                    found = NamedUnit(" ".join(name.split()), Span(at, at + len(match.group())))
        start += len(line) + 1
    return found


def _is_owner(folded: str, start: int) -> bool:
    """“của Ban Thường vụ Thành ủy Hà Nội” says whose the scheme is, “Bí thư Huyện ủy Lê Văn Tám” who spoke."""
    before = folded[max(0, start - 24) : start]
    return OWNER.search(before) is not None
