"""Makes a backup while people work: the database of one moment and the files it names, in one file.

What goes in, what does not, and why: docs/decisions/0014-backups.md.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from nennep.accounts.models import OpenSession
from nennep.accounts.queries import system_person
from nennep.config.version import VERSION
from nennep.core import clock, trail
from nennep.core.archive import keys
from nennep.core.archive.container import Sink
from nennep.core.archive.envelope import Closing
from nennep.core.archive.manifest import About, Manifest
from nennep.core.archive.snapshot import Snapshot, snapshot
from nennep.core.archive.writing import Report, write_archive
from nennep.core.derived import derived_tables
from nennep.core.kept_files import missing_files
from nennep.core.refusal import Refusal
from nennep.core.storage import sync_folder

# Sessions end with the machine they were on: a restored one would let in who was sent away since.
SESSIONS = OpenSession._meta.db_table
SECRET_KEY_FILE = "secret-key"  # noqa: S105 -- the name of the file


@dataclass(frozen=True)
class Backup:
    """What was written. `secret` opens this one file again, as long as this process remembers it."""

    path: Path
    manifest: Manifest
    sha256: str
    is_closed: bool
    secret: bytes | None
    damaged_files: list[str]
    missing_files: list[str]

    @property
    def is_whole(self) -> bool:
        return not (self.damaged_files or self.missing_files)


def back_up(path: Path, *, to: str, report: Report, is_before_upgrade: bool = False) -> Backup:
    """`to` is a public key as text, or empty for a backup that anybody can read.

    What follows from other tables is left out, except before an upgrade: that backup is restored by
    an older program, which may not know how to make it again.
    Written beside under another name and put in place when it is complete and on the disk.
    """
    if not holds_an_organisation():
        raise Refusal(
            "Ở đây chưa có tổ chức nào để sao lưu. Kiểm tra NENNEP_DATA và DATABASE_URL.",
            code="nothing_here",
        )
    recipient = keys.public_key(to) if to else None
    with _put_in_place(path) as (raw, summed), snapshot() as taken:
        closing = Closing(_Summing(raw, summed), recipient) if recipient else None
        sink: Sink = closing or _Summing(raw, summed)
        written = write_archive(
            sink,
            _about(taken, [SESSIONS] if is_before_upgrade else [SESSIONS, *derived_tables()]),
            taken,
            files=settings.FILES_DIR,
            secret_key=settings.SECRET_KEY.encode() if closing else None,
            report=report,
        )
        if closing:
            closing.close()
    return Backup(
        path,
        written.manifest,
        summed.hexdigest(),
        is_closed=closing is not None,
        secret=closing.secret if closing else None,
        damaged_files=written.damaged,
        missing_files=_missing_files(),
    )


def holds_an_organisation() -> bool:
    return has_row("organisation_unit")


def has_row(table: str, where: str = "") -> bool:
    """Asked of the tables themselves: before an upgrade they are older than the models."""
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} {where} LIMIT 1")  # noqa: S608 -- our own tables
        return cursor.fetchone() is not None


def note(backup: Backup) -> bool:
    """A line of the trail: the data left the database. False when it could not be written."""
    try:
        with transaction.atomic():
            trail.record(
                "backup made",
                None,
                by=system_person(),
                name=backup.path.name,
                count=backup.manifest.rows,
                sha256=backup.sha256,
            )
    except DatabaseError:
        return False
    return True


def _about(taken: Snapshot, left_out: list[str]) -> About:
    applied = MigrationRecorder(connection).applied_migrations()
    return About(
        product=VERSION,
        made_at=clock.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        tables=taken.tables,
        left_out=left_out,
    )


def _missing_files() -> list[str]:
    """Not known before an upgrade, when the records do not yet look as this program reads them."""
    try:
        return list(missing_files())
    except (ProgrammingError, OperationalError):
        return []


class _Summing:
    """Writes on, and sums up the file as it lies on the disk."""

    def __init__(self, raw: BinaryIO, summed: "hashlib._Hash") -> None:
        self._raw = raw
        self._summed = summed

    def write(self, content: bytes) -> None:
        self._summed.update(content)
        self._raw.write(content)


@contextmanager
def _put_in_place(path: Path) -> Iterator[tuple[BinaryIO, "hashlib._Hash"]]:
    if path.exists():
        raise Refusal(f"Đã có tệp {path}. Hãy chọn tên khác.", code="exists")
    if not path.parent.is_dir():
        raise Refusal(f"Không có thư mục {path.parent}. Hãy tạo trước.", code="no_folder")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            yield raw, hashlib.sha256()
            raw.flush()
            os.fsync(raw.fileno())
        beside.rename(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
