"""Who may write to the index at the same time. SQLite lets one transaction write anyway."""

from django.db import connection

LOCK = 1_402_021  # its name on PostgreSQL, held until the transaction ends


def alone() -> None:
    """A build, and whatever changes the numbers that everything is ranked by."""
    _take("pg_advisory_xact_lock")


def among_others() -> None:
    """What only some may read: it changes no number, so many may write at a time."""
    _take("pg_advisory_xact_lock_shared")


def _take(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCK])
