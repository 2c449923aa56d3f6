"""The one type family of documents, read just far enough to know its letters and their widths.

Liberation Serif 2.1.5 has the widths of Times New Roman, so what is measured here holds in Word.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from pathlib import Path

from nennep.papers.paper import Masthead
from nennep.papers.profiles import FormatProfile, Lettering

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Liberation Serif"
_PLACES = (
    "xã ", "phường ", "thị trấn ", "thị xã ", "huyện ", "quận ", "thành phố ", "tỉnh ", "thôn ",
    "tổ dân phố ", "khu dân cư ",
)  # fmt: skip
SIDE_ROOM = 6  # points between the two sides of a head


@dataclass(frozen=True, slots=True)
class Face:
    """One style of the family: its glyph for each letter, and how far each glyph moves on."""

    version: str
    units_per_em: int
    glyphs: dict[int, int]
    advances: tuple[int, ...]

    def covers(self, letter: str) -> bool:
        return ord(letter) in self.glyphs

    def width(self, text: str, size: float) -> float:
        """The length of the line in points."""
        last = len(self.advances) - 1
        units = sum(self.advances[min(self.glyphs.get(ord(c), 0), last)] for c in text)
        return units * size / self.units_per_em


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    found = {}
    for place in range(12, 12 + 16 * count, 16):
        tag, _, start, length = struct.unpack_from(">4sLLL", font, place)
        found[tag.decode()] = font[start : start + length]
    return found


def _glyphs(cmap: bytes) -> dict[int, int]:
    """The letters of the Basic Multilingual Plane (subtable of format 4)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for record in range(4, 4 + 8 * count, 8):
        _, _, start = struct.unpack_from(">HHL", cmap, record)
        if struct.unpack_from(">H", cmap, start) == (4,):
            return _segments(cmap, start)
    return {}


def _segments(cmap: bytes, start: int) -> dict[int, int]:
    (double,) = struct.unpack_from(">H", cmap, start + 6)
    count = double // 2
    places = [start + 14, start + 16 + double, start + 16 + 2 * double, start + 16 + 3 * double]
    ends, starts, deltas, offsets = (struct.unpack_from(f">{count}H", cmap, at) for at in places)
    glyphs = {}
    for segment in range(count):
        for letter in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = letter
            if offsets[segment]:
                at = places[3] + 2 * segment + offsets[segment] + 2 * (letter - starts[segment])
                (glyph,) = struct.unpack_from(">H", cmap, at)
                if not glyph:
                    continue
            glyphs[letter] = (glyph + deltas[segment]) & 0xFFFF
    return {letter: glyph for letter, glyph in glyphs.items() if glyph}


def _version(name: bytes) -> str:
    """The name table's fifth entry, in Unicode."""
    _, count, strings = struct.unpack_from(">HHH", name, 0)
    for record in range(6, 6 + 12 * count, 12):
        platform, _, _, kind, length, start = struct.unpack_from(">6H", name, record)
        if (platform, kind) == (3, 5):
            return name[strings + start : strings + start + length].decode("utf-16-be")
    return ""


@cache
def face(style: str) -> Face:
    """The face of one style: Regular, Bold, Italic or BoldItalic."""
    tables = _tables((FOLDER / f"LiberationSerif-{style}.ttf").read_bytes())
    (units_per_em,) = struct.unpack_from(">H", tables["head"], 18)
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    pairs = struct.unpack_from(">" + "Hh" * count, tables["hmtx"], 0)
    return Face(_version(tables["name"]), units_per_em, _glyphs(tables["cmap"]), pairs[::2])


def head_shares(head: Masthead, profile: FormatProfile, length: float) -> tuple[float, float]:
    """How the two sides of the head share its `length` in points.

    The right side takes what a long place and date need, up to 64 parts of 100, and at least 53:
    the names of cells on the left are often long.
    """
    size = profile.lettering["place_and_date"].size
    needed = 100 * (face("Italic").width(head.place_and_date, size) + 2) / length
    right = min(max(needed, 53), 64)
    return 100 - right, right


def in_even_lines(text: str, lettering: Lettering, width: float) -> str:
    """A name too long for `width` in points, in lines of much the same length.

    No line is left with the one word that found no room; where it can be, the name of a place
    begins a line.
    """
    style = face("Bold" if lettering.bold else "Regular")

    def measured(words: Sequence[str]) -> float:
        return style.width(lettering.cased(" ".join(words)), lettering.size)

    words, lines = text.split(" "), []
    count = ceil(measured(words) / width)
    while count > 1 and len(words) > 1:
        share = measured(words) / count
        fitting = [n for n in range(1, len(words)) if measured(words[:n]) <= width] or [1]
        begins_place = [n for n in fitting if " ".join(words[n:]).startswith(_PLACES)]
        within = [n for n in begins_place if measured(words[n:]) <= width * (count - 1)]
        end = min(within or fitting, key=lambda n: abs(measured(words[:n]) - share))
        lines.append(" ".join(words[:end]))
        words, count = words[end:], count - 1
    return "\n".join([*lines, " ".join(words)])


def evened(head: Masthead, profile: FormatProfile, width: float) -> Masthead:
    """The head with the two names on its left in lines that fit `width` in points."""
    return replace(
        head,
        superior_body=in_even_lines(head.superior_body, profile.lettering["superior_body"], width),
        issuing_body=in_even_lines(head.issuing_body, profile.lettering["issuing_body"], width),
    )


@cache
def printable() -> frozenset[str]:
    """The letters that all four styles have."""
    styles = ("Regular", "Bold", "Italic", "BoldItalic")
    return frozenset(map(chr, set.intersection(*(set(face(s).glyphs) for s in styles))))


def printed(text: str, *, instead: str = "\u25a1") -> str:
    """The text with an empty square for each sign the family lacks, for example an emoji."""
    known = printable()
    return "".join(c if c in known or c == "\n" else instead for c in text)
