"""Days, numbers and yes-or-no as people write them in tables; what is unclear is asked back.

The day always comes before the month. A form that could mean something else (2021-06-12, 6/12/21,
15.42 where a count is wanted) is never guessed: the reader gets an `Unclear` and asks a person.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext as _

from nennep.core.sheets.cells import Fault, Value
from nennep.core.text import fold, tidy, vn_number

DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})", re.IGNORECASE)
LONG_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2}),?\s*năm\s*(\d{4})", re.IGNORECASE)
SHORT_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?")
MONTH_ALONE = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[-/.]\s*(\d{4})", re.IGNORECASE)
YEAR_ALONE = re.compile(r"(?:năm\s*)?(\d{4})(?:\.0)?", re.IGNORECASE)
WHOLE = re.compile(r"\d{1,9}")
GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
DECIMAL = re.compile(r"\d+[.,]\d+")
CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|giờ|g)\s*(\d{2})?\s*(?:phút|p)?(?::\d{2})?", re.IGNORECASE)
YES = frozenset({"x", "co", "1", "dung", "true", "yes", "v", "✓", "✔", "☑", "roi"})
NO = frozenset({"khong", "0", "sai", "false", "no", "-", "–", "chua", "k", "ko"})
FIRST_YEAR, LAST_YEAR = 1900, 2100
SHOWN_AT_MOST = 60


class Unclear(StrEnum):
    """Why a cell cannot be taken as it stands."""

    NOT_A_DAY = "not_a_day"
    YEAR_FIRST = "year_first"
    SHORT_YEAR = "short_year"
    NO_DAY_OF_MONTH = "no_day_of_month"
    A_NUMBER = "a_number"
    NOT_A_COUNT = "not_a_count"
    THOUSANDS = "thousands"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_TIME = "not_a_time"
    A_FAULT = "a_fault"


def read_day(
    value: Value, *, is_year_first: bool = False, last_year: int | None = None
) -> date | Unclear | None:
    """A day. `is_year_first`: a person said that 2021-06-12 is the 12th of June.

    `last_year`: a person said that years of two digits are over, so 70 is the latest 70 up to then.
    """
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Fault):
        return Unclear.A_FAULT
    if isinstance(value, str):
        return _day_in(value, is_year_first, last_year)
    return _day_number(value)


def _day_number(value: object) -> Unclear:
    is_year = isinstance(value, int | float) and FIRST_YEAR <= value <= LAST_YEAR
    return Unclear.NO_DAY_OF_MONTH if is_year else Unclear.A_NUMBER


@lru_cache(maxsize=65_536)
def _day_in(
    text: str,
    is_year_first: bool,  # noqa: FBT001 -- cached by place
    last_year: int | None,
) -> date | Unclear | None:
    text = tidy(text)
    if not text:
        return None
    if found := DAY.fullmatch(text) or LONG_DAY.fullmatch(text):
        return _calendar_day(int(found[3]), int(found[2]), int(found[1]))
    if found := YEAR_FIRST.fullmatch(text):
        if not is_year_first:
            return Unclear.YEAR_FIRST
        return _calendar_day(int(found[1]), int(found[2]), int(found[3]))
    if found := SHORT_YEAR.fullmatch(text):
        if last_year is None:
            return Unclear.SHORT_YEAR
        year = last_year - (last_year - int(found[3])) % 100
        return _calendar_day(year, int(found[2]), int(found[1]))
    if MONTH_ALONE.fullmatch(text) or YEAR_ALONE.fullmatch(text):
        return Unclear.NO_DAY_OF_MONTH
    return Unclear.NOT_A_DAY


def _calendar_day(year: int, month: int, day: int) -> date | Unclear:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unclear.NOT_A_DAY
    try:
        return date(year, month, day)
    except ValueError:
        return Unclear.NOT_A_DAY


def read_birth(
    value: Value, *, is_year_first: bool = False, last_year: int | None = None
) -> tuple[date | None, int | None] | Unclear:
    """A day and its year, or the year alone where no more is known; of a month, the year is kept."""
    if isinstance(value, str) and (year := _year_in(value)):
        return None, year
    if isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR:
        return None, value
    if isinstance(value, float) and 1 < value < 3:  # 1956 as 1.956
        return Unclear.THOUSANDS
    day = read_day(value, is_year_first=is_year_first, last_year=last_year)
    if isinstance(day, Unclear):
        return day
    return day, day.year if day else None


@lru_cache(maxsize=16_384)
def _year_in(text: str) -> int | None:
    text = tidy(text)
    if found := YEAR_ALONE.fullmatch(text):
        year = int(found[1])
    elif (found := MONTH_ALONE.fullmatch(text)) and 1 <= int(found[1]) <= 12:
        year = int(found[2])
    else:
        return None
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def read_count(value: Value, *, are_thousands: bool = False) -> int | Unclear | None:
    """A whole number: 15420, 15.420. `are_thousands`: a person said that 15,42 was 15.420 once."""
    if value is None:
        return None
    if isinstance(value, Fault):
        return Unclear.A_FAULT
    if isinstance(value, bool | date):
        return Unclear.NOT_A_COUNT
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return _whole(value, are_thousands)
    return _count_in(value, are_thousands) if isinstance(value, str) else Unclear.NOT_A_COUNT


def _whole(value: float, are_thousands: bool) -> int | Unclear:  # noqa: FBT001 -- cached by place
    """What a spreadsheet makes of 15.420 where the point divides decimals."""
    if value.is_integer():
        return int(value)
    thousands = round(value * 1000, 6)
    if not thousands.is_integer():
        return Unclear.NOT_A_COUNT
    return int(thousands) if are_thousands else Unclear.THOUSANDS


@lru_cache(maxsize=16_384)
def _count_in(text: str, are_thousands: bool) -> int | Unclear | None:  # noqa: FBT001 -- cached by place
    text = tidy(text)
    if not text:
        return None
    if WHOLE.fullmatch(text):
        return int(text)
    if GROUPED.fullmatch(text):
        return int(text.replace(".", ""))
    if DECIMAL.fullmatch(text):
        return _whole(float(text.replace(",", ".")), are_thousands)
    return Unclear.NOT_A_COUNT


def read_yes(value: Value) -> bool | Unclear | None:
    """x, có, 1 … or không, 0, –; an empty cell says nothing."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Fault):
        return Unclear.A_FAULT
    word = fold(str(value))
    if not word:
        return None
    if word in YES:
        return True
    return False if word in NO else Unclear.NOT_YES_OR_NO


