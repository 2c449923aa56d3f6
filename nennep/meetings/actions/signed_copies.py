"""Photos and PDFs of the signed pages, kept under the hash of their content."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, contents, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions.locks import locked
from nennep.meetings.models import Meeting, SignedCopy

FOLDER = "signed"
LARGEST = 20 * 1024 * 1024
LONGEST_NAME = 200
KINDS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


@transaction.atomic
def keep_signed_copy(
    meeting: Meeting, *, name: str, content: bytes, by: User, is_declared_secret: bool = False
) -> SignedCopy:
    """The same file kept twice is one. Its kind is read from its first bytes, not from its name."""
    meeting = locked(meeting)
    name = tidy(name)[-LONGEST_NAME:]
    refuse_secret(file_name=name, is_declared_secret=is_declared_secret)
    if not meeting.is_closed:
        raise Refusal(_("Close the minutes first; then keep the signed pages."), code="not_closed")
    content_type = _kind_of(content)
    digest = contents.digest_of(content)
    known = SignedCopy.objects.filter(meeting=meeting, sha256=digest).first()
    if known is not None:
        return known
    contents.keep_content(FOLDER, content)
    copy = SignedCopy.objects.create(
        meeting=meeting,
        sha256=digest,
        name=name,
        content_type=content_type,
        size=len(content),
        kept_by=by,
        kept_at=clock.now(),
    )
    trail.record("signed copy kept", meeting, by=by, sha256=digest)
    return copy


def path_of(digest: str) -> str:
    """Where a file of this content stands."""
    return contents.path_of(FOLDER, digest)


def signed_copy_paths() -> Iterator[str]:
    """Where each signed copy of the installation stands in the store."""
    for digest in SignedCopy.objects.order_by().values_list("sha256", flat=True).iterator():
        yield path_of(digest)


def read_signed_copy(copy: SignedCopy) -> bytes:
    """The file as it was kept, checked again; a damaged one is not given out."""
    return contents.read_content(FOLDER, copy.sha256)


def _kind_of(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Refusal(
            _("The file is larger than 20 MB. Photograph the pages one by one."),
            code="file_too_large",
            field="file",
        )
    for start, content_type in KINDS.items():
        if content.startswith(start):
            return content_type
    raise Refusal(
        _("Only a photo (JPEG, PNG) or a PDF of the signed pages can be kept."),
        code="file_kind",
        field="file",
    )
