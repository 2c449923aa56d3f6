"""Backups that lie in a folder, and how one compares with what is there now."""

import hashlib
import re
from pathlib import Path

from nennep.config import restoring
from nennep.core import clock
from nennep.core.archive.kinds import Table
from nennep.core.archive.manifest import Manifest, Summary
from nennep.core.archive.reading import opened
from nennep.core.archive.snapshot import Snapshot, snapshot
from nennep.core.archive.writing import first_lines, table_summary
from nennep.core.models import TrailLine

DATED = re.compile(r"nennep-\d{4}-\d{2}-\d{2}-\d{6}\.backup")
SHOWN = 20


def dated_name() -> str:
    return f"nennep-{clock.now():%Y-%m-%d-%H%M%S}.backup"


def remove_older(folder: Path, *, keep: int) -> list[Path]:
    """All but the newest, among those that were named here; the newest is never removed."""
    dated = sorted(path for path in folder.iterdir() if DATED.fullmatch(path.name))
    old = dated[: -max(keep, 1)]
    for path in old:
        path.unlink()
    return old


class _Ignore:
    """Reads an archive for its manifest alone."""

    def rows(self, *_: object) -> None: ...

    def file(self, *_: object) -> None: ...

    def secret_key(self, *_: object) -> None: ...


def manifest_of(path: Path, secret: bytes | None) -> Manifest:
    with opened(path, secret) as archive:
        for _step in archive.take(_Ignore()):
            pass
        return archive.manifest


def against_live(path: Path, secret: bytes | None) -> list[str]:
    """The tables whose rows here are no longer those of the backup.

    That this backup was made is written to the trail behind its own moment; it is no difference.
    """
    written = manifest_of(path, secret).tables
    left_out = set(restoring.about(path, secret).left_out)
    differences = []
    with snapshot() as taken:
        for table in taken.tables:
            if table.name in left_out:
                continue
            now, then = table_summary(taken, table), written.get(table.name)
            if now != then and not (then and _is_only_noted(path, taken, table, then)):
                before = f"{then.rows} dòng" if then else "không có"
                differences.append(f"Bảng {table.name}: bản sao lưu {before}, nay {now.rows} dòng.")
    return differences


def _is_only_noted(path: Path, taken: Snapshot, table: Table, then: Summary) -> bool:
    """Whether all that came to the trail since are lines that name this very file by its sum."""
    if table.name != TrailLine._meta.db_table:
        return False
    first, later = first_lines(taken, table, then.rows)
    if first != then:
        return False
    with path.open("rb") as content:
        own = hashlib.file_digest(content, "sha256").hexdigest().encode()
    return all(own in line and b"backup made" in line for line in later)
