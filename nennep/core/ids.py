"""Public ids: what addresses show instead of row numbers."""

import hashlib
import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Six bits of a UUID say how it was made (RFC 9562): from a name, by SHA-1.
VERSION_AND_VARIANT = 0xF << 76 | 0b11 << 62
VERSION_5 = 5 << 76 | 0b10 << 62

_series: ContextVar[Iterator[uuid.UUID] | None] = ContextVar("public_id_series", default=None)


def new_public_id() -> uuid.UUID:
    series = _series.get()
    return uuid.uuid4() if series is None else next(series)


@contextmanager
def seeded_ids(seed: str) -> Iterator[None]:
    """Inside, public ids follow from `seed`: the demonstration is the same on every machine."""
    token = _series.set(_ids_from(seed))
    try:
        yield
    finally:
        _series.reset(token)


def _ids_from(seed: str) -> Iterator[uuid.UUID]:
    """`uuid5(namespace, "0")`, `uuid5(namespace, "1")` and so on, for millions of rows."""
    namespace = hashlib.sha1(uuid.uuid5(uuid.NAMESPACE_URL, seed).bytes, usedforsecurity=False)
    for count in itertools.count():
        digest = namespace.copy()
        digest.update(b"%d" % count)
        number = int.from_bytes(digest.digest()[:16], "big")
        yield uuid.UUID(int=number & ~VERSION_AND_VARIANT | VERSION_5)
