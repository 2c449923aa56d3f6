"""Vietnamese text: one normal form, folding, the order of names, numbers and dates as written."""

import re
import unicodedata
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

SPACES = re.compile(r"\s+")
# What other programs leave between letters. Not the soft hyphen: it is the ư of a TCVN3 font.
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
DIGITS = 18  # the longest whole number that every database holds
# The tones in dictionary order: level, falling, asking, tumbling, rising, heavy.
TONES = "\u0300\u0309\u0303\u0301\u0323"
# Letters with a hat, breve or horn come after the plain letter, in the order of the alphabet.
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
ORDER = {letter: chr(0x100 + place) for place, letter in enumerate(LETTERS)}


def nfc(text: str) -> str:
    """The form everything is stored in; a Ð (eth) typed for Đ becomes Đ."""
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")


def whole_number(text: str) -> int | None:
    """The number an address or a button names; None for all else, and for what no database holds."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


def tidy(text: str) -> str:
    """NFC, without spaces at the ends or doubled, and without signs that take no room."""
    return SPACES.sub(" ", INVISIBLE.sub("", nfc(text))).strip()


def blocks(text: str) -> list[list[str]]:
    """What stands between empty lines, each as its lines without the space around them."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


@lru_cache(maxsize=8192)
def _fold_word(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Lower case without accents, đ as d: what people type when they look for something."""
    return " ".join(_fold_word(word) for word in nfc(text).split())


@lru_cache(maxsize=8192)
def _syllable_key(syllable: str) -> str:
    """Letters first, tones second: An < Anh < Ánh < Ăn < Ân < Danh < Đạt."""
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", syllable.lower()):
        marks = unicodedata.normalize("NFD", character)
        tone = next((m for m in marks if m in TONES), "")
        letter = unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES))
        letters.append(ORDER.get(letter, letter))
        tones.append(str(TONES.index(tone) + 1) if tone else "0")
    return "".join(letters) + "!" + "".join(tones)


def name_key(full_name: str) -> str:
    """Sorts people the Vietnamese way: by given name, then family name and middle names."""
    parts = tidy(full_name).split()
    return " ".join(_syllable_key(part) for part in [*parts[-1:], *parts[:-1]])


def title_key(name: str) -> str:
    """Sorts names of units: word by word in the order of the alphabet, numbers as numbers."""
    return " ".join(
        part.zfill(6) if part.isdigit() else _syllable_key(part) for part in tidy(name).split()
    )


def vn_number(number: int | float | Fraction, digits: int = 0) -> str:
    """15420 → 15.420; 90.5 with one digit → 90,5."""
    if isinstance(number, int) and not digits:
        return _written(number, 0)
    exact = Fraction(str(number)) if isinstance(number, float) else number
    return _written(_rounded(exact.numerator * 10**digits, exact.denominator), digits)


def vn_percent(share: Fraction | None, digits: int = 1) -> str:
    """92,4%. What is not all is never shown as 100%, nor what is not nothing as 0%."""
    return "–" if share is None else vn_part(share.numerator, share.denominator, digits)


def vn_part(part: int, whole: int, digits: int = 1) -> str:
    """The same of two numbers, where a page is full of them."""
    full = 100 * 10**digits
    shown = _rounded(part * full, whole)
    if part < whole and shown >= full:
        shown = full - 1
    elif part > 0 and shown <= 0:
        shown = 1
    text = _written(shown, digits)
    return (text.rstrip("0").rstrip(",") if "," in text else text) + "%"


def _rounded(top: int, bottom: int) -> int:
    """Half away from zero, as people round, and never through a binary fraction."""
    whole = (2 * abs(top) + bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


def _written(scaled: int, digits: int) -> str:
    sign = "−" if scaled < 0 else ""
    if not digits:
        return f"{sign}{abs(scaled):,}".replace(",", ".")
    whole, rest = divmod(abs(scaled), 10**digits)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{sign}{grouped},{rest:0{digits}d}"


def vn_date(day: date | None) -> str:
    """6-12-2021, as people write it."""
    return "" if day is None else f"{day.day}-{day.month}-{day.year}"


def vn_long_date(day: date) -> str:
    """Ngày 06 tháng 12 năm 2021, with the zeros that documents put (days < 10, months 1 and 2)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def vn_month(month: date | None) -> str:
    return (
        ""
        if month is None
        else _("%(month)s/%(year)s") % {"month": month.month, "year": month.year}
    )
