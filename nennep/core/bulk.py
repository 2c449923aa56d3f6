"""Writing many rows at once, the fast way of each database."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Model

CHUNK = 5_000

Row = TypeVar("Row")


def in_parts(rows: Iterable[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    """The rows in lists of `size`, the last one shorter."""
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows given as tuples in the order of `names` (field names); returns how many.

    Values must already be what the database stores, apart from dates, UUIDs and JSON text, which
    are adapted here. No signal is sent and no default is filled in: a bulk action's own business.
    """
    columns = [_column(model, name) for name in names]
    if connection.vendor == "postgresql":
        return _copy(model._meta.db_table, columns, rows)
    convert = _sqlite_converters(model, names)
    return _executemany(model._meta.db_table, columns, convert, rows)


def update_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write these fields of rows that are given as tuples: the values, and the id at the end."""
    columns = [_column(model, name) for name in names]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s"  # noqa: S608 -- names come from the model
    rows = iter(rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, CHUNK)):
            cursor.executemany(statement, chunk)


def reset_sequences(*tables: type[Model]) -> None:
    """After explicit ids were written, let PostgreSQL go on counting behind them."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in tables:
            table = connection.ops.quote_name(model._meta.db_table)
            last = f"(SELECT COALESCE(MAX(id), 0) FROM {table})"  # noqa: S608 -- our own table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), GREATEST({last}, 1))", [table]
            )


def count_up(*tables: type[Model]) -> None:
    """Let the database count what many new rows are like: it plans its questions by that.

    PostgreSQL's own housekeeping comes minutes later, and not to rows of an open transaction.
    """
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def take_ids(model: type[Model], count: int) -> list[int]:
    """Ids that nobody else will get, for rows that are written with them in this transaction.

    SQLite lets one transaction write at a time, so there they are counted on from the last.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [int(row[0]) for row in cursor.fetchall()]
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608 -- our own table
        last = int(cursor.fetchone()[0])
    return list(range(last + 1, last + 1 + count))


def alone_with(*tables: type[Model]) -> None:
    """Until the transaction ends nobody else writes to these tables, so that ids can be given here.

    SQLite lets one transaction write anyway.
    """
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def add_rows(
    model: type[Model],
    key: Sequence[str],
    counters: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Add counters to the rows with these keys, making the rows that are not there yet.

    One statement a chunk, atomic on both databases; give the rows in a fixed order, so that two
    transactions never wait for each other.
    """
    names = [*key, *counters]
    quote = connection.ops.quote_name
    columns = [_column(model, name) for name in names]
    table = quote(model._meta.db_table)
    key_columns = ", ".join(quote(_column(model, name)) for name in key)
    adds = ", ".join(
        f"{quote(c)} = {table}.{quote(c)} + excluded.{quote(c)}" for c in columns[len(key) :]
    )
    one = "(" + ", ".join(["%s"] * len(columns)) + ")"
    per_statement = max(1, 900 // len(columns))
    rows = iter(rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, per_statement)):
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(map(quote, columns))}) "  # noqa: S608 -- names come from the model
                f"VALUES {', '.join([one] * len(chunk))} "
                f"ON CONFLICT ({key_columns}) DO UPDATE SET {adds}",
                [value for row in chunk for value in row],
            )


def _column(model: type[Model], name: str) -> str:
    """The column of a stored field, by the field's name."""
    kind = model._meta.get_field(name)
    if not isinstance(kind, models.Field) or kind.column is None:
        raise TypeError(f"{model.__name__}.{name} is not stored")
    return str(kind.column)


def _copy(table: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> int:
    quote = connection.ops.quote_name
    statement = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    count = 0
    rows = iter(rows)
    with connection.cursor() as cursor:
        # The rows of a chunk are made before it is copied: making them may ask the database.
        while chunk := list(islice(rows, CHUNK)):
            with cursor.copy(statement) as copy:
                for row in chunk:
                    copy.write_row(row)
            count += len(chunk)
    return count


def _sqlite_converters(model: type[Model], names: Sequence[str]) -> list[tuple[int, Any]]:
    """For the columns that SQLite stores as text: their position and how to write them."""
    convert: list[tuple[int, Any]] = []
    for position, name in enumerate(names):
        kind = model._meta.get_field(name)
        if isinstance(kind, models.UUIDField):
            convert.append((position, lambda value: None if value is None else value.hex))
        elif isinstance(kind, models.DateTimeField):
            convert.append((position, _sqlite_moment))
        elif isinstance(kind, models.DateField):
            convert.append((position, lambda value: None if value is None else value.isoformat()))
    return convert


@lru_cache(maxsize=65_536)
def _sqlite_moment(value: datetime | None) -> str | None:
    """As Django writes a moment where SQLite has no time zone of its own.

    Rows repeat their moments: written once, several times as fast.
    """
    if value is None:
        return None
    return str((value if value.tzinfo is UTC else value.astimezone(UTC)).replace(tzinfo=None))


def _executemany(
    table: str, columns: list[str], convert: list[tuple[int, Any]], rows: Iterable[Sequence[Any]]
) -> int:
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) "  # noqa: S608 -- names come from the model
        f"VALUES ({', '.join(['?'] * len(columns))})"
    )
    connection.ensure_connection()
    raw = connection.connection.cursor()
    count = 0
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        if convert:
            chunk = [_converted(row, convert) for row in chunk]
        # The driver's own cursor: Django's would rewrite the statement for every chunk.
        raw.executemany(statement, chunk)
        count += len(chunk)
    return count


def _converted(row: Sequence[Any], convert: list[tuple[int, Any]]) -> Sequence[Any]:
    cells = list(row)
    for position, write in convert:
        cells[position] = write(cells[position])
    return cells
