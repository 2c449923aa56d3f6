"""A restore, inside the installation that is being filled.

The tables are made as they were when the backup was made, filled, read again and compared with its
manifest; then they are brought to what this program needs. On PostgreSQL all of it is one
transaction, on SQLite a folder that is put in place afterwards.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from nennep.accounts.queries import system_person
from nennep.config.backing_up import SECRET_KEY_FILE, SESSIONS
from nennep.config.output import say
from nennep.config.restoring import DAMAGED, FAILED, Restored
from nennep.core import clock, trail
from nennep.core.archive import loading
from nennep.core.archive.damage import Damaged
from nennep.core.archive.kinds import Table
from nennep.core.archive.manifest import About, Manifest
from nennep.core.archive.reading import Archive, check, opened
from nennep.core.archive.snapshot import snapshot
from nennep.core.archive.writing import table_summary
from nennep.core.derived import Derived, derived_among
from nennep.core.progress import Progress
from nennep.core.refusal import Refusal
from nennep.core.trouble import in_words

Report = Callable[[int, int], None]
SHOWN = 5


class TrialEnds(Exception):
    """A trial leaves no trace: what was written is rolled back."""


def answer(path: Path, secret: bytes | None, *, is_trial: bool) -> int:
    """Restores, and says on standard output, as JSON, what came of it."""
    try:
        said, code = asdict(_restore(path, secret, is_trial=is_trial)), 0
    except Damaged as damaged:
        said, code = {"what": damaged.what}, DAMAGED
    except Refusal as refusal:
        said, code = {"what": refusal.message}, FAILED
    except (DatabaseError, OSError) as error:
        words = in_words(error)
        if not words:
            raise
        said, code = {"what": words}, FAILED
    json.dump(said, sys.stdout)
    return code


def _restore(path: Path, secret: bytes | None, *, is_trial: bool) -> Restored:
    check(path, secret)
    restored: list[Restored] = []
    with suppress(TrialEnds), opened(path, secret) as archive, _whole():
        restored.append(_fill(archive, path.stat().st_size, is_trial=is_trial))
        if is_trial:
            raise TrialEnds
    _settle()
    return restored[0]


@contextmanager
def _whole() -> Iterator[None]:
    """PostgreSQL: one transaction. SQLite: no waiting for the disk until all is done."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -200000")
    yield


