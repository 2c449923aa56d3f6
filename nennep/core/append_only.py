"""Tables that may grow and not change: the database itself refuses, whoever asks.

Put in place by `post_migrate`, so that an installation and the tests have the same. What the
triggers refuse: UPDATE, DELETE, TRUNCATE, and on SQLite a REPLACE of a row that is there, whether
or not the connection has `recursive_triggers` on. Who owns the database can take them away;
then the hash chain (`core.sealing`) tells, and `missing` does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from nennep.core.models import Installation, TrailLine, TrailSeal
from nennep.core.refusal import Refusal

KEPT = {model._meta.db_table: str(model._meta.pk.column) for model in (TrailLine, TrailSeal)}
SAYS = "append-only"
FUNCTION = "nennep_refuse_change"
FUNCTION_BODY = (
    f" BEGIN RAISE EXCEPTION '{SAYS}: %', TG_TABLE_NAME"
    " USING ERRCODE = 'integrity_constraint_violation'; END "
)
# PostgreSQL alters no table for which a check still waits for the end of the transaction.
CHECK_WHAT_WAITS = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
# PostgreSQL's own marks of a trigger (pg_trigger.tgtype).
ROW, BEFORE, DELETE, UPDATE, TRUNCATE = 1, 2, 8, 16, 32


@dataclass(frozen=True)
class Trigger:
    """`stands_as` is what the database's own list says of it when it is as we made it."""

    name: str
    table: str
    make: str
    stands_as: object


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put in place every trigger that is missing or was changed; one look where all stand."""
    on = connections[using]
    lacking = set(missing(using))
    if not lacking:
        return
    with transaction.atomic(using=using), on.cursor() as cursor:
        if on.vendor == "postgresql":
            cursor.execute(CHECK_WHAT_WAITS)
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger"
                f" LANGUAGE plpgsql AS $${FUNCTION_BODY}$$"
            )
        for trigger in _triggers(on):
            if trigger.name in lacking:
                cursor.execute(_drop(on, trigger))
                cursor.execute(trigger.make)


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the triggers away. Only `lifted` and the tests' own cleaning may."""
    on = connections[using]
    with on.cursor() as cursor:
        if on.vendor == "postgresql":
            cursor.execute(CHECK_WHAT_WAITS)
        for trigger in _triggers(on):
            cursor.execute(_drop(on, trigger))


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that are not there, are switched off, or do something else."""
    on = connections[using]
    standing = _standing_postgresql(on) if on.vendor == "postgresql" else _standing_sqlite(on)
    return [t.name for t in _triggers(on) if standing.get(t.name) != t.stands_as]


@contextmanager
def lifted() -> Iterator[None]:
    """Inside, a demonstration may be emptied. Refuses where the trail is an organisation's own.

    One transaction with what is done inside: if that breaks off, the triggers stand as before.
    """
    is_demonstration = Installation.objects.filter(is_demonstration=True).exists()
    if not is_demonstration and TrailLine.objects.exists():
        raise Refusal(
            _("The trail of a real organisation is never emptied. Nothing was done."),
            code="trail_kept",
        )
    with transaction.atomic():
        remove()
        yield
        install()


def guard(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    """Heard from `post_migrate`: the triggers stand wherever the tables do."""
    if set(KEPT) <= set(connections[using].introspection.table_names()):
        install(using)


def _triggers(on: BaseDatabaseWrapper) -> Iterator[Trigger]:
    make = _postgresql if on.vendor == "postgresql" else _sqlite
    for table, key in KEPT.items():
        yield from make(table, key)


def _sqlite(table: str, key: str) -> Iterator[Trigger]:
    is_there = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}") '  # noqa: S608 -- our own table
    for what, event, condition in (
        ("update", "UPDATE", ""),
        ("delete", "DELETE", ""),
        ("replace", "INSERT", is_there),
    ):
        name = f"{table}_refuses_{what}"
        make = (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {condition}'
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}: {table}'); END"
        )
        yield Trigger(name, table, make, stands_as=make)


def _postgresql(table: str, _key: str) -> Iterator[Trigger]:
    """`ENABLE ALWAYS`, or a session in the role of a replica would pass them by."""
    for what, event, each, kind in (
        ("change", "UPDATE OR DELETE", "ROW", ROW | BEFORE | DELETE | UPDATE),
        ("truncate", "TRUNCATE", "STATEMENT", BEFORE | TRUNCATE),
    ):
        name = f"{table}_refuses_{what}"
        make = (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"'
            f" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}();"
            f' ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
        )
        yield Trigger(name, table, make, stands_as=kind)


def _drop(on: BaseDatabaseWrapper, trigger: Trigger) -> str:
    of_table = f' ON "{trigger.table}"' if on.vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{trigger.name}"{of_table}'


def _standing_sqlite(on: BaseDatabaseWrapper) -> dict[str, object]:
    with on.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _standing_postgresql(on: BaseDatabaseWrapper) -> dict[str, object]:
    """Those that always fire, without a condition, and call our function as we wrote it."""
    with on.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgtype FROM pg_trigger"
            " JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace"
            " AND tgenabled = 'A' AND tgqual IS NULL AND tgattr = ''"
            " AND proname = %s AND prosrc = %s",
            [list(KEPT), FUNCTION, FUNCTION_BODY],
        )
        return dict(cursor.fetchall())
