"""Files of a document: read, looked at for marks of secrecy, kept under the hash of their content."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.contents import digest_of, keep_content, path_of, read_content
from nennep.core.documents import read_kept
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret, refuse_secret_file
from nennep.core.text import tidy
from nennep.library.actions.finding import refresh_found
from nennep.library.choices import DocumentState
from nennep.library.models import Document, DocumentFile, FilePage

FOLDER = "documents"
LONGEST_NAME = 200
FILES_AT_MOST = 20


@transaction.atomic
def keep_file(
    document: Document, *, name: str, content: bytes, by: User, is_declared_secret: bool = False
) -> DocumentFile:
    """The same file kept twice is one. Nothing is written before everything in it was looked at."""
    name = tidy(name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:]
    refuse_secret(is_declared_secret=is_declared_secret)
    read = read_kept(content, name=name)
    refuse_secret_file(read.texts, file_name=name)
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("unit").get(pk=document.pk)
    )
    _refuse_too_many(document)
    digest = digest_of(content)
    known = document.files.filter(sha256=digest).first()
    if known is not None:
        return known
    keep_content(FOLDER, content)
    kept = DocumentFile.objects.create(
        document=document,
        sha256=digest,
        name=name,
        content_type=read.content_type,
        size=len(content),
        pages=read.pages,
        has_text=bool(read.page_texts),
        kept_by=by,
        kept_at=clock.now(),
    )
    FilePage.objects.bulk_create(
        FilePage(file=kept, number=number, text=text) for number, text in read.page_texts.items()
    )
    trail.record("file of a document kept", document, by=by, sha256=digest)
    refresh_found(document)
    return kept


@transaction.atomic
def remove_file(file: DocumentFile, *, by: User) -> None:
    """The entry and its text go, and the content where no other document names it."""
    document = Document.objects.select_related("unit").get(pk=file.document_id)
    trail.record("file of a document removed", document, by=by, sha256=file.sha256)
    digest = file.sha256
    file.delete()
    refresh_found(document)
    if not DocumentFile.objects.filter(sha256=digest).exists():
        transaction.on_commit(lambda: default_storage.delete(path_of(FOLDER, digest)))


def read_file(file: DocumentFile) -> bytes:
    """The file as it was kept, checked again; a damaged one is not given out."""
    return read_content(FOLDER, file.sha256)


def document_file_paths() -> Iterator[str]:
    """Where each file of a document stands in the store, for the backup."""
    digests = DocumentFile.objects.order_by().values_list("sha256", flat=True).distinct()
    for digest in digests.iterator():
        yield path_of(FOLDER, digest)


def _refuse_too_many(document: Document) -> None:
    if document.state == DocumentState.VOID:
        raise Refusal(
            _("The number of this document is void. Draft a new one."), code="number_is_void"
        )
    if document.files.count() >= FILES_AT_MOST:
        raise Refusal(
            _("A document has at most %(count)s files. Join some of them into one.")
            % {"count": FILES_AT_MOST},
            code="too_many_files",
            field="file",
        )
