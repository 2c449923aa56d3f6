"""A stream closed to a public key, in numbered pieces: none can be changed, left out or moved.

    16 bytes   what this is
     8 bytes   which public key (the first of its SHA-256)
    32 bytes   a public key made for this file alone
    then pieces of 1 MiB, the last one shorter: AES-256-GCM, 16 bytes of tag behind each

The key of the pieces is HKDF-SHA256 of the X25519 secret of the two keys. The nonce of a piece is
its number, and whether it is the last; the first 56 bytes are authenticated with every piece. A
file that ends early has no last piece; two pieces that changed places have wrong numbers.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nennep.core.archive import keys
from nennep.core.archive.container import Sink, Source
from nennep.core.archive.damage import Damaged
from nennep.core.refusal import Refusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

MAGIC = b"NENNEP-SEALED-1\n"
HEAD = len(MAGIC) + 8 + 32
PIECE = 1 << 20
TAG = 16
PURPOSE = b"nennep backup 1"


class Closing:
    """Write to it as to a file; `close` writes the last piece. `secret` opens this file again."""

    def __init__(self, sink: Sink, to: "X25519PublicKey") -> None:
        from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 -- heavy, and only here
            X25519PrivateKey,
        )

        once = X25519PrivateKey.generate()
        recipient = to.public_bytes_raw()
        self.head = MAGIC + keys.short(recipient) + once.public_key().public_bytes_raw()
        self.secret = _derive(once.exchange(to), self.head, recipient)
        self._pieces = _Pieces(self.secret, self.head)
        self._sink = sink
        self._waiting = bytearray()
        sink.write(self.head)

    def write(self, content: bytes) -> int:
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._sink.write(self._pieces.close(bytes(self._waiting[:PIECE]), is_last=False))
            del self._waiting[:PIECE]
        return len(content)

    def close(self) -> None:
        self._sink.write(self._pieces.close(bytes(self._waiting), is_last=True))
        self._waiting.clear()


class Opening:
    """Reads what `Closing` wrote; raises Damaged at the first piece that is not what was written."""

    def __init__(self, source: Source, head: bytes, secret: bytes) -> None:
        self._source = source
        self._pieces = _Pieces(secret, head)
        self._next = source.read(PIECE + TAG)
        self._plain = b""
        self._place = 0

    def read(self, size: int) -> bytes:
        """`size` bytes, fewer only at the end."""
        parts: list[bytes] = []
        while size > 0:
            if self._place == len(self._plain) and not self._open_next():
                break
            part = self._plain[self._place : self._place + size]
            self._place += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _open_next(self) -> bool:
        if not self._next:
            return False
        piece, self._next = self._next, self._source.read(PIECE + TAG)
        self._plain, self._place = self._pieces.open(piece, is_last=not self._next), 0
        return bool(self._plain)


def is_closed(start: bytes) -> bool:
    return start.startswith(MAGIC)


def secret_of(head: bytes, piece: bytes, private: "X25519PrivateKey") -> bytes:
    """The secret of one file, found with the private key that belongs to its public one.

    `piece` is the first of the file. Where the head names another key and this one opens the
    piece all the same, it is the name of the key that was damaged.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 -- likewise
        X25519PublicKey,
    )

    recipient = private.public_key().public_bytes_raw()
    own_head = MAGIC + keys.short(recipient) + head[-32:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(head[-32:]))
    except ValueError as error:
        raise Damaged(_("its head is damaged")) from error
    secret = _derive(shared, own_head, recipient)
    if head == own_head:
        return secret
    if _opens(secret, own_head, piece):
        raise Damaged(_("the name of its key was changed"))
    raise Refusal(
        _("This backup was closed to another key. Give the private key of that time."),
        code="other_key",
    )


def _opens(secret: bytes, head: bytes, piece: bytes) -> bool:
    """Whether it is the first piece of such a file, and be it the last as well."""
    for is_last in (False, True):
        try:
            _Pieces(secret, head).open(piece, is_last=is_last)
        except Damaged:
            continue
        return True
    return False


class _Pieces:
    def __init__(self, secret: bytes, head: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- likewise

        self._cipher = AESGCM(secret)
        self._head = head
        self._number = 0

    def close(self, content: bytes, *, is_last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(is_last=is_last), content, self._head)

    def open(self, piece: bytes, *, is_last: bool) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 -- likewise

        try:
            return self._cipher.decrypt(self._nonce(is_last=is_last), piece, self._head)
        except InvalidTag as error:
            raise Damaged(
                _("piece %(number)s was changed, or the end is missing") % {"number": self._number}
            ) from error

    def _nonce(self, *, is_last: bool) -> bytes:
        self._number += 1
        return self._number.to_bytes(11) + (b"\1" if is_last else b"\0")


def _derive(shared: bytes, head: bytes, recipient: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 -- likewise
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 -- likewise

    return HKDF(SHA256(), length=32, salt=head + recipient, info=PURPOSE).derive(shared)
