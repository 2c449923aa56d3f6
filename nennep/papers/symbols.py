"""Numbers, symbols and dates the way official papers write them."""

import datetime

from nennep.core.text import vn_long_date

GAP = "\u00a0"  # does not collapse on a page


def symbol_line(number: int | None, kind: str, body: str) -> str:
    """`Số 05-NQ/CB`: no colon, below ten with a zero; without a number, room to write it."""
    figure = GAP * 6 if number is None else f"{number:02d}"
    return f"Số {figure}-{kind}/{body}"


def place_and_date(place: str, day: datetime.date | None, *, year: int | None = None) -> str:
    """`Hà Nội, ngày 03 tháng 02 năm 2026`: only days below ten and January and February padded.

    Without a day there is room to write it; the year stands there if it is known.
    """
    if day is None:
        known = GAP * 9 if year is None else str(year)
        return f"{place}, ngày{GAP * 8}tháng{GAP * 8}năm {known}"
    return f"{place}, {vn_long_date(day)}"
