"""Public ids: what addresses show instead of row numbers."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

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
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, seed)
    count = 0
    while True:
        yield uuid.uuid5(namespace, str(count))
        count += 1
