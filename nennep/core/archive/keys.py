"""The pair of keys of a backup: what the public one closes, only the private one opens.

Both are written as one line that can be read over a telephone: a word that says which it is, then
32 letters and digits of base 32 in lower case, the last of which are a check against mistyping.
"""

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

PUBLIC = "nennep-cong-khai-"
PRIVATE = "nennep-rieng-"
CHECK = 3  # bytes; with the 32 of the key they make 56 letters


def make_pair() -> tuple[str, str]:
    """A new private key and the public one that belongs to it, as text."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 -- heavy, and only here
        X25519PrivateKey,
    )

    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return _written(PRIVATE, private.private_bytes_raw()), _written(PUBLIC, public)


def public_key(text: str) -> "X25519PublicKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 -- likewise
        X25519PublicKey,
    )

    return X25519PublicKey.from_public_bytes(_read(PUBLIC, text))


def private_key(text: str) -> "X25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 -- likewise
        X25519PrivateKey,
    )

    return X25519PrivateKey.from_private_bytes(_read(PRIVATE, text))


def short(public: bytes) -> bytes:
    """What a backup says of the key it was closed with: enough to tell one from another."""
    return hashlib.sha256(public).digest()[:8]


def _check(kind: str, raw: bytes) -> bytes:
    return hashlib.sha256(kind.encode() + raw).digest()[:CHECK]


def _written(kind: str, raw: bytes) -> str:
    return kind + base64.b32encode(raw + _check(kind, raw)).decode().lower()


def _read(kind: str, text: str) -> bytes:
    line = "".join(text.split()).lower()
    try:
        raw = base64.b32decode(line.removeprefix(kind).upper())
    except binascii.Error:
        raw = b""
    key, check = raw[:-CHECK], raw[-CHECK:]
    if not line.startswith(kind) or len(key) != 32 or check != _check(kind, key):
        raise Refusal(
            _("This is not a key of the kind “%(kind)s…”, or it was mistyped.") % {"kind": kind},
            code="bad_key",
        )
    return key
