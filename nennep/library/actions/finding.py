"""Keeps what is found of documents equal to what stands in the register."""

from nennep.library.actions.refreshing import refresh_sources
from nennep.library.models import Document
from nennep.library.queries.documents_found import kind_of


def refresh_found(*documents: Document) -> None:
    """Called at the end of an action that changed them, inside its transaction."""
    for document in documents:
        refresh_sources(kind_of(document), [str(document.public_id)])
