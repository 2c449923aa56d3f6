"""Boxes that this machine can close and not open again: the key to them is somewhere else.

Sealed to a public key (X25519, HKDF, AES-256-GCM); who holds the private half opens them.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32  # bytes, of a public key as well
NONCE = bytes(12)  # each key closes one box only, so that the nonce need not be another each time


class WrongKey(Exception):
    """Not the key of this box, or the box was damaged."""


def new_keys() -> tuple[str, str]:
    """The private half, to be kept elsewhere, and the public half that boxes are closed with."""
    private = X25519PrivateKey.generate()
    return _text(private.private_bytes_raw()), _text(private.public_key().public_bytes_raw())


def close_box(public: str, content: bytes) -> bytes:
    once = X25519PrivateKey.generate()
    ours = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(urlsafe_b64decode(public)))
    return ours + AESGCM(_key(shared, ours)).encrypt(NONCE, content, None)


def open_box(private: str, box: bytes) -> bytes:
    ours, sealed = box[:KEY], box[KEY:]
    try:
        key = X25519PrivateKey.from_private_bytes(urlsafe_b64decode(private))
        shared = key.exchange(X25519PublicKey.from_public_bytes(ours))
        return AESGCM(_key(shared, ours)).decrypt(NONCE, sealed, None)
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def _key(shared: bytes, ours: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=b"nennep box " + ours).derive(shared)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()
