"""Which cells hold a day or a time: in a spreadsheet they are numbers that are shown as one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum

from nennep.core.sheets import markup, refusals

# What needs no saying in a file: the numbers of the formats every spreadsheet program has.
BUILT_IN_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
BUILT_IN_TIMES = {18, 19, 20, 21, 45, 46, 47}
# Quoted words, colours and places, escaped signs: nothing of it is part of a date.
NOT_A_PART = re.compile(r'"[^"]*"|\[(?!h|m|s)[^\]]*\]|\\.|_.|\*.', re.IGNORECASE)
MOST_STYLES = 70_000
FIRST_DAY = date(1899, 12, 30)
MIDNIGHT = datetime.combine(FIRST_DAY, time.min)  # a cell knows of no time zone
# The first spreadsheet took 1900 for a leap year; the days before its 29 February are off by one.
LEAP_DAY_THAT_NEVER_WAS = 60
DAYS_FROM_1900_TO_1904 = 1462
LAST_SERIAL = 2_958_465  # 31-12-9999


class Shown(Enum):
    """As what a number is shown."""

    NUMBER = "number"
    DAY = "day"
    TIME = "time"


def shown_as(code: str) -> Shown:
    """By the format's own words: dd/mm/yyyy is a day, h:mm a time, #,##0 neither."""
    bare = NOT_A_PART.sub("", code.partition(";")[0]).lower()
    if bare.strip() in {"", "general", "@"}:
        return Shown.NUMBER
    if "d" in bare or "y" in bare:
        return Shown.DAY
    return Shown.TIME if "h" in bare or "s" in bare else Shown.NUMBER


def read_styles(chunks: Iterable[bytes]) -> list[Shown]:
    """How the cells of each style are shown, by the style's number."""
    custom: dict[str, str] = {}
    styles: list[str] = []
    names, inside = markup.LocalNames(), {"xfs": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = names[tag]
        if name == "cellXfs":
            inside["xfs"] = True
        elif name == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and inside["xfs"]:
            styles.append(attributes.get("numFmtId", "0"))
            if len(styles) > MOST_STYLES:
                raise refusals.broken()

    def end(tag: str) -> None:
        if names[tag] == "cellXfs":
            inside["xfs"] = False

    markup.read_whole(chunks, start, end)
    return [_shown(number, custom) for number in styles]


def _shown(number: str, custom: dict[str, str]) -> Shown:
    if number in custom:
        return shown_as(custom[number])
    if not number.isdecimal():
        return Shown.NUMBER
    if int(number) in BUILT_IN_DAYS:
        return Shown.DAY
    return Shown.TIME if int(number) in BUILT_IN_TIMES else Shown.NUMBER


def moment_of(serial: float, shown: Shown, *, is_since_1904: bool) -> date | time | float:
    """A day, a moment or a time of day; what no calendar has stays a number."""
    if is_since_1904:
        serial += DAYS_FROM_1900_TO_1904
    if not 0 <= serial <= LAST_SERIAL + 1:
        return serial
    days, share = divmod(serial, 1)
    seconds = round(share * 86_400)
    if shown is Shown.TIME and days == 0:
        return (MIDNIGHT + timedelta(seconds=seconds)).time()
    if days == 0 or days == LEAP_DAY_THAT_NEVER_WAS:
        return serial
    day = FIRST_DAY + timedelta(days=int(days) + (days < LEAP_DAY_THAT_NEVER_WAS))
    if seconds == 0:
        return day
    return datetime.combine(day, time.min) + timedelta(seconds=seconds)
