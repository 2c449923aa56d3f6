"""Files of a document: kept, given out again through the guard, removed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nennep.accounts.http import Request
from nennep.core import trail
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.library.actions.files import keep_file, read_file, remove_file
from nennep.library.choices import Can
from nennep.library.forms.documents import FileForm
from nennep.library.models import Document, DocumentFile
from nennep.library.queries.documents import is_of_own_unit
from nennep.library.views import frame
from nennep.papers.render import safe_stem

ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@require_POST
@policy(Can.KEEP_DOCUMENTS)
def upload(request: Request, public_id: UUID) -> HttpResponse:
    found = frame.document_to(request, Can.KEEP_DOCUMENTS, public_id)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid() and frame.taken(form, lambda: _keep(found, form, request)):
        messages.success(request, _("The file is kept."))
        return redirect("library:document", found.public_id)
    page = {
        "document": found,
        "form": form,
        "crumbs": frame.crumbs(frame.document_crumb(found), _("Keep a file")),
    }
    return render(request, "library/upload.html", page, status=422)


def _keep(found: Document, form: FileForm, request: Request) -> DocumentFile:
    """A name that says it is secret is not shown again: the form forgets it."""
    file = form.cleaned_data["file"]
    return keep_file(
        found,
        name=file.name,
        content=file.read(),
        by=request.user,
        is_declared_secret=form.is_declared_secret,
    )


@require_GET
@policy(Can.VIEW_DOCUMENTS)
def file(request: Request, public_id: UUID) -> HttpResponse:
    """The file again, checked; its type is the one read from its bytes, never the browser's guess."""
    kept = _file_to(request, Can.VIEW_DOCUMENTS, public_id)
    content = read_file(kept)
    if not is_of_own_unit(request.user, kept.document):
        trail.record_look("file of a document opened", kept.document, by=request.user)
    stem = safe_stem(kept.name.rpartition(".")[0] or kept.name) or "tep"
    response = HttpResponse(content, content_type=kept.content_type)
    name = f"{stem}.{ENDINGS.get(kept.content_type, 'bin')}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@policy(Can.KEEP_DOCUMENTS)
def remove(request: Request, public_id: UUID) -> HttpResponse:
    kept = _file_to(request, Can.KEEP_DOCUMENTS, public_id)
    remove_file(kept, by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect("library:document", kept.document.public_id)


def _file_to(request: Request, can: str, public_id: UUID) -> DocumentFile:
    files = DocumentFile.objects.select_related("document__unit")
    return fetch(files, request.user, can, public_id=public_id)
