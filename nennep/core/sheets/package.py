"""An .xlsx file as what it is: a zip package whose parts are XML."""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from nennep.core.sheets import refusals
from nennep.core.sheets.limits import MIB, Meter

CHUNK = 64 * 1024
ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DIRECTORY_ENDS = b"PK\x05\x06"
DIRECTORY_ENDS_LENGTH = 22
LONGEST_COMMENT = 65_535
# What the list of 2,000 entries can take up, with names of ordinary length.
LARGEST_DIRECTORY = MIB
ENCRYPTED = 0x1
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, KeyError, EOFError, OSError, RuntimeError,
    NotImplementedError, ValueError,
)  # fmt: skip


class Package:
    """The parts of the package, inflated a piece at a time and counted as they are."""

    def __init__(self, file: BinaryIO, meter: Meter) -> None:
        self._meter = meter
        # How far each part was inflated: read again, it is counted once.
        self._inflated: dict[str, int] = defaultdict(int)
        size = _size_of(file)
        _refuse_directory(file, size)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refusals.broken() from error
        self._refuse_bomb(size)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    @property
    def names(self) -> list[str]:
        """The names of its parts, as they stand in it."""
        return [entry.filename for entry in self._zip.infolist()]

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        return self._zip.infolist()

    def whole(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part, inflated. What the package says of its size is not believed."""
        position = 0
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(CHUNK):
                    position += len(chunk)
                    self._meter.count_bytes(max(0, position - self._inflated[name]))
                    self._inflated[name] = max(self._inflated[name], position)
                    yield chunk
        except UNREADABLE as error:
            raise refusals.broken() from error

    def _refuse_bomb(self, size: int) -> None:
        limits, entries = self._meter.limits, self._zip.infolist()
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise refusals.old_or_locked()
        inflated = sum(entry.file_size for entry in entries)
        if inflated > limits.inflated_bytes:
            raise refusals.too_much(limits.inflated_bytes // MIB)
        if len(entries) > limits.entries or inflated > limits.ratio * size:
            raise refusals.suspicious_packing()


def target_of(base: str, target: str) -> str:
    """The name of the part that `base` refers to as `target`."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))


def _size_of(file: BinaryIO) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size


def _refuse_directory(file: BinaryIO, size: int) -> None:
    """Before the list of entries is read: half a million of them would fit into 20 MB."""
    tail = min(size, LONGEST_COMMENT + DIRECTORY_ENDS_LENGTH)
    file.seek(size - tail)
    found = file.read(tail)
    file.seek(0)
    ends = found.rfind(DIRECTORY_ENDS)
    if ends < 0 or len(found) - ends < DIRECTORY_ENDS_LENGTH:
        raise refusals.broken()
    # A length of all ones means that the real one stands elsewhere, in a package over 4 GB.
    if int.from_bytes(found[ends + 12 : ends + 16], "little") > LARGEST_DIRECTORY:
        raise refusals.suspicious_packing()
