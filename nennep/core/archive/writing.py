"""Writes a moment of the database and the files kept beside it, a few megabytes at a time."""

import hashlib
import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nennep.core.archive.container import CHUNK, ContainerWriter, Sink
from nennep.core.archive.kinds import Table
from nennep.core.archive.manifest import (
    README,
    About,
    Manifest,
    Summary,
    about_text,
    manifest_text,
)
from nennep.core.archive.snapshot import Snapshot

Report = Callable[[int, int], object]
PART = 4 << 20  # bytes of lines in one part of a table, before they are packed
FASTEST = 1
AS_GZIP = 31
BY_CONTENT = re.compile(r"[0-9a-f]{64}")


@dataclass
class Written:
    """`damaged` files are kept under the hash of a content they no longer have."""

    manifest: Manifest
    damaged: list[str] = field(default_factory=list)


def write_archive(
    sink: Sink,
    about: About,
    taken: Snapshot,
    *,
    files: Path,
    secret_key: bytes | None,
    report: Report,
) -> Written:
    """`taken` must be entered before the files are read: what a row names was there already."""
    container = ContainerWriter(sink)
    container.add("READ-ME.txt", README.encode())
    container.add("about.json", about_text(about))
    tables = _write_tables(container, about, taken, report)
    kept = _Files(files)
    kept.write(container)
    if secret_key is not None:
        container.add("secret-key", secret_key)
    manifest = Manifest(
        tables=tables,
        files=kept.count,
        files_bytes=kept.size,
        files_sha256=kept.list_sum,
        has_secret_key=secret_key is not None,
    )
    container.add("manifest.json", manifest_text(manifest))
    container.close()
    return Written(manifest, kept.damaged)


def _write_tables(
    container: ContainerWriter, about: About, taken: Snapshot, report: Report
) -> dict[str, Summary]:
    total = sum(taken.size_of(table) for table in about.tables)
    summaries: dict[str, Summary] = {}
    done = 0
    for table in about.tables:
        pieces: Iterable[tuple[int, bytes]] = (
            () if table.name in about.left_out else taken.lines(table)
        )
        rows, sha = 0, hashlib.sha256()
        for number, (count, lines) in enumerate(_parts(pieces), start=1):
            container.add(f"tables/{table.name}/{number:04d}.gz", _packed(lines))
            sha.update(lines)
            rows += count
            report(min(done + rows, total - 1), total)
        done += rows
        summaries[table.name] = Summary(rows, sha.hexdigest())
    report(done, done)
    return summaries


def table_summary(taken: Snapshot, table: Table) -> Summary:
    """What a manifest would say of this table now."""
    rows, sha = 0, hashlib.sha256()
    for count, lines in taken.lines(table):
        sha.update(lines)
        rows += count
    return Summary(rows, sha.hexdigest())


def first_lines(taken: Snapshot, table: Table, rows: int) -> tuple[Summary, list[bytes]]:
    """The summary of the first rows of the table, and the lines that come after them."""
    sha, count = hashlib.sha256(), 0
    later: list[bytes] = []
    for held, lines in taken.lines(table):
        if count + held <= rows:
            sha.update(lines)
        else:
            each = lines.splitlines(keepends=True)
            sha.update(b"".join(each[: max(rows - count, 0)]))
            later += each[max(rows - count, 0) :]
        count += held
    return Summary(min(count, rows), sha.hexdigest()), later


def _parts(pieces: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    waiting: list[bytes] = []
    rows = size = 0
    for count, lines in pieces:
        waiting.append(lines)
        rows += count
        size += len(lines)
        if size >= PART:
            yield rows, b"".join(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield rows, b"".join(waiting)


def _packed(lines: bytes) -> bytes:
    packing = zlib.compressobj(FASTEST, wbits=AS_GZIP)
    return packing.compress(lines) + packing.flush()


class _Files:
    """The files in the order of their names; the list of their sums is as long as they are many."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = self.size = 0
        self.damaged: list[str] = []
        self.list_sum = ""

    def write(self, container: ContainerWriter) -> None:
        with tempfile.TemporaryFile() as listed:
            for path in sorted(kept_files(self.folder)):
                listed.write(self._write_one(container, path))
            size = listed.tell()
            listed.seek(0)
            whole = hashlib.sha256()
            container.add_stream(
                "files.sha256", size, _seen(iter(lambda: listed.read(CHUNK), b""), whole.update)
            )
            self.list_sum = whole.hexdigest()

    def _write_one(self, container: ContainerWriter, path: Path) -> bytes:
        name = path.relative_to(self.folder).as_posix()
        sha = hashlib.sha256()
        with path.open("rb") as content:
            size = path.stat().st_size
            chunks = _seen(iter(lambda: content.read(CHUNK), b""), sha.update)
            container.add_stream(f"files/{name}", size, chunks)
        self.count += 1
        self.size += size
        if BY_CONTENT.fullmatch(path.name) and path.name != sha.hexdigest():
            self.damaged.append(name)
        return listed_file(name, sha.hexdigest())


def listed_file(name: str, digest: str) -> bytes:
    """One line of `files.sha256`, as `sha256sum` reads it."""
    return f"{digest}  files/{name}\n".encode()


def kept_files(folder: Path) -> Iterator[Path]:
    """Every file that is kept; what is still being written begins with a dot."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _seen(chunks: Iterable[bytes], see: Callable[[bytes], object]) -> Iterator[bytes]:
    for chunk in chunks:
        see(chunk)
        yield chunk
