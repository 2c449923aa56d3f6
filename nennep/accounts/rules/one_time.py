"""One-time codes (RFC 6238 over RFC 4226) and recovery codes: numbers in, codes out."""

import base64
import hashlib
import hmac
import secrets
import struct
from urllib.parse import quote

# What every application on a telephone reckons with (RFC 6238): these are no settings of ours.
STEP = 30  # seconds a code is good for
DIGITS = 6
SECRET = 20  # bytes, as long as the hash
# Steps before and after the present one: a telephone's clock may be off by half a minute.
TOLERANCE = 1

RECOVERY_CODES = 10
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # none that is mistaken for another
GROUP = 4


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET)


def as_letters(secret: bytes) -> str:
    """The secret as applications take it: base 32, here in groups that can be typed."""
    letters = base64.b32encode(secret).decode()
    return " ".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def address(secret: bytes, *, account: str, issuer: str) -> str:
    """What the QR code says: the application then names the account by itself."""
    letters = as_letters(secret).replace(" ", "")
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?secret={letters}&issuer={quote(issuer)}"


def code_at(secret: bytes, step: int) -> str:
    mac = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 0x0F
    (number,) = struct.unpack(">I", mac[at : at + 4])
    return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: bytes, code: str, stamp: float, *, after: int) -> int | None:
    """The step whose code this is, about now and later than `after`: no code is good twice."""
    now = int(stamp) // STEP
    found = None
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        # Every code is compared, so that the time taken says nothing.
        if hmac.compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def typed(code: str) -> str:
    """A code as people type it, with spaces and hyphens and capitals, as it is compared."""
    return "".join(letter for letter in code.lower() if letter.isascii() and letter.isalnum())


def is_one_time(code: str) -> bool:
    return len(code) == DIGITS and code.isdigit()


def new_recovery_codes() -> list[str]:
    return [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    ]
