"""Which files the records name: apps whose records do say where, and the backup looks for them."""

from collections.abc import Callable, Iterable, Iterator

from django.core.files.storage import default_storage

Paths = Callable[[], Iterable[str]]

_sources: dict[str, Paths] = {}


def register_kept_files(name: str, paths: Paths) -> None:
    """Called from `ready()`; `paths` gives the path in the store of every file its records name."""
    _sources[name] = paths


def missing_files() -> Iterator[str]:
    """The paths that a record names and the store does not have."""
    for paths in _sources.values():
        for path in paths():
            if not default_storage.exists(path):
                yield path


def are_named() -> bool:
    """Whether any record names a file at all."""
    return any(True for paths in _sources.values() for _path in paths())
