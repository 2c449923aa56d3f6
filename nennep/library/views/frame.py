"""What the pages of the library's documents share."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.accounts.http import Request
from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.library.choices import Can
from nennep.library.forms.documents import kept
from nennep.library.models import Document
from nennep.library.queries.documents import is_of_own_unit, may_keep, sees_register
from nennep.organisation.models import Unit

Crumbs = list[tuple[str, str]]


def document_to(request: Request, can: str, public_id: UUID) -> Document:
    """The document through the guard; a look at another cell's is a line of the trail."""
    documents = Document.objects.select_related("unit", "basis__replaced_by", "term")
    document = fetch(documents, request.user, can, public_id=public_id)
    if document.unit.is_cell and not is_of_own_unit(request.user, document):
        trail.record_look("document of a cell", document, by=request.user, symbol=document.symbol)
    return document


def register_to(request: Request, code: str) -> Unit:
    """A unit whose register the person keeps: out of sight is 404, in sight without the right 403."""
    unit = unit_seen(request, code)
    if not may_keep(request.user, unit):
        raise PermissionDenied
    return unit


def unit_seen(request: Request, code: str) -> Unit:
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    if unit is None or not sees_register(request.user, unit):
        raise Http404
    return unit


def crumbs(*more: str | tuple[str, str]) -> Crumbs:
    found = [(_("Documents"), reverse("library:documents"))]
    return [*found, *(step if isinstance(step, tuple) else (step, "") for step in more)]


def document_crumb(document: Document) -> tuple[str, str]:
    return str(document), reverse("library:document", args=[document.public_id])


def taken(form: Form, act: Callable[[], object]) -> bool:
    """Whether the action took it; its refusal stands beside the field."""
    try:
        act()
    except Refusal as refusal:
        kept(form, refusal)
        return False
    return True


__all__ = [
    "Can",
    "Crumbs",
    "crumbs",
    "document_crumb",
    "document_to",
    "register_to",
    "taken",
    "unit_seen",
]
