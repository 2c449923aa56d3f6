"""Days as reports write them: 6-12-2021, 14/6, 17:10 14/06/2024, ngày 09 tháng 6 năm 2025."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from nennep.statements.rules.spans import Places, Span

LONG = re.compile(r"ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})(?:,?\s+nam\s+(\d{4}))?")
FULL = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
SHORT = re.compile(r"(?:ngay|sang|chieu|toi|trua)\s+(\d{1,2})\s*[-/]\s*(\d{1,2})(?![-/\d])")
# “đến hết tháng 5/2024”, “tính đến hết quý I/2024”.
END = re.compile(
    r"\bden\s+het\s+(?:thang\s+(?P<month>\d{1,2})|quy\s+(?P<quarter>i{1,3}|iv|[1-4]))(?:\s*[/-]\s*|\s+nam\s+)(?P<year>\d{4})"
)
# “tháng 2: ”, “quý II/2024 đạt ”, right before a number.
PART = re.compile(
    r"\b(?:thang\s+(?P<month>\d{1,2})|quy\s+(?P<quarter>i{1,3}|iv|[1-4]))(?:\s*/\s*(?P<year>\d{4}))?(?:\s+(?:la|dat|co))?:?\s*$"
)
LAST_MONTH = 12
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
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


def month_end(folded: str) -> date | None:
    """The last day of the month or quarter up to whose end something is told."""
    found = END.search(folded)
    if found is None:
        return None
    month = _last_month(found)
    if not 1 <= month <= LAST_MONTH:
        return None
    return date(int(found["year"]), month, monthrange(int(found["year"]), month)[1])


def part_of_year(so_far: str, year: int | None) -> str | None:
    """The month or quarter that a number is said to be of; `year` where the text leaves it out."""
    found = PART.search(so_far)
    year = int(found["year"]) if found and found["year"] else year
    if found is None or year is None:
        return None
    month = _last_month(found)
    if not 1 <= month <= LAST_MONTH:
        return None
    if found["month"]:
        return f"{year}-{month:02d}"
    return f"{year}-{month - 2:02d}/{year}-{month:02d}"


def _last_month(found: re.Match[str]) -> int:
    if found["month"]:
        return int(found["month"])
    return 3 * (QUARTERS.get(found["quarter"]) or int(found["quarter"]))
