"""Documents drawn up here: the draft, the paper as a page and as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts.http import Request
from nennep.core import clock, trail
from nennep.core.policies import policy
from nennep.library.actions.documents import draft_document, revise_draft
from nennep.library.choices import Can
from nennep.library.forms.drafting import DraftForm
from nennep.library.models import Document, Draft
from nennep.library.queries.document_papers import document_paper
from nennep.library.queries.documents import is_of_own_unit
from nennep.library.queries.issuing import rules_on
from nennep.library.views import frame
from nennep.organisation.models import Unit
from nennep.papers.render import files_at, respond
from nennep.papers.render import render as render_paper

FORMS = ("pdf", "docx")


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_DOCUMENTS)
def new_draft(request: Request, code: str) -> HttpResponse:
    """A document of the unit's own, from a form."""
    unit = frame.register_to(request, code)
    form = DraftForm(request.POST if request.method == "POST" else None, unit=unit)
    made: list[Document] = []
    if (
        form.is_bound
        and form.is_valid()
        and frame.taken(
            form,
            lambda: made.append(
                draft_document(unit, entry=form.entry(), wording=form.wording(), by=request.user)
            ),
        )
    ):
        messages.success(request, _("The draft is kept. Look at the paper, then issue it."))
        return redirect("library:document", made[0].public_id)
    return _ask(request, unit, form, None)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_DOCUMENTS)
def draft(request: Request, public_id: UUID) -> HttpResponse:
    """The draft again, until it is issued."""
    found = frame.document_to(request, Can.KEEP_DOCUMENTS, public_id)
    if not hasattr(found, "draft") or found.is_issued:
        return redirect("library:correct", found.public_id)
    data = request.POST if request.method == "POST" else None
    form = DraftForm(data, unit=found.unit, document=found)
    if (
        form.is_bound
        and form.is_valid()
        and frame.taken(
            form,
            lambda: revise_draft(
                found, entry=form.entry(), wording=form.wording(), by=request.user
            ),
        )
    ):
        messages.success(request, _("The draft is kept. Look at the paper, then issue it."))
        return redirect("library:document", found.public_id)
    return _ask(request, found.unit, form, found)


def _ask(request: Request, unit: Unit, form: DraftForm, found: Document | None) -> HttpResponse:
    rules, _stood = rules_on(unit, clock.today())
    title = _("Draft a document")
    steps = [frame.document_crumb(found), title] if found else [title]
    return render(
        request,
        "library/draft.html",
        {
            "form": form,
            "unit": unit,
            "title": title,
            "source": rules.source_of("issuers"),
            "draft_key": f"draft-{found.public_id if found else unit.code}",
            "crumbs": frame.crumbs(*steps),
        },
        status=422 if form.is_bound else 200,
    )


@require_GET
@policy(Can.VIEW_DOCUMENTS)
def paper(request: Request, public_id: UUID) -> HttpResponse:
    """The paper as a page, to read and to print."""
    found = frame.document_to(request, Can.VIEW_DOCUMENTS, public_id)
    return render(
        request,
        "papers/paper.html",
        {
            "title": found,
            "back": reverse("library:document", args=[public_id]),
            "back_words": _("Back to the document"),
            "files": files_at(lambda form: reverse("library:paper-file", args=[public_id, form])),
            "paper": render_paper(document_paper(found, _draft_of(found)), "html"),
        },
    )


@require_GET
@policy(Can.VIEW_DOCUMENTS)
def paper_file(request: Request, public_id: UUID, form: str) -> HttpResponse:
    """Taken away as DOCX or PDF, through the guard again."""
    found = frame.document_to(request, Can.VIEW_DOCUMENTS, public_id)
    if form not in FORMS:
        raise Http404
    if not is_of_own_unit(request.user, found):
        trail.record_look("paper of a document taken", found, by=request.user, form=form)
    return respond(document_paper(found, _draft_of(found)), form)  # type: ignore[arg-type]  # one of FORMS


def _draft_of(found: Document) -> Draft:
    if not hasattr(found, "draft"):
        raise Http404
    return found.draft
