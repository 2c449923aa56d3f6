"""Documents as the search finds them: summary, text and files, page by page."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nennep.core.documents import TextLine
from nennep.library.choices import Can
from nennep.library.models import Document, DocumentFile
from nennep.library.models.documents import OF_CELLS
from nennep.library.queries.sources import SourceKind
from nennep.library.rules.sources import Source

OF_COMMITTEE, OF_CELL = "document", "cell-document"


def document_sources() -> tuple[SourceKind, SourceKind]:
    """A committee's are found from below as well where they are open; a cell's are its content."""
    return (
        SourceKind(
            code=OF_COMMITTEE,
            label=_("Documents"),
            icon="folder",
            keys=lambda: _keys(~OF_CELLS),
            read=_read,
            address=_address,
            verbs=(Can.VIEW_DOCUMENTS,),
            is_open_below=True,
            group=OF_COMMITTEE,
            order=20,
        ),
        SourceKind(
            code=OF_CELL,
            label=_("Documents"),
            icon="folder",
            keys=lambda: _keys(OF_CELLS),
            read=_read,
            address=_address,
            verbs=(Can.VIEW_CELL_DOCUMENTS,),
            is_content=True,
            group=OF_COMMITTEE,
            order=21,
        ),
    )


def kind_of(document: Document) -> str:
    return OF_CELL if document.unit.is_cell else OF_COMMITTEE


def _keys(which: Q) -> Iterable[str]:
    ids = Document.objects.issued().filter(which).order_by("pk")
    return (str(each) for each in ids.values_list("public_id", flat=True).iterator())


def _read(keys: Sequence[str]) -> Iterator[Source]:
    """Only what was issued. Its force is told by days, so that it turns without being read again."""
    files = Prefetch("files", DocumentFile.objects.prefetch_related("texts"))
    found = Document.objects.issued().filter(public_id__in=map(UUID, keys))
    for document in found.select_related("unit", "basis__replaced_by", "draft").prefetch_related(
        files
    ):
        basis = document.basis
        replacement = basis.replaced_by if basis else None
        yield Source(
            str(document.public_id),
            f"{document.symbol} {document.subject}".strip(),
            list(_lines(document)),
            symbol=document.symbol,
            day=document.issued_on,
            in_force_from=basis.first_day if basis else document.in_force_from,
            in_force_to=basis.last_day if basis else document.in_force_to,
            replaced_by=replacement.symbol if replacement else "",
            verb=Can.VIEW_CELL_DOCUMENTS if document.unit.is_cell else Can.VIEW_DOCUMENTS,
            unit=document.unit_id,
            is_open_below=document.is_open and not document.unit.is_cell,
        )


def _lines(document: Document) -> Iterator[TextLine]:
    yield TextLine(f"{document.get_kind_display()} {document.subject}")
    yield TextLine(document.issuer)
    if hasattr(document, "draft"):
        yield from map(TextLine, filter(None, document.draft.body.split("\n")))
    for file in document.files.all():
        for page in file.texts.all():
            number = page.number if file.pages is not None else None
            yield from (TextLine(line, number) for line in page.text.split("\n") if line)


def _address(key: str, _page: int | None) -> str:
    return reverse("library:document", args=[key])
