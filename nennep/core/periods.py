"""Months and spans of months, and days as typed. A month is the date of its first day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal

MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_of(day: date) -> date:
    return day.replace(day=1)


@lru_cache(maxsize=8192)
def add_months(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


@lru_cache(maxsize=8192)
def month_end(month: date) -> date:
    return add_months(month_of(month), 1) - timedelta(days=1)


def day_in(month: date, number: int) -> date:
    """The day of this number in the month, or the last one of a month that is too short."""
    return month.replace(day=min(number, month_end(month).day))


def same_day(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last of a month that is too short."""
    return day_in(add_months(month_of(day), months), day.day)


def months_between(first: date, last: date) -> list[date]:
    """The months from `first` to `last`, both included; none when `last` comes before."""
    return [add_months(first, n) for n in range(month_index(last) - month_index(first) + 1)]


def month_index(month: date) -> int:
    """Months since year 0, so that spans can be subtracted."""
    return month.year * 12 + month.month - 1


@lru_cache(maxsize=8192)
def quarter_months(month: date) -> tuple[date, date, date]:
    """The three months of the quarter that `month` lies in."""
    first = date(month.year, (month.month - 1) // 3 * 3 + 1, 1)
    return first, add_months(first, 1), add_months(first, 2)


def parse_month(text: str) -> date:
    """A month written `YYYY-MM`. Refuses anything else."""
    found = MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2999:
        raise Refusal(
            _("“%(text)s” is not a month. Write it as year-month, for example 2024-06.")
            % {"text": text},
            code="not_a_month",
        )
    return date(int(found[1]), int(found[2]), 1)


def parse_day(text: str) -> date:
    """A day written `YYYY-MM-DD`. Refuses anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(
            _("“%(text)s” is not a day. Write it as year-month-day, for example 2024-06-13.")
            % {"text": text},
            code="not_a_day",
        ) from None


@dataclass(frozen=True)
class Period:
    """Whole months, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(
                _("The period ends before it begins. Swap the two months."), code="period_backwards"
            )

    @property
    def months(self) -> list[date]:
        return months_between(self.first, self.last)

    @property
    def last_day(self) -> date:
        return month_end(self.last)
