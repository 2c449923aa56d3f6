"""Brings the tables to what this program needs: a backup first, and then all of it or nothing.

What a start does when the program is newer or older than its data, and the way back:
docs/operating.md, “Upgrading”.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from nennep.accounts.queries import system_person
from nennep.config import backing_up, backups
from nennep.config.version import VERSION
from nennep.core import trail
from nennep.core.archive.writing import Report
from nennep.core.laying_out import bring_up
from nennep.core.refusal import Refusal
from nennep.core.trouble import in_words

BEFORE = "truoc-nang-cap-"
UPGRADERS_LOCK = 0x6E656E75  # one upgrade at a time, on PostgreSQL


@dataclass(frozen=True)
class Upgrade:
    """`backup` is the way back; none where there was nothing that could be lost."""

    backup: Path | None


def upgrade(report: Report, *, folder: Path | None = None) -> Upgrade | None:
    """None where there is nothing to do. `folder` is where the backup goes."""
    refuse_newer_tables()
    if not is_pending():
        return None
    backup = _back_up(folder or settings.DATA_DIR / "backups", report) if is_real() else None
    try:
        with _all_or_nothing():
            bring_up()
            if backup is not None:
                trail.record(
                    "program upgraded", None, by=system_person(), version=VERSION, name=backup.name
                )
    except Exception as error:
        saved = f" Bản sao lưu: {backup}." if backup else ""
        raise Refusal(
            f"Không cập nhật được ({in_words(error) or type(error).__name__}). Dữ liệu vẫn y như "
            f"trước.{saved} Hãy chạy tiếp bằng phiên bản cũ.",
            code="not_upgraded",
        ) from error
    return Upgrade(backup)


def is_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_real() -> bool:
    """Whether an organisation's own data are here: a demonstration can be built again."""
    is_demonstration = backing_up.has_row("core_installation", "WHERE is_demonstration")
    return backing_up.holds_an_organisation() and not is_demonstration


def refuse_newer_tables() -> None:
    """A program that does not know what its tables have become would spoil them."""
    loader = MigrationExecutor(connection).loader
    unknown = sorted(
        node
        for node in loader.applied_migrations
        if node[0] in loader.migrated_apps and node not in loader.disk_migrations
    )
    if unknown:
        raise Refusal(
            f"Dữ liệu đã do một phiên bản mới hơn của Nền Nếp ghi (có thêm {'.'.join(unknown[0])}); "
            f"phiên bản này ({VERSION}) không được dùng chúng. Hãy cài lại phiên bản mới, hoặc trở "
            "lại bản sao lưu trước khi nâng cấp: nennep restore FILE --into THƯ-MỤC-MỚI.",
            code="newer_tables",
        )


def _back_up(folder: Path, report: Report) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{BEFORE}{backups.dated_name()}"
    backing_up.back_up(path, to=settings.BACKUP_KEY, report=report, is_before_upgrade=True)
    return path


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """One transaction around all migrations, which each database has to be prepared for."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [UPGRADERS_LOCK])
            # No table with a check still waiting can be altered: none is left to wait.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
        return
    # SQLite makes tables anew, which it can only do while it does not look at references.
    with connection.constraint_checks_disabled(), transaction.atomic():
        yield