def _settle() -> None:
    """SQLite's log goes into its file, and everything to the disk."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for path in [*settings.DATA_DIR.glob("*.sqlite3"), settings.DATA_DIR]:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _fill(archive: Archive, size: int, *, is_trial: bool) -> Restored:
    again = [] if is_trial else derived_among(archive.about.left_out)
    progress = Progress(3 + len(again))
    progress.begin("dựng bảng")
    _make_tables(archive.about)
    manifest = _take_in(archive, progress.begin("nạp dữ liệu"), size)
    differences = _compare(archive.about, manifest, progress.begin("đối chiếu"))
    if differences and not is_trial:
        raise Damaged("; ".join(differences[:SHOWN]))
    was_upgraded = False if is_trial else _finish(archive.about, again, progress)
    progress.end("Đã đối chiếu." if is_trial else "Đã khôi phục.")
    return Restored(
        tables=len(manifest.tables.keys() - set(archive.about.left_out)),
        rows=manifest.rows,
        files=manifest.files,
        has_secret_key=manifest.has_secret_key,
        was_upgraded=was_upgraded,
        differences=differences,
        unproved=list(_unproved(archive.about)),
    )


def _unproved(about: About) -> Iterator[str]:
    """What a comparison of tables cannot tell, because the backup does not hold them."""
    for derived in derived_among(about.left_out):
        made_from = ", ".join(model._meta.db_table for model in derived.made_from)
        yield (
            f"Không nằm trong bản sao lưu, nên không so: {', '.join(derived.table_names)} "
            f"({derived.name}). Lúc khôi phục thật, chương trình dựng lại từ {made_from}, đã so ở đây."
        )
    if SESSIONS in about.left_out:
        yield f"Không nằm trong bản sao lưu: {SESSIONS}. Khôi phục xong, mọi người đăng nhập lại."


def _make_tables(about: About) -> None:
    """The tables as they were: each migration that the backup knows, and no other."""
    if loading.present_tables():
        raise Refusal("Cơ sở dữ liệu không trống. Hãy tạo một cơ sở dữ liệu mới.", code="not_empty")
    executor = MigrationExecutor(connection)
    parts = (name.partition(".") for name in about.migrations)
    known = {(app, name) for app, _dot, name in parts if app in executor.loader.migrated_apps}
    unknown = sorted(known - executor.loader.disk_migrations.keys())
    if unknown:
        raise Refusal(
            f"Bản sao lưu do Nền Nếp {about.product} ghi, mới hơn chương trình này (có thêm "
            f"{'.'.join(unknown[0])}). Hãy cài phiên bản đó rồi khôi phục.",
            code="newer",
        )
    executor.migrate(_last_ones(executor, known))


def _last_ones(executor: MigrationExecutor, known: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that no other of the same app follows."""
    followed = {
        (parent.key[0], parent.key[1])
        for node in known
        for parent in executor.loader.graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(known - followed)


def _take_in(archive: Archive, report: Report, size: int) -> Manifest:
    """Every row and every file. Raises Damaged unless all of it is what was written."""
    with loading.filling():
        present = loading.present_tables()
        aside = _left_aside(archive.about, present)
        loading.empty(present.values())
        for _step in archive.take(_Taker(settings.DATA_DIR, aside)):
            report(min(archive.place, size - 1), size)
        loading.go_on_counting(present.values())
    report(size, size)
    return archive.manifest


class _Taker:
    def __init__(self, folder: Path, aside: set[str]) -> None:
        self._folder = folder
        self._aside = aside

    def rows(self, table: Table, lines: bytes) -> None:
        if table.name in self._aside:
            return
        try:
            loading.load(table, [lines])
        except (DatabaseError, ValueError) as error:
            if in_words(error):
                raise
            raise Damaged(_("the rows of %(table)s") % {"table": table.name}) from error

    def file(self, name: str, chunks: Iterator[bytes]) -> None:
        path = self._folder / settings.FILES_DIR.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as kept:
            kept.writelines(chunks)

    def secret_key(self, content: bytes) -> None:
        """Kept for the first start, and used at once: a migration may have to open what is sealed."""
        settings.SECRET_KEY = content.decode().strip()
        path = self._folder / SECRET_KEY_FILE
        path.touch(mode=0o600)
        path.write_bytes(content)


def _left_aside(about: About, present: dict[str, Table]) -> set[str]:
    """Tables of apps this program no longer has. The others must be what the migrations made."""
    labels = tuple(f"{app.label}_" for app in apps.get_app_configs())
    aside = set()
    for table in about.tables:
        made = present.get(table.name)
        if made is None and not table.name.startswith(labels):
            aside.add(table.name)
        elif made is None or {c.name for c in made.columns} != {c.name for c in table.columns}:
            raise Refusal(
                f"Bảng {table.name} của bản sao lưu không khớp chương trình này. Hãy khôi phục bằng "
                f"Nền Nếp {about.product}.",
                code="other_tables",
            )
    return aside


def _compare(about: About, manifest: Manifest, report: Report) -> list[str]:
    """Each table, read back from the new database, against the manifest."""
    differences = []
    with snapshot() as taken:
        present = {table.name: table for table in taken.tables}
        for number, table in enumerate(about.tables, start=1):
            written = manifest.tables[table.name]
            if table.name not in present:
                say(
                    f"Bảng {table.name} ({written.rows} dòng) không còn thuộc chương trình này: bỏ qua."
                )
            elif (found := table_summary(taken, present[table.name])) != written:
                differences.append(
                    f"bảng {table.name}: có {found.rows} dòng, bản sao lưu ghi {written.rows} dòng"
                )
            report(number, len(about.tables))
    return differences


def _finish(about: About, again: list[Derived], progress: Progress) -> bool:
    """Brings the tables to what this program needs, makes what was left out, notes what was done.

    True when there was something to bring.
    """
    executor = MigrationExecutor(connection)
    is_older = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", interactive=False, verbosity=0)
    clock.forget()
    for derived in again:
        derived.make_again(progress.begin(f"dựng lại {derived.name}"))
    trail.record("restored from a backup", None, by=system_person(), at=about.made_at)
    (settings.DATA_DIR / settings.FILES_DIR.name).mkdir(exist_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return is_older
