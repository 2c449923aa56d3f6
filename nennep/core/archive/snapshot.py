"""One moment of a whole database, read while others go on writing.

On SQLite a read transaction of a connection of its own (the log keeps the moment), on PostgreSQL
REPEATABLE READ. Tables are read as lines, a few thousand at a time, whatever their size.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Protocol

from django.db import connection

from nennep.core.archive.kinds import NULL, SPELLINGS, Column, Kind, Table, escaped, unescaped
from nennep.core.archive.schema import tables_of

ROWS = 5_000
ROWS_WITH_BYTES = 20  # a row may carry a whole document
PIECE = 1 << 20  # bytes of lines that are respelled at a time
# Characters that would have to be escaped and are not counted on their own.
RARE = "\b\f\r\v"


class Snapshot(Protocol):
    tables: list[Table]

    def lines(self, table: Table) -> Iterator[tuple[int, bytes]]:
        """Pieces of the table in the order of its key: how many rows, and their lines."""

    def size_of(self, table: Table) -> int:
        """About how many rows there are; for a progress bar only."""


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """The moment it is entered. Inside a transaction of the caller, what that one sees."""
    kind, begin = KINDS_OF_DATABASE[connection.vendor]
    if connection.in_atomic_block:
        connection.ensure_connection()
        yield kind(connection.connection)
        return
    raw = connection.get_new_connection(connection.get_connection_params())
    try:
        raw.execute(begin)
        yield kind(raw)
    finally:
        raw.close()


class _Sqlite:
    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.tables = tables_of("sqlite", lambda sql: raw.execute(sql).fetchall())

    def size_of(self, table: Table) -> int:
        row = self.raw.execute(f'SELECT MAX(rowid) FROM "{table.name}"').fetchone()  # noqa: S608 -- our own table
        return row[0] or 0

    def lines(self, table: Table) -> Iterator[tuple[int, bytes]]:
        shown = ", ".join(_sqlite_shown(column) for column in table.columns)
        order = ", ".join(f'"{name}"' for name in table.key)
        cursor = self.raw.cursor()
        cursor.execute(f'SELECT {shown} FROM "{table.name}" ORDER BY {order}')  # noqa: S608 -- likewise
        respell = _respeller(table)
        has_bytes = any(column.kind == Kind.BYTES for column in table.columns)
        while rows := cursor.fetchmany(ROWS_WITH_BYTES if has_bytes else ROWS):
            yield len(rows), _joined(respell(rows) if respell else rows, len(table.columns))


# What the driver would turn into something else than the text or bytes that are kept.
AS_TEXT = {Kind.WHOLE, Kind.FLAG, Kind.DAY, Kind.HOUR, Kind.MOMENT, Kind.DECIMAL}


def _sqlite_shown(column: Column) -> str:
    name = f'"{column.name}"'
    return f"CAST({name} AS TEXT)" if column.kind in AS_TEXT else name


Rows = list[Sequence[Any]]


def _respeller(table: Table) -> Callable[[Rows], Rows] | None:
    """Puts values into the spelling of the archive, where a column needs it."""
    spelled = [
        (place, SPELLINGS[column.kind])
        for place, column in enumerate(table.columns)
        if column.kind in SPELLINGS
    ]

    def respell(rows: Rows) -> Rows:
        changed: Rows = []
        for kept in rows:
            row = list(kept)
            for place, spell in spelled:
                if row[place] is not None:
                    row[place] = spell(row[place])
            changed.append(row)
        return changed

    return respell if spelled else None


def _joined(rows: Rows, width: int) -> bytes:
    """The lines of rows of text. Nearly always there is nothing to escape, and counting tells."""
    nulls = sum(row.count(None) for row in rows)
    plain = (
        "\n".join(["\t".join([NULL if v is None else v for v in row]) for row in rows])
        if nulls
        else "\n".join(["\t".join(row) for row in rows])
    ) + "\n"
    is_plain = (
        plain.count("\\") == nulls
        and plain.count("\t") == len(rows) * (width - 1)
        and plain.count("\n") == len(rows)
        and not any(character in plain for character in RARE)
    )
    if is_plain:
        return plain.encode()
    lines = ("\t".join([NULL if v is None else escaped(v) for v in row]) for row in rows)
    return "".join(chain.from_iterable((line, "\n") for line in lines)).encode()


class _Postgresql:
    def __init__(self, raw: Any) -> None:
        self.raw = raw
        raw.execute("SET LOCAL datestyle = 'ISO, YMD'")
        raw.execute("SET LOCAL bytea_output = 'hex'")
        self.tables = tables_of("postgresql", lambda sql: raw.execute(sql).fetchall())

    def size_of(self, table: Table) -> int:
        row = self.raw.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)",
            [f'"{table.name}"'],
        ).fetchone()
        return max(row[0], 0) if row else 0

    def lines(self, table: Table) -> Iterator[tuple[int, bytes]]:
        shown = ", ".join(_postgresql_shown(column) for column in table.columns)
        kinds = {column.name: column.kind for column in table.columns}
        order = ", ".join(
            f'"{name}" COLLATE "C"' if kinds.get(name) == Kind.TEXT else f'"{name}"'
            for name in table.key
        )
        select = f'SELECT {shown} FROM "{table.name}" ORDER BY {order}'  # noqa: S608 -- likewise
        with self.raw.cursor().copy(f"COPY ({select}) TO STDOUT") as copied:
            yield from _pieces(copied, table)


def _postgresql_shown(column: Column) -> str:
    name = f'"{column.name}"'
    without_zeros = "replace(to_char({}, '{} HH24:MI:SS.US'), '.000000', '')"
    if column.kind == Kind.FLAG:
        return f"{name}::int"
    if column.kind == Kind.MOMENT:
        return without_zeros.format(f"{name} AT TIME ZONE 'UTC'", "YYYY-MM-DD")
    if column.kind == Kind.HOUR:
        return f"ltrim({without_zeros.format(f'{name}::interval', '')})"
    if column.kind == Kind.UUID:
        return f"replace({name}::text, '-', '')"
    return name


def _pieces(copied: Any, table: Table) -> Iterator[tuple[int, bytes]]:
    """A megabyte of lines at a time; COPY gives whole lines with each block."""
    respell = _line_respeller(table)
    blocks: list[bytes] = []
    size = 0
    for block in chain(copied, (None,)):
        if block is not None:
            blocks.append(bytes(block))
            size += len(blocks[-1])
        if blocks and (size >= PIECE or block is None):
            lines = b"".join(blocks)
            yield lines.count(b"\n"), respell(lines) if respell else lines
            blocks, size = [], 0


# PostgreSQL itself spells bytes as the archive does.
RESPELLED = set(SPELLINGS) - {Kind.BYTES}


def _line_respeller(table: Table) -> Callable[[bytes], bytes] | None:
    respell = _respeller(table)
    if respell is None or not any(c.kind in RESPELLED for c in table.columns):
        return None

    def changed(lines: bytes) -> bytes:
        rows: Rows = [
            [unescaped(value) for value in line.split("\t")]
            for line in lines.decode().split("\n")[:-1]
        ]
        return _joined(respell(rows), len(table.columns))

    return changed


KINDS_OF_DATABASE: dict[str, tuple[Callable[[Any], Snapshot], str]] = {
    # Django's own transactions take the writer's lock at once; this one never does.
    "sqlite": (_Sqlite, "BEGIN DEFERRED"),
    "postgresql": (_Postgresql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
}
