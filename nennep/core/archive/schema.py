"""Which tables a database has and what their columns hold, asked of the database itself.

Not of the models: before an upgrade the program is newer than the tables it saves.
"""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from nennep.core.archive.kinds import Column, Kind, Table
from nennep.core.refusal import Refusal

Ask = Callable[..., list[tuple[Any, ...]]]  # a statement and its parameters; the rows

JSON_COLUMN = re.compile(r'JSON_VALID\("(\w+)"\)')
SQLITE_KINDS = (
    (re.compile(r"bool"), Kind.FLAG),
    (re.compile(r"char\(32\)"), Kind.UUID),
    (re.compile(r"(var)?char\(\d+\)|text"), Kind.TEXT),
    (re.compile(r".*int.*"), Kind.WHOLE),
    (re.compile(r"datetime"), Kind.MOMENT),
    (re.compile(r"date"), Kind.DAY),
    (re.compile(r"time"), Kind.HOUR),
    (re.compile(r"decimal"), Kind.DECIMAL),
    (re.compile(r"real"), Kind.FLOAT),
    (re.compile(r"blob"), Kind.BYTES),
)
POSTGRESQL_KINDS = {
    "bool": Kind.FLAG, "uuid": Kind.UUID, "varchar": Kind.TEXT, "text": Kind.TEXT,
    "bpchar": Kind.TEXT, "inet": Kind.TEXT, "int2": Kind.WHOLE, "int4": Kind.WHOLE,
    "int8": Kind.WHOLE, "timestamptz": Kind.MOMENT, "date": Kind.DAY, "time": Kind.HOUR,
    "numeric": Kind.DECIMAL, "float8": Kind.FLOAT, "bytea": Kind.BYTES, "jsonb": Kind.JSON,
}  # fmt: skip


def tables_of(vendor: str, ask: Ask) -> list[Table]:
    """Every table, by name."""
    return _postgresql(ask) if vendor == "postgresql" else _sqlite(ask)


def _sqlite(ask: Ask) -> list[Table]:
    listed = ask(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' ORDER BY name"
    )
    return [_sqlite_table(ask, name, sql) for name, sql in listed]


def _sqlite_table(ask: Ask, table: str, sql: str) -> Table:
    json_columns = set(JSON_COLUMN.findall(sql))
    columns, keys = [], []
    # hidden: 2 and 3 are computed by the database and cannot be written
    for _cid, name, kind, _not_null, _default, key, hidden in ask(f'PRAGMA table_xinfo("{table}")'):
        if hidden not in (2, 3):
            found = Kind.JSON if name in json_columns else _sqlite_kind(kind)
            columns.append(_column(table, name, kind, found))
        if key:
            keys.append((key, name))
    return _table(table, columns, [name for _place, name in sorted(keys)])


def _sqlite_kind(declared: str) -> Kind | None:
    text = declared.lower().removesuffix(" unsigned")
    return next((kind for pattern, kind in SQLITE_KINDS if pattern.fullmatch(text)), None)


def _postgresql(ask: Ask) -> list[Table]:
    """Those of the schema tables are made in; a partition is read through its whole."""
    listed = ask(
        "SELECT c.relname, a.attname, t.typname,"
        " COALESCE(array_position(i.indkey::int2[], a.attnum), -1)"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid"
        " LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
        " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
        " AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        ' ORDER BY c.relname COLLATE "C"'
    )
    found: dict[str, tuple[list[Column], list[tuple[int, str]]]] = {}
    for table, name, kind, key in listed:
        columns, keys = found.setdefault(table, ([], []))
        columns.append(_column(table, name, kind, POSTGRESQL_KINDS.get(kind)))
        if key >= 0:
            keys.append((key, name))
    return [
        _table(name, columns, [column for _place, column in sorted(keys)])
        for name, (columns, keys) in found.items()
    ]


def _column(table: str, name: str, declared: str, kind: Kind | None) -> Column:
    if kind is None:
        raise Refusal(
            _("A backup does not know what %(table)s.%(column)s (%(kind)s) holds.")
            % {"table": table, "column": name, "kind": declared},
            code="unknown_kind",
        )
    return Column(name, kind)


def _table(name: str, columns: list[Column], key: list[str]) -> Table:
    by_name = tuple(sorted(columns, key=lambda column: column.name))
    return Table(name, by_name, tuple(key) or tuple(column.name for column in by_name))
