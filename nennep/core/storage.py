"""The store of kept files: a file is there whole, on the disk and under its name, or not at all."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from nennep.core.kept_files import are_named
from nennep.core.trouble import FilesAway


class WholeFiles(FileSystemStorage):
    """Writes beside and renames. The folder of the store is never made in passing.

    A store whose disk is not mounted must be missed: written into the empty place below, files
    would disappear the moment the disk comes back.
    """

    def _save(self, name: str, content: "File[Any]") -> str:
        if not Path(self.location).is_dir():
            raise FilesAway
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with beside.open("xb") as whole:
                for chunk in content.chunks():
                    whole.write(chunk)
                whole.flush()
                os.fsync(whole.fileno())
            beside.rename(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        return name

    def open(self, name: str, mode: str = "rb") -> "File[Any]":
        try:
            return super().open(name, mode)
        except FileNotFoundError as error:
            raise FilesAway from error


def sync_folder(folder: Path) -> None:
    """The name of a file is kept by its folder, which has to reach the disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_store() -> None:
    """Make the folder where no record names a file yet; raises FilesAway where one should be there.

    An empty folder is what a disk that is not mounted leaves behind.
    """
    folder = Path(settings.FILES_DIR)
    is_filled = folder.is_dir() and any(folder.iterdir())
    if not is_filled and are_named():
        raise FilesAway
    folder.mkdir(parents=True, exist_ok=True)
