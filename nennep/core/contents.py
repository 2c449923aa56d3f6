"""Files under the hash of their content: the same content is one file, and is checked when read."""

import hashlib
import hmac

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.core.trouble import FilesAway


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def path_of(folder: str, digest: str) -> str:
    """Where a file of this content stands in the store."""
    return f"{folder}/{digest[:2]}/{digest}"


def keep_content(folder: str, content: bytes) -> str:
    """Kept whole under its hash, which is returned. A damaged copy of it is written anew."""
    digest = digest_of(content)
    path = path_of(folder, digest)
    if default_storage.exists(path) and not _is_whole(path, digest):
        default_storage.delete(path)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return digest


def read_content(folder: str, digest: str) -> bytes:
    """Exactly what was kept. Refused where the file is away or no longer what it was."""
    try:
        with default_storage.open(path_of(folder, digest)) as kept:
            content: bytes = kept.read()
    except (FileNotFoundError, FilesAway):
        raise Refusal(
            _("The file is not where it was kept. Tell the administrator."), code="file_gone"
        ) from None
    if not hmac.compare_digest(digest_of(content), digest):
        raise Refusal(
            _(
                "The file is damaged: it is no longer what was kept. Nothing of it is given out. Tell"
                " the administrator, who has it in a backup."
            ),
            code="file_damaged",
        )
    return content


def _is_whole(path: str, digest: str) -> bool:
    with default_storage.open(path) as kept:
        return digest_of(kept.read()) == digest
