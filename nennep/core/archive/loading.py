"""Fills the tables of an empty database from the lines of an archive, fast, and all or nothing.

References and indexes are taken away while the rows come in and made again behind them, where the
database then looks at them as a whole.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from nennep.core.archive.kinds import Kind, Table, unescaped
from nennep.core.archive.schema import tables_of


def ask(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())


def present_tables() -> dict[str, Table]:
    return {table.name: table for table in tables_of(connection.vendor, ask)}


@contextmanager
def filling() -> Iterator[None]:
    """Inside, tables are emptied and filled without being checked row by row; then all is checked.

    Raises IntegrityError where a row refers to one that is not there.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), _postgresql_bare():
            yield
        return
    with connection.constraint_checks_disabled(), transaction.atomic():
        indexes = ask("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
        _execute(f'DROP INDEX "{name}"' for name, _sql in indexes)
        yield
        _execute(sql for _name, sql in indexes)
        connection.check_constraints()


@contextmanager
def _postgresql_bare() -> Iterator[None]:
    references = ask(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
        " FROM pg_constraint"
        " WHERE connamespace = current_schema()::regnamespace AND contype = 'f'"
    )
    indexes = ask(
        "SELECT quote_ident(indexname), indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint"
        " WHERE conindid = to_regclass(quote_ident(schemaname) || '.' || quote_ident(indexname)))"
    )
    _execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _said in references)
    _execute(f"DROP INDEX {name}" for name, _made in indexes)
    _execute(["SET LOCAL TIME ZONE 'UTC'"])
    yield
    _execute(made for _name, made in indexes)
    _execute(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}" for table, name, said in references
    )


def empty(tables: Iterable[Table]) -> None:
    """What migrations and their signals put into new tables comes from the archive as well."""
    names = [f'"{table.name}"' for table in tables]
    if connection.vendor == "postgresql":
        _execute([f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE"])
    else:
        _execute(f"DELETE FROM {name}" for name in names)  # noqa: S608 -- our own tables
        _execute(["DELETE FROM sqlite_sequence"])


def load(table: Table, lines: Iterable[bytes]) -> None:
    """Rows as the archive spells them; `lines` are pieces that end with a whole line."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.vendor == "postgresql":
        copying = f'COPY "{table.name}" ({names}) FROM STDIN'
        with connection.cursor() as cursor, cursor.copy(copying) as copy:
            for piece in lines:
                copy.write(piece)
        return
    places = ", ".join("?" * len(table.columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'  # noqa: S608 -- our own table
    read = _reader(table)
    raw = connection.connection.cursor()
    for piece in lines:
        # The driver's own cursor: Django's would rewrite the statement for every piece.
        raw.executemany(statement, map(read, piece.decode().split("\n")[:-1]))


def go_on_counting(tables: Iterable[Table]) -> None:
    """PostgreSQL's numbers go on behind the highest that came in; SQLite's do by themselves."""
    if connection.vendor != "postgresql":
        return
    for table in tables:
        for column in table.key:
            sequence = ask("SELECT pg_get_serial_sequence(%s, %s)", f'"{table.name}"', column)[0][0]
            if sequence:
                last = f'SELECT MAX("{column}") FROM "{table.name}"'  # noqa: S608 -- our own table
                ask(f"SELECT setval(%s, COALESCE(({last}), 1), ({last}) IS NOT NULL)", sequence)


def _reader(table: Table) -> Callable[[str], list[Any]]:
    bytes_at = [place for place, c in enumerate(table.columns) if c.kind == Kind.BYTES]

    def read(line: str) -> list[Any]:
        values: list[Any] = line.split("\t")
        if "\\" in line:
            values = [unescaped(value) for value in values]
            for place in bytes_at:
                if values[place] is not None:
                    values[place] = bytes.fromhex(values[place][2:])
        return values

    return read


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
