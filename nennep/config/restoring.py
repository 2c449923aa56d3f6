"""Restores a backup into an empty place, beside first, and puts it in place when it agrees.

The work is done by a process of its own (`restoring_here`), whose database is the new one: nothing
it does can reach the database of this installation.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nennep.core.archive.damage import Damaged
from nennep.core.archive.manifest import About
from nennep.core.archive.reading import opened, secret_for
from nennep.core.refusal import Refusal

FAILED, DAMAGED = 2, 3


@dataclass(frozen=True)
class Restored:
    """`differences` are sentences: what came out of the new database is not what the backup says.

    `tables` are those the backup holds; `unproved` are sentences about those it leaves out.
    """

    tables: int
    rows: int
    files: int
    has_secret_key: bool
    was_upgraded: bool
    differences: list[str]
    unproved: list[str]


def about(path: Path, secret: bytes | None) -> About:
    """What a backup says of itself."""
    with opened(path, secret) as archive:
        return archive.about


def secret_from(path: Path, key_file: Path | None) -> bytes | None:
    """What opens the backup, with the private key in this file."""
    for needed in filter(None, (path, key_file)):
        if not needed.is_file():
            raise Refusal(f"Không có tệp {needed}.", code="no_file")
    return secret_for(path, key_file.read_text() if key_file else None)


def restore(path: Path, into: Path, *, secret: bytes | None, database: str) -> Restored:
    """`database` is the address of an empty PostgreSQL database, or empty for SQLite in `into`."""
    _refuse_full(into)
    into.parent.mkdir(parents=True, exist_ok=True)
    with _staging(into.parent) as staging:
        restored = _restore_in(staging, path, secret, database)
        staging.rename(into)
    return restored


def try_out(path: Path, *, secret: bytes | None) -> Restored:
    """Restores beside the backup, compares, and removes what was restored."""
    beside = path.resolve().parent
    place = beside if os.access(beside, os.W_OK) else Path(tempfile.gettempdir())
    with _staging(place) as staging:
        return _restore_in(staging, path, secret, database="", is_trial=True)


def _refuse_full(into: Path) -> None:
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Refusal(
            f"{into} không trống. Chỉ khôi phục vào một thư mục mới hoặc còn trống.",
            code="not_empty",
        )


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    staging = Path(tempfile.mkdtemp(prefix=".nennep-khoi-phuc-", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _restore_in(
    staging: Path, path: Path, secret: bytes | None, database: str, *, is_trial: bool = False
) -> Restored:
    words = [str(path.resolve()), *(["--trial"] if is_trial else [])]
    finished = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-P", "-m", "nennep.config.restoring_here", *words],
        input=secret.hex() if secret else "",
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(staging, database),
        check=False,
    )
    said = json.loads(finished.stdout) if finished.stdout else {}
    if finished.returncode in (FAILED, DAMAGED):
        refused: Refusal = (
            Damaged(said["what"])
            if finished.returncode == DAMAGED
            else Refusal(said["what"], code="not_restored")
        )
        raise refused
    if finished.returncode:
        raise Refusal("Khôi phục dừng giữa chừng; chưa có gì được đặt vào chỗ.", code="broke_off")
    return Restored(**said)


def _environment(staging: Path, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "nennep.config.settings",
        "NENNEP_DATA": str(staging),
        # Without any, a new one would be made and kept; that of the backup takes its place.
        "NENNEP_SECRET_KEY": kept.get("NENNEP_SECRET_KEY") or "only while restoring",
        **({"DATABASE_URL": database} if database else {}),
    }
