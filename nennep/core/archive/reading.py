"""Reads an archive from its first byte to its last, and believes nothing before the end."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.utils.translation import gettext as _

from nennep.core.archive import envelope
from nennep.core.archive.container import ContainerReader, Member, Source
from nennep.core.archive.damage import Damaged
from nennep.core.archive.keys import private_key
from nennep.core.archive.kinds import Table
from nennep.core.archive.manifest import About, Manifest, Summary, read_about, read_manifest
from nennep.core.archive.writing import AS_GZIP, listed_file
from nennep.core.refusal import Refusal


class Taker(Protocol):
    """What happens to the content as it comes by."""

    def rows(self, table: Table, lines: bytes) -> None: ...

    def file(self, name: str, chunks: Iterator[bytes]) -> None: ...

    def secret_key(self, content: bytes) -> None: ...


class Archive:
    """`about` is its beginning; what it holds is known when `take` has come to the end."""

    def __init__(self, container: ContainerReader) -> None:
        self._container = container
        self._members = container.members()

    @cached_property
    def about(self) -> About:
        return _about(self._members)

    @property
    def place(self) -> int:
        return self._container.place

    def pass_over(self) -> None:
        """To the end, where the sum is; nothing of the content is looked at."""
        for _member in self._members:
            pass

    def take(self, taker: Taker) -> Iterator[None]:
        """One step for each member; the manifest is in `manifest` behind the last."""
        reading = _Reading(self.about, taker)
        for member in self._members:
            reading.take(member)
            yield
        self.manifest = reading.end()


class _Reading:
    def __init__(self, about: About, taker: Taker) -> None:
        self._tables = {table.name: table for table in about.tables}
        self._taker = taker
        self._sums = {name: _Sum() for name in self._tables}
        self._files = _Sum()
        self._files_bytes = 0
        self._listed = ""
        self._has_secret_key = False
        self._manifest: Manifest | None = None

    def take(self, member: Member) -> None:
        folder, _slash, rest = member.name.partition("/")
        if folder == "tables":
            self._take_rows(member, rest.partition("/")[0])
        elif folder == "files":
            self._take_file(member, rest)
        elif member.name == "files.sha256":
            self._listed = _sum_of(member.chunks())
        elif member.name == "secret-key":
            self._has_secret_key = True
            self._taker.secret_key(member.content())
        elif member.name == "manifest.json":
            self._manifest = read_manifest(member.content())
        else:
            raise Damaged(_("it holds something unknown: %(name)s") % {"name": member.name})

    def _take_rows(self, member: Member, name: str) -> None:
        if name not in self._tables:
            raise Damaged(_("it holds something unknown: %(name)s") % {"name": member.name})
        lines = _unpacked(member.content())
        self._sums[name].add(lines, lines.count(b"\n"))
        self._taker.rows(self._tables[name], lines)

    def _take_file(self, member: Member, name: str) -> None:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not name:
            raise Damaged(_("it holds something unknown: %(name)s") % {"name": member.name})
        sha = hashlib.sha256()

        def seen() -> Iterator[bytes]:
            for chunk in member.chunks():
                sha.update(chunk)
                yield chunk

        chunks = seen()
        self._taker.file(name, chunks)
        for _rest in chunks:  # what the taker does not want is summed up all the same
            pass
        self._files.add(listed_file(name, sha.hexdigest()), 1)
        self._files_bytes += member.size

    def end(self) -> Manifest:
        """The manifest, if it says what came by."""
        found = Manifest(
            tables={name: found.summary() for name, found in self._sums.items()},
            files=self._files.count,
            files_bytes=self._files_bytes,
            files_sha256=self._files.summary().sha256,
            has_secret_key=self._has_secret_key,
        )
        if self._manifest != found or self._listed != found.files_sha256:
            raise Damaged(_("its content does not agree with its own list"))
        return found


class _Sum:
    def __init__(self) -> None:
        self.count = 0
        self._sha = hashlib.sha256()

    def add(self, content: bytes, count: int) -> None:
        self._sha.update(content)
        self.count += count

    def summary(self) -> Summary:
        return Summary(self.count, self._sha.hexdigest())


def check(path: Path, secret: bytes | None) -> None:
    """Read every byte once, before any of it is believed. Raises Damaged."""
    with opened(path, secret) as archive:
        archive.pass_over()


@contextmanager
def opened(path: Path, secret: bytes | None) -> Iterator[Archive]:
    """The archive in this file. Raises Refusal where it needs a key and has none, or is no backup."""
    with path.open("rb") as raw:
        start = raw.read(envelope.HEAD)
        source: Source = raw
        if not envelope.is_closed(start):
            raw.seek(0)
        elif secret is None:
            raise Refusal(
                _("This backup is closed to a key. Give the private key with --key FILE."),
                code="key_needed",
            )
        else:
            source = envelope.Opening(raw, start, secret)
        yield Archive(ContainerReader(source))


def secret_for(path: Path, key_text: str | None) -> bytes | None:
    """What opens this file, with the private key; None where it is not closed."""
    with path.open("rb") as raw:
        start = raw.read(envelope.HEAD)
        if not envelope.is_closed(start) or key_text is None:
            return None
        piece = raw.read(envelope.PIECE + envelope.TAG)
    return envelope.secret_of(start, piece, private_key(key_text))


def _about(members: Iterator[Member]) -> About:
    first = next(members, None)
    if first is None or first.name != "READ-ME.txt":
        raise Damaged(_("it does not begin like a backup"))
    second = next(members, None)
    if second is None or second.name != "about.json":
        raise Damaged(_("it does not begin like a backup"))
    return read_about(second.content())


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj(AS_GZIP)
    try:
        lines = unpacking.decompress(content)
    except zlib.error as error:
        raise Damaged(_("a part of it cannot be read")) from error
    if not unpacking.eof or unpacking.unused_data:
        raise Damaged(_("a part of it cannot be read"))
    return lines


def _sum_of(chunks: Iterator[bytes]) -> str:
    sha = hashlib.sha256()
    for chunk in chunks:
        sha.update(chunk)
    return sha.hexdigest()
