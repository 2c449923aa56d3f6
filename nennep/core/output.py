"""Files that a person named at the command line: read, and written."""

import errno
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nennep.core.refusal import Refusal

WHY = {
    errno.ENOENT: gettext_lazy("there is no such folder"),
    errno.ENOTDIR: gettext_lazy("there is no such folder"),
    errno.EISDIR: gettext_lazy("it is a folder"),
    errno.EACCES: gettext_lazy("you may not write there"),
    errno.EPERM: gettext_lazy("you may not write there"),
    errno.EROFS: gettext_lazy("you may not write there"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
}


def read_named_file(path: Path) -> bytes:
    with open_named_file(path) as file:
        return file.read()


def open_named_file(path: Path) -> BinaryIO:
    """Refuses, in words, where there is no such file or it may not be read."""
    try:
        return path.open("rb")
    except OSError as error:
        raise Refusal(
            _("The file %(file)s cannot be opened. Check its name and place.") % {"file": path},
            code="no_such_file",
        ) from error


def write_file(path: Path, content: bytes) -> None:
    """Refuses, with the reason in words, where the place cannot be written to."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refusal(
            _("The file %(file)s cannot be written: %(why)s. Choose another place.")
            % {"file": path, "why": WHY.get(error.errno or 0, error.strerror)},
            code="cannot_write",
        ) from error
