"""Days as reports write them: 6-12-2021, 14/6, 17:10 14/06/2024, ngày 09 tháng 6 năm 2025."""

import re
from dataclasses import dataclass
from datetime import date

from nennep.statements.rules.spans import Places, Span

LONG = re.compile(r"ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})(?:,?\s+nam\s+(\d{4}))?")
FULL = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
SHORT = re.compile(r"(?:ngay|sang|chieu|toi|trua)\s+(\d{1,2})\s*[-/]\s*(\d{1,2})(?![-/\d])")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class Day:
    """A day as written. `year` is None where the text leaves it out."""

    day: int
    month: int
    year: int | None
    span: Span

    def on(self, year: int) -> date | None:
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


def days(folded: str) -> list[Day]:
    found: list[Day] = []
    for each in (LONG, FULL, SHORT):
        taken = Places(day.span for day in found)
        read = (_day(each, match) for match in each.finditer(folded))
        found += [day for day in read if day is not None and not taken.is_met_by(day.span)]
    return sorted(found, key=lambda day: day.span)


def _day(kind: re.Pattern[str], match: re.Match[str]) -> Day | None:
    if kind is FULL:
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    else:
        day, month = int(match[1]), int(match[2])
        year = int(match[3]) if kind is LONG and match[3] else 0
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    first = match.start(1)
    return Day(day, month, year or None, Span(first, match.end()))
