"""Paths, codes and places in the tree as arithmetic on text."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from nennep.organisation.choices import FIGURES_ONLY_BLOCKS, UnitKind

PLACES = Path(__file__).parent / "presets" / "places.toml"
SEGMENT = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,19}")
# Province · upper level · grassroots · subordinate · cell (around.md §2, [P]).
NATIONAL_CODE = re.compile(r"(\d{2})\.?(\d{3})\.?(\d{3})\.?(\d{3})\.?(\d{3})", re.ASCII)
# The order of levels: nothing stands under its own level or a lower one, at any time.
LEVEL = {
    UnitKind.CITY: 0,
    UnitKind.DISTRICT: 1,
    UnitKind.COMMUNE: 2,
    UnitKind.UPPER_COMMITTEE: 2,
    UnitKind.GRASSROOTS_COMMITTEE: 3,
    UnitKind.SUB_GRASSROOTS_COMMITTEE: 4,
    UnitKind.SECTION: 5,
    UnitKind.GRASSROOTS_CELL: 6,
    UnitKind.CELL: 6,
}


@dataclass(frozen=True)
class UsualPlace:
    """A kind usually stands under these kinds, from day to day; `mark` says how sure that is."""

    kind: str
    under: frozenset[str]
    since: date
    until: date
    source: str
    mark: str


@cache
def usual_places() -> tuple[UsualPlace, ...]:
    listed = tomllib.loads(PLACES.read_text(encoding="utf-8"))["usual"]
    return tuple(
        UsualPlace(
            kind=entry["kind"],
            under=frozenset(entry["under"]),
            since=entry.get("since", date.min),
            until=entry.get("until", date.max),
            source=entry["source"],
            mark=entry["mark"],
        )
        for entry in listed
    )


def may_stand_under(kind: str, parent_kind: str) -> bool:
    """The order of levels alone: a committee above, cells at the bottom."""
    return LEVEL[UnitKind(parent_kind)] < LEVEL[UnitKind(kind)]


def usually_stands_under(kind: str, parent_kind: str, day: date) -> bool:
    """Whether a rule known to the product says so for that day; if none does, that is pointed out."""
    return any(
        place.kind == kind and parent_kind in place.under and place.since <= day <= place.until
        for place in usual_places()
    )


def keeps_figures_only(block: str, *, parent_keeps_figures_only: bool) -> bool:
    """Units of the army and the police, and whatever stands below them, keep no names."""
    return parent_keeps_figures_only or block in FIGURES_ONLY_BLOCKS


def segment(unit_id: int) -> str:
    """The id in base 36 on four places and a terminator; room for 1,679,615 units."""
    digits = ""
    while unit_id:
        unit_id, rest = divmod(unit_id, 36)
        digits = DIGITS[rest] + digits
    if len(digits) > SEGMENT:
        raise ValueError("the tree is full")
    return digits.rjust(SEGMENT, "0") + "."


def path_of(unit_id: int, parent_path: str) -> str:
    return parent_path + segment(unit_id)


def ids_in(path: str) -> list[int]:
    """The ids of the units on the way, from the top down to the unit itself."""
    return [int(part, 36) for part in path.split(".") if part]


def depth_of(path: str) -> int:
    return len(path) // (SEGMENT + 1) - 1


def prefix_length(depth: int) -> int:
    """How many characters of a path name the unit at this depth."""
    return (depth + 1) * (SEGMENT + 1)


def is_code(text: str) -> bool:
    """Capital letters, digits, hyphen and underscore, at most 20."""
    return CODE.fullmatch(text) is not None


def plain_national_code(text: str) -> str | None:
    """The 14 digits of a national code, written with or without dots; None if it is not one."""
    found = NATIONAL_CODE.fullmatch(text.strip())
    dots = text.strip().count(".")
    return "".join(found.groups()) if found and dots in {0, 4} else None


def dotted_national_code(digits: str) -> str:
    return (
        ".".join([digits[:2], digits[2:5], digits[5:8], digits[8:11], digits[11:]])
        if digits
        else ""
    )


# A committee speaks under its own name: the longest beginning that fits is exchanged.
COMMITTEE_NAMES = (
    ("Đảng bộ thành phố", "Thành ủy"),
    ("Đảng bộ tỉnh", "Tỉnh ủy"),
    ("Đảng bộ huyện", "Huyện ủy"),
    ("Đảng bộ quận", "Quận ủy"),
    ("Đảng bộ thị xã", "Thị ủy"),
    ("Đảng bộ", "Đảng ủy"),
)


PLACES_IN_NAMES = re.compile(
    r"Đảng bộ (?:thành phố|tỉnh|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) (.+)", re.IGNORECASE
)


def place_in(unit_name: str) -> str:
    """“Đảng bộ huyện Sóc Sơn” → “Sóc Sơn”: the place its papers name; empty where none is named."""
    found = PLACES_IN_NAMES.fullmatch(unit_name)
    return found.group(1) if found else ""


def committee_name(unit_name: str) -> str:
    """“Đảng bộ huyện Sóc Sơn” → “Huyện ủy Sóc Sơn”: who issues papers for the unit."""
    for organisation, committee in COMMITTEE_NAMES:
        if unit_name.casefold().startswith(organisation.casefold()):
            return committee + unit_name[len(organisation) :]
    return unit_name
