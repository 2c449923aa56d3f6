"""What can go wrong with the machine rather than with what somebody asked for, in words.

A full disk, a busy or absent database, a store of files that is not there. Whoever meets one has
written nothing: a transaction is whole or not at all, and files are put in place when complete.
"""

import errno
from enum import StrEnum

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trouble(StrEnum):
    BUSY = "busy"
    FULL = "full"
    AWAY = "away"
    READ_ONLY = "read only"
    FAULTY = "faulty"
    NO_FILES = "no files"


class FilesAway(Exception):
    """The folder of kept files, or a file that a record names, is not where it was."""


SENTENCES: dict[Trouble, str | Promise] = {
    Trouble.BUSY: _(
        "The database is busy: something else holds it. Nothing was written. Try again in a minute."
    ),
    Trouble.FULL: _(
        "The disk of the server is full. Nothing was written. Free some space, then try again."
    ),
    Trouble.AWAY: _(
        "The database cannot be reached. Nothing was written. Check that it runs, then try again."
    ),
    Trouble.READ_ONLY: _(
        "The server may not write to its data. Nothing was written. Check the rights of its folder."
    ),
    Trouble.FAULTY: _(
        "The disk of the server reports a fault. Nothing was written. Check the disk; do not go on"
        " before there is a backup."
    ),
    Trouble.NO_FILES: _(
        "The store of kept files is not there. Nothing was written. Check that its disk is mounted."
    ),
}
SQLITE_SAYS = {
    "database is locked": Trouble.BUSY,
    "database table is locked": Trouble.BUSY,
    "database or disk is full": Trouble.FULL,
    "unable to open database file": Trouble.AWAY,
    "attempt to write a readonly database": Trouble.READ_ONLY,
    "disk I/O error": Trouble.FAULTY,
    "database disk image is malformed": Trouble.FAULTY,
}
# Classes and single codes of SQLSTATE, as PostgreSQL's documents list them.
POSTGRESQL_SAYS = {
    "53100": Trouble.FULL,
    "55P03": Trouble.BUSY,  # a lock was not to be had
    "57014": Trouble.BUSY,  # a statement ran too long
    "40P01": Trouble.BUSY,  # two waited for each other
    "25006": Trouble.READ_ONLY,
    "58030": Trouble.FAULTY,
    "53": Trouble.BUSY,
    "08": Trouble.AWAY,
    "57P": Trouble.AWAY,
}
SYSTEM_SAYS = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EIO: Trouble.FAULTY,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Which trouble this is; None for anything else, which is a fault of ours."""
    if isinstance(error, FilesAway):
        return Trouble.NO_FILES
    if isinstance(error, DatabaseError):
        return _of_database(error)
    if isinstance(error, OSError):
        return SYSTEM_SAYS.get(error.errno or 0)
    return None


def in_words(error: BaseException | None) -> str:
    """The sentence for people, or nothing."""
    trouble = trouble_of(error)
    return str(SENTENCES[trouble]) if trouble else ""


def _of_database(error: DatabaseError) -> Trouble | None:
    if hasattr(error.__cause__, "sqlstate"):
        return _of_postgresql(getattr(error.__cause__, "sqlstate", None), error)
    text = str(error)
    return next((trouble for says, trouble in SQLITE_SAYS.items() if says in text), None)


def _of_postgresql(state: str | None, error: DatabaseError) -> Trouble | None:
    """A connection that was refused or cut has no code at all."""
    if state is None:
        return (
            Trouble.AWAY if type(error).__name__ in ("OperationalError", "InterfaceError") else None
        )
    for length in (5, 3, 2):
        if state[:length] in POSTGRESQL_SAYS:
            return POSTGRESQL_SAYS[state[:length]]
    return None
