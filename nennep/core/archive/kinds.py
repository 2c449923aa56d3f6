r"""What a column holds, said so that it means the same on SQLite and on PostgreSQL.

A row of an archive is a line of PostgreSQL's own COPY text format: values separated by tabs, `\N`
for none, a backslash before what would be mistaken. Within a value: flags are 1 and 0, days
2024-06-13, moments 2024-06-13 01:00:00[.000000] in UTC, UUIDs 32 digits, bytes `\x` and
hexadecimal, JSON in its canonical spelling. So the hash of a table is the same on both databases.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from nennep.core.canonical import canonical_text

NULL = r"\N"
ESCAPES = {
    "\\": r"\\",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
}
ESCAPED = str.maketrans(ESCAPES)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
RAW = {escape[1]: raw for raw, escape in ESCAPES.items()}


class Kind(StrEnum):
    TEXT = "text"
    WHOLE = "whole number"
    FLAG = "flag"
    DAY = "day"
    HOUR = "time of day"
    MOMENT = "moment"
    UUID = "uuid"
    JSON = "json"
    DECIMAL = "decimal"
    FLOAT = "floating number"
    BYTES = "bytes"


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind


@dataclass(frozen=True)
class Table:
    """`columns` by name; `key` are the columns of the primary key, by which rows are ordered."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def _decimal(value: Any) -> str:
    """9.50 on one database is 9.5 on the other."""
    plain = format(Decimal(str(value)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _bytes(value: Any) -> str:
    return value if isinstance(value, str) else rf"\x{bytes(value).hex()}"


# How a value becomes the text of the archive, where neither database spells it so by itself.
SPELLINGS: dict[Kind, Callable[[Any], str]] = {
    Kind.JSON: canonical_text,
    Kind.DECIMAL: _decimal,
    Kind.FLOAT: lambda value: repr(float(value)),
    Kind.BYTES: _bytes,
}


def escaped(text: str) -> str:
    return text.translate(ESCAPED)


def unescaped(text: str) -> str | None:
    """The value of one field of a line."""
    if "\\" not in text:
        return text
    if text == NULL:
        return None
    return ESCAPE.sub(lambda match: RAW.get(match[1], match[1]), text)
