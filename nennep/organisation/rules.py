"""Paths and codes as arithmetic on text."""

import re

SEGMENT = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,19}")
# Province · upper level · grassroots · subordinate · cell (around.md §2, [P]).
NATIONAL_CODE = re.compile(r"(\d{2})\.?(\d{3})\.?(\d{3})\.?(\d{3})\.?(\d{3})")


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
    return ".".join([digits[:2], digits[2:5], digits[5:8], digits[8:11], digits[11:]]) if digits else ""
