"""Texts that are stored sealed: unreadable without the key of this installation.

Both keys follow from the installation's secret (`SECRET_KEY`); without it nothing sealed can be read
again. A sealed text belongs to its row: moved to another, it does not open.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, as AES-GCM wants them
VERSION = "1"


class Unreadable(Exception):
    """Sealed with another key, for another row, or damaged."""


def seal(text: str, *, purpose: str, row: object) -> str:
    """AES-256-GCM under a fresh nonce; the same text sealed twice looks different."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_key(f"{purpose} seal")).encrypt(nonce, text.encode(), _bound(purpose, row))
    return f"{VERSION}:{urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, purpose: str, row: object) -> str:
    version, _colon, body = sealed.partition(":")
    try:
        raw = urlsafe_b64decode(body)
        opened = AESGCM(_key(f"{purpose} seal")).decrypt(
            raw[:NONCE], raw[NONCE:], _bound(purpose, row)
        )
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error
    if version != VERSION:
        raise Unreadable
    return opened.decode()


def blind(text: str, *, purpose: str) -> str:
    """A keyed fingerprint: equal texts have equal ones, and neither can be told from it."""
    return hmac.new(_key(f"{purpose} blind"), text.encode(), hashlib.sha256).hexdigest()


def _bound(purpose: str, row: object) -> bytes:
    return f"{purpose} {row}".encode()


def _key(name: str) -> bytes:
    return _derived(settings.SECRET_KEY, name)


@lru_cache(maxsize=16)
def _derived(secret: str, name: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"nennep {name}".encode()).derive(
        secret.encode()
    )