def read_text(value: Value) -> str | Unclear:
    """The words of a cell, tidied; a number as it was typed."""
    if value is None:
        return ""
    if isinstance(value, Fault):
        return Unclear.A_FAULT
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    return str(value)


def read_time(value: Value) -> time | Unclear | None:
    """A time of day: 19:30, 19h30, 19 giờ 30, or the spreadsheet's own."""
    if value is None or isinstance(value, time):
        return value
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, Fault):
        return Unclear.A_FAULT
    found = CLOCK.fullmatch(tidy(value)) if isinstance(value, str) else None
    if found is None:
        return Unclear.NOT_A_TIME
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else Unclear.NOT_A_TIME


def words_for(unclear: Unclear, value: Value) -> str:
    """What is wrong with the cell, and what to write instead."""
    text = vn_number(value, 2) if isinstance(value, float) else str(read_text(value))
    sentences = {
        Unclear.NOT_A_DAY: _("“%(text)s” is no day. Write day-month-year, for example 6-12-2021."),
        Unclear.YEAR_FIRST: _(
            "“%(text)s” puts the year first. Write day-month-year, or say that this file writes"
            " year-month-day."
        ),
        Unclear.SHORT_YEAR: _(
            "“%(text)s”: write the year with four digits, or say what years of two digits mean in this"
            " file."
        ),
        Unclear.NO_DAY_OF_MONTH: _(
            "“%(text)s” is not a whole day. Write day-month-year, or leave the cell empty."
        ),
        Unclear.A_NUMBER: _(
            "“%(text)s” is a number. Write the day as day-month-year, for example 6-12-2021."
        ),
        Unclear.NOT_A_COUNT: _("“%(text)s” is no whole number. Write digits only."),
        Unclear.THOUSANDS: _(
            "“%(text)s”: the point may divide thousands. Write the number without a point, or say"
            " that it does in this file."
        ),
        Unclear.NOT_YES_OR_NO: _("“%(text)s” is neither yes nor no. Write x, or leave it empty."),
        Unclear.NOT_A_TIME: _("“%(text)s” is no time of day. Write for example 19:30."),
        Unclear.A_FAULT: _("The spreadsheet shows the error %(text)s here. Type the value itself."),
    }
    shown = str(value) if isinstance(value, Fault) else text
    return sentences[unclear] % {"text": shown[:SHOWN_AT_MOST]}
