"""Put a SQLite without the WAL-reset fault (3.51.3 or newer) where Django looks for one.

Debian 12 ships 3.40.1, which may lose an acknowledged commit. The wheel `pysqlite3` carries its
own library; this module must be imported before Django opens a database.
"""

import sys

import pysqlite3
from pysqlite3 import dbapi2

FIRST_SOUND_VERSION = (3, 51, 3)


def use_sound_sqlite() -> None:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def is_sound() -> bool:
    return tuple(dbapi2.sqlite_version_info) >= FIRST_SOUND_VERSION


def version() -> str:
    return str(dbapi2.sqlite_version)
