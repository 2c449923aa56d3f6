"""The file of a backup: an ordinary tar that any computer opens, with a sum over every byte at its end.

The last member is `SHA256`: the hash of all bytes before it. Everything behind its beginning is
known beforehand, byte by byte, so one changed byte anywhere is noticed.
"""

import hashlib
import tarfile
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from django.utils.translation import gettext as _

from nennep.core.archive.damage import Damaged

BLOCK = tarfile.BLOCKSIZE
SUM = "SHA256"
END = bytes(2 * BLOCK)
CHUNK = 1 << 20


class Sink(Protocol):
    def write(self, content: bytes, /) -> object: ...


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class ContainerWriter:
    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._hash = hashlib.sha256()

    def add(self, name: str, content: bytes) -> None:
        self.add_stream(name, len(content), (content,))

    def add_stream(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """A member whose size is known and whose content is not held in memory."""
        self._put(_header(name, size))
        written = 0
        for chunk in chunks:
            written += len(chunk)
            self._put(chunk)
        if written != size:
            raise OSError(f"{name}: {written} != {size}")
        self._put(_padding(size))

    def close(self) -> None:
        self._sink.write(_closing(self._hash.hexdigest()))

    def _put(self, content: bytes) -> None:
        self._hash.update(content)
        self._sink.write(content)


class Member:
    """One member as it passes by; what of it is not read is passed over before the next one."""

    def __init__(self, name: str, size: int, read: Callable[[int], bytes]) -> None:
        self.name = name
        self.size = size
        self._left = size
        self._read = read

    def chunks(self) -> Iterator[bytes]:
        while self._left:
            chunk = self._read(min(CHUNK, self._left))
            self._left -= len(chunk)
            yield chunk

    def content(self) -> bytes:
        return b"".join(self.chunks())


class ContainerReader:
    """The members in their order. Ends only when the sum at the end agrees; else raises Damaged."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._hash = hashlib.sha256()
        self.place = 0  # how many bytes have passed by

    def members(self) -> Iterator[Member]:
        while True:
            before = self._hash.hexdigest()
            header = self._take(BLOCK)
            name, size = _described(header)
            if name == SUM:
                self._refuse_wrong_end(before, header)
                return
            member = Member(name, size, self._take)
            yield member
            for _rest in member.chunks():
                pass
            self._take(len(_padding(size)))

    def _refuse_wrong_end(self, found: str, header: bytes) -> None:
        expected = _closing(found)
        rest = self._source.read(len(expected) - BLOCK + 1)
        if header + rest != expected:
            raise Damaged(_("its content does not agree with the sum at its end"))

    def _take(self, size: int) -> bytes:
        content = self._source.read(size)
        if len(content) != size:
            raise Damaged(_("its end is missing"))
        self._hash.update(content)
        self.place += size
        return content


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o600
    return member.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def _closing(digest: str) -> bytes:
    content = f"{digest}\n".encode()
    return _header(SUM, len(content)) + content + _padding(len(content)) + END


def _described(header: bytes) -> tuple[str, int]:
    """Only what we write ourselves is a member: plain files, each with our own marks."""
    try:
        member = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        is_ours = _header(member.name, member.size) == header
    except (tarfile.HeaderError, ValueError) as error:
        raise Damaged(_("a part of it cannot be read")) from error
    if not is_ours:
        raise Damaged(_("a part of it cannot be read"))
    return member.name, member.size
