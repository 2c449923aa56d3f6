"""Keeps what is found of documents equal to what stands in the register."""

from django.db.models import Q

from nennep.library.actions.refreshing import refresh_sources
from nennep.library.models import Document
from nennep.library.queries.documents_found import kind_of
from nennep.regulations.models import Basis


def refresh_found(*documents: Document) -> None:
    """Called at the end of an action that changed them, inside its transaction."""
    for document in documents:
        refresh_sources(kind_of(document), [str(document.public_id)])


def follow_basis(basis: Basis) -> None:
    """The force of a legal basis changed: what is found of its document says so at once.

    And of the document it replaced, that may hold until the day this one began.
    """
    either = Q(basis=basis) | Q(basis__replaced_by=basis)
    refresh_found(*Document.objects.filter(either).select_related("unit"))
