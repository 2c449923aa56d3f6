"""How lists write the name of a cell: numbered, shortened, with the number of its members behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nennep.core.text import fold

NUMBERED = re.compile(
    r"(?:[ivxlc]+|[a-h]|\d{1,3}(?:\.\d{1,3})*)\s*[.):/-]\s*|[ivx]+\s+(?=chi bo|cb|dang)"
)
COUNTED = re.compile(
    r"\s*[:;,–-]?\s*(?:\(.*\)|\d+ *(?:dang vien|dong chi|d/c|dv)\.?)\s*$|[\s:;.,]+$"
)
SHORT = re.compile(r"cb\b\.?\s*")
CELL = "chi bo "
COMMITTEES = ("dang bo ", "dang uy ")


@lru_cache(maxsize=65_536)
def readings(text: str) -> tuple[str, ...]:
    """The folded names a text may stand for, the most literal first."""
    return tuple(dict.fromkeys(_readings(fold(text))))


def names_a_cell(text: str) -> bool:
    """Whether a row with this text alone heads the members of a cell, known or not."""
    return _bare(fold(text)).startswith(CELL)


def names_a_committee(text: str) -> bool:
    return _bare(fold(text)).startswith(COMMITTEES)


def bare(text: str) -> str:
    """The text without the number in front of it and what is counted behind it, folded."""
    return _bare(fold(text))


def _readings(folded: str) -> Iterator[str]:
    yield folded
    plain = _bare(folded)
    yield plain
    if not plain.startswith((CELL, *COMMITTEES)):
        yield CELL + plain


def _bare(folded: str) -> str:
    plain = NUMBERED.sub("", folded, count=1) if NUMBERED.match(folded) else folded
    plain = COUNTED.sub("", plain)
    return SHORT.sub(CELL, plain, count=1) if SHORT.match(plain) else plain
